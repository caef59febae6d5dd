#include "server/grpc/import_reactor.h"

#include <grpcpp/support/slice.h>

#include <utility>

#include "absl/strings/string_view.h"
#include "domain/error.h"
#include "server/grpc/grpc_status.h"

namespace qantara::server {

RawBidiReactor* ImportReactor::Start(Core& core, Slots::Slot slot) {
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
  const grpc::Slice slice(response.SerializeAsString());
  response_ = grpc::ByteBuffer(&slice, 1);
  StartWrite(&response_);
}

void ImportReactor::Finish(const absl::Status& status) {
  RawBidiReactor::Finish(ToGrpcStatus(status));
}

void ImportReactor::OnReadDone(bool ok) {
  if (!ok) return session_->OnReadClosed();
  grpc::Slice slice;
  if (!request_.TrySingleSlice(&slice).ok() &&
      !request_.DumpToSingleSlice(&slice).ok()) {
    return session_->OnReadClosed();
  }
  request_.Clear();
  session_->OnMessage(absl::string_view(
      reinterpret_cast<const char*>(slice.begin()), slice.size()));
}

void ImportReactor::OnCancel() {
  if (session_ != nullptr) session_->OnCancelled();
}

}  // namespace qantara::server
