#include "server/grpc/import_reactor.h"

#include <optional>
#include <utility>

#include "absl/strings/string_view.h"
#include "domain/error.h"
#include "server/grpc/grpc_status.h"
#include "server/grpc/message_bytes.h"

namespace qantara::server {

CallReactor* ImportReactor::Start(Core& core, Slots::Slot slot) {
  auto* reactor = new ImportReactor(std::move(slot));
  if (reactor->slot_ == nullptr) {
    reactor->Finish(domain::MakeError(absl::StatusCode::kResourceExhausted,
                                      v1::ERROR_REASON_OVERLOADED,
                                      "too many imports are open"));
    return reactor;
  }
  // gRPC holds back what happens before the reactor is returned to it.
  reactor->session_ = ImportSession::Start(core, *reactor);
  return reactor;
}

void ImportReactor::Read() { StartRead(&request_); }

void ImportReactor::Write(const v1::ImportCatalogResponse& response) {
  response_ = BytesOf(response);
  StartWrite(&response_);
}

void ImportReactor::Finish(const absl::Status& status) {
  CallReactor::Finish(ToGrpcStatus(status));
}

void ImportReactor::OnReadDone(bool ok) {
  if (!ok) return session_->OnReadClosed();
  const std::optional<grpc::Slice> slice = OneSlice(request_);
  request_.Clear();
  if (!slice.has_value()) return session_->OnReadClosed();
  session_->OnMessage(absl::string_view(
      reinterpret_cast<const char*>(slice->begin()), slice->size()));
}

void ImportReactor::OnCancel() {
  if (session_ != nullptr) session_->OnCancelled();
}

}  // namespace qantara::server
