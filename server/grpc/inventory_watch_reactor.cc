#include "server/grpc/inventory_watch_reactor.h"

#include <grpcpp/support/slice.h>

#include <utility>

#include "domain/error.h"
#include "qantara/v1/inventory_watch.pb.h"
#include "server/grpc/grpc_status.h"

namespace qantara::server {
namespace {

bool Parse(const grpc::ByteBuffer& bytes, v1::WatchInventoryRequest* request) {
  grpc::Slice slice;
  if (!bytes.TrySingleSlice(&slice).ok() &&
      !bytes.DumpToSingleSlice(&slice).ok()) {
    return false;
  }
  return request->ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
}

// Gives back its share of the bytes.
void Release(void* message) { delete static_cast<EncodedMessage*>(message); }

grpc::Slice ShareBytes(EncodedMessage message) {
  auto* const share = new EncodedMessage(std::move(message));
  // gRPC only reads them.
  char* const bytes = const_cast<char*>((*share)->data());
  return grpc::Slice(bytes, (*share)->size(), &Release, share);
}

}  // namespace

RawWriteReactor* InventoryWatchReactor::Start(StockFeeds& feeds,
                                              const grpc::ByteBuffer& request,
                                              Slots::Slot slot) {
  auto* reactor = new InventoryWatchReactor();
  v1::WatchInventoryRequest parsed;
  if (!Parse(request, &parsed)) {
    reactor->Finish(domain::MakeError(absl::StatusCode::kInvalidArgument,
                                      v1::ERROR_REASON_MESSAGE_MALFORMED,
                                      "not a WatchInventoryRequest"));
    return reactor;
  }
  // gRPC holds back what happens before the reactor is returned to it.
  reactor->watch_ =
      InventoryWatch::Start(feeds, *reactor, parsed, std::move(slot));
  return reactor;
}

void InventoryWatchReactor::Write(EncodedMessage message, bool more) {
  const grpc::Slice slice = ShareBytes(std::move(message));
  buffer_ = grpc::ByteBuffer(&slice, 1);
  grpc::WriteOptions options;
  // The first one goes with the call's metadata, which is reported as written
  // only when it left.
  if (more && begun_) options.set_buffer_hint();
  begun_ = true;
  StartWrite(&buffer_, options);
}

void InventoryWatchReactor::Finish(const absl::Status& status) {
  RawWriteReactor::Finish(ToGrpcStatus(status));
}

void InventoryWatchReactor::OnWriteDone(bool ok) {
  // A client that is silent holds no bytes.
  buffer_.Clear();
  watch_->OnWritten(ok);
}

void InventoryWatchReactor::OnCancel() {
  if (watch_ != nullptr) watch_->OnCancelled();
}

}  // namespace qantara::server
