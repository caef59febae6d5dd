// A single write on its way from the caller to its answer.
#ifndef QANTARA_SERVER_CORE_PENDING_WRITE_H_
#define QANTARA_SERVER_CORE_PENDING_WRITE_H_

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "domain/digest.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "domain/validate.h"
#include "server/core/product_writer.h"
#include "server/core/random_id.h"
#include "server/core/settle_wait.h"
#include "server/core/slots.h"
#include "server/core/write_results.h"

namespace qantara::server {

// Everything that a write needs after it was submitted.
template <typename Response>
struct PendingWrite {
  PendingWrite(Core& c, Slots::Slot taken) : core(c), slot(std::move(taken)) {}

  // Runs the answer on the executor.
  void AnswerLater(absl::Status status) {
    core.executor.Schedule([answer = std::move(answer),
                            status = std::move(status)] { answer(status); });
  }

  // Answers with `result` once `look` has settled it.
  static void Wait(
      const std::shared_ptr<PendingWrite>& self, std::string key,
      domain::Position from,
      std::function<absl::StatusOr<bool>(const domain::TableSnapshot&)> look) {
    SettleSpec spec;
    spec.key = std::move(key);
    spec.from = from;
    spec.patience = std::min(self->call.patience, ProductWriter::kMaxPatience);
    spec.look = std::move(look);
    spec.done = [self](absl::StatusOr<bool> settled) {
      if (!settled.ok()) {
        self->answer(settled.status());
      } else if (*settled) {
        self->answer(std::move(self->result));
      } else {
        self->answer(StillWorking(self->request_id));
      }
    };
    SettleWait::Start(self->core, std::move(spec), *self->call.scope);
  }

  Core& core;
  const Slots::Slot slot;
  std::string connection;
  std::string request_id;
  bool durable_only = false;
  // Paths of fields that the provider has no place for.
  std::vector<std::string> fields_not_taken;
  WriteCall call;
  absl::StatusOr<Response> result = absl::UnknownError("not settled");
  std::function<void(absl::StatusOr<Response>)> answer;
};

// Fills what the requests have in common.
//
// Errors: kNotFound, kInvalidArgument, kResourceExhausted (OVERLOADED).
template <typename Request, typename Response>
absl::StatusOr<std::shared_ptr<PendingWrite<Response>>> PrepareWrite(
    Core& core, Slots& waiting, const Request& request, const WriteCall& call) {
  auto write = std::make_shared<PendingWrite<Response>>(core, waiting.Take());
  if (write->slot == nullptr) {
    return domain::MakeError(absl::StatusCode::kResourceExhausted,
                             v1::ERROR_REASON_OVERLOADED,
                             "too many writes wait for their result");
  }
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      core.connections.Find(request.connection(), "connection"));
  if (!request.request_id().empty()) {
    QANTARA_RETURN_IF_ERROR(
        domain::ValidateClientId(request.request_id(), "request_id"));
  }
  write->connection = connection->id();
  write->request_id =
      request.request_id().empty() ? RandomId() : request.request_id();
  write->durable_only = request.wait() == v1::WAIT_LEVEL_DURABLE;
  write->call = call;
  return write;
}

// Digest of what a request asks for, whatever its id and patience.
template <typename Request>
std::string DigestOf(const Request& request) {
  Request content = request;
  content.clear_connection();
  content.clear_request_id();
  content.clear_wait();
  return domain::Digest16(content.SerializeAsString());
}

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_PENDING_WRITE_H_
