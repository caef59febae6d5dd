// FreshStock::Get.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "domain/status_macros.h"
#include "domain/timestamps.h"
#include "server/core/invalid.h"
#include "server/core/product_key.h"
#include "server/inventory/fresh_stock.h"
#include "server/inventory/reading_wait.h"
#include "server/inventory/stock_answer.h"
#include "server/inventory/waiting_call.h"

namespace qantara::server {
namespace {

using Response = v1::GetInventoryResponse;
using BaseCall = WaitingCall<v1::GetInventoryRequest, Response>;
using Wait = ReadingWait<bool>;

struct GetCall : BaseCall {
  using BaseCall::BaseCall;

  domain::ProductSelector key;
  // Ask where the last reading is older; nothing: do not ask.
  std::optional<absl::Duration> max_age;
  // The reading must begin after the call.
  bool always = false;
};
using CallPtr = std::shared_ptr<GetCall>;

absl::Status ReadMaxAge(const google::protobuf::Duration& told, GetCall* call) {
  constexpr int kNanos = 1'000'000'000;
  const absl::Duration age = domain::FromProtoDuration(told);
  if (told.nanos() <= -kNanos || told.nanos() >= kNanos ||
      age < absl::ZeroDuration() || age > FreshStock::kMaxAge) {
    return Invalid("max_age", v1::ERROR_REASON_FIELD_INVALID,
                   "must be 0 to 365 days");
  }
  call->max_age = age;
  return absl::OkStatus();
}

absl::Status ReadRefresh(GetCall* call) {
  const v1::GetInventoryRequest& request = call->request;
  switch (request.refresh()) {
    case v1::REFRESH_MODE_UNSPECIFIED:
      break;
    case v1::REFRESH_MODE_IF_OLDER:
      if (request.has_max_age()) break;
      return Invalid("max_age", v1::ERROR_REASON_FIELD_REQUIRED,
                     "is required for REFRESH_MODE_IF_OLDER");
    case v1::REFRESH_MODE_NEVER:
    case v1::REFRESH_MODE_ALWAYS:
      if (!request.has_max_age()) break;
      return Invalid("max_age", v1::ERROR_REASON_FIELDS_CONFLICT,
                     "is for REFRESH_MODE_IF_OLDER only");
    default:
      return Invalid("refresh", v1::ERROR_REASON_FIELD_INVALID,
                     "is not a value of RefreshMode");
  }
  call->always = request.refresh() == v1::REFRESH_MODE_ALWAYS;
  if (call->always) call->max_age = absl::ZeroDuration();
  if (!request.has_max_age()) return absl::OkStatus();
  return ReadMaxAge(request.max_age(), call);
}

absl::Status Prepare(GetCall* call) {
  QANTARA_ASSIGN_OR_RETURN(call->connection,
                           call->core.connections.FindWithStock(
                               call->request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(call->key, ToSelector(call->request.key()));
  return ReadRefresh(call);
}

bool IsOlder(const GetCall& call, const std::optional<absl::Time>& last) {
  return call.always || !last.has_value() ||
         call.core.clock.Now() - *last > *call.max_age;
}

// Whether the record must be read from the provider first.
absl::StatusOr<bool> MustRead(const GetCall& call,
                              const domain::TableReader& tables,
                              const std::string& remote_id) {
  // Nobody can ask for a record that the product does not have yet.
  if (!call.max_age.has_value() || remote_id.empty()) return false;
  QANTARA_ASSIGN_OR_RETURN(
      const bool observed,
      IsObserved(tables, call.connection->id(), remote_id));
  return IsOlder(call, LastReadsOf(*call.connection, remote_id).Of(observed));
}

// Answers from tables that hold at least what was read until now.
void AnswerFresh(const GetCall& call, const std::string& remote_id) {
  const LastReads reads = LastReadsOf(*call.connection, remote_id);
  const auto tables = call.core.tables.Get();
  if (!tables.ok()) return call.answer(tables.status());
  call.answer(StockAnswer(**tables, call.connection->id(), remote_id, reads));
}

void ReadThenAnswer(const CallPtr& call, SharedReadings& readings,
                    const std::string& remote_id) {
  StockRefresher* const refresher = call->connection->refresher.get();
  if (refresher == nullptr) return call->answer(CannotRead());
  const auto wait =
      Wait::Start(call->core, call->deadline, *call->scope,
                  [call, remote_id](const absl::StatusOr<bool>& read) {
                    if (!read.ok()) return call->answer(read.status());
                    AnswerFresh(*call, remote_id);
                  });
  ReadingWish wish;
  wish.refresher = refresher;
  wish.record = {call->connection->id(), remote_id};
  wish.since =
      call->core.clock.BootMillis() - absl::ToInt64Milliseconds(*call->max_age);
  wish.deadline = call->deadline;
  wish.is_needed = [call, refresher, remote_id] {
    return IsOlder(*call, refresher->LastRead(remote_id));
  };
  wish.done = [wait](const absl::Status& status) {
    if (status.ok()) return wait->End(true);
    wait->End(status);
  };
  readings.Read(std::move(wish));
}

void Look(const CallPtr& call, SharedReadings& readings) {
  const auto tables = call->core.tables.Get();
  if (!tables.ok()) return call->answer(tables.status());
  const auto remote_id =
      FindRemoteId(**tables, call->connection->id(), call->key);
  if (!remote_id.ok()) return call->answer(remote_id.status());
  if (call->connection->refresher != nullptr && !remote_id->empty()) {
    call->connection->refresher->Want({*remote_id});
  }
  const auto must_read = MustRead(*call, **tables, *remote_id);
  if (!must_read.ok()) return call->answer(must_read.status());
  if (*must_read) return ReadThenAnswer(call, readings, *remote_id);
  // Not from `tables`: a reading may have ended after they were taken.
  AnswerFresh(*call, *remote_id);
}

}  // namespace

void FreshStock::Get(const v1::GetInventoryRequest& request,
                     const WriteCall& call, const AnswerTo<Response>& answer) {
  const auto waiting =
      std::make_shared<GetCall>(core_, waiting_, request, call, answer);
  const absl::Status prepared = Prepare(waiting.get());
  if (!prepared.ok()) return answer(prepared);
  GetCall::Start(waiting,
                 [waiting, readings = readings_] { Look(waiting, *readings); });
}

}  // namespace qantara::server
