#include "server/grpc/inventory_watch_reactor.h"

#include <grpcpp/support/slice.h>

#include <utility>

namespace qantara::server {
namespace {

// Gives back its share of the bytes.
void Release(void* message) { delete static_cast<EncodedMessage*>(message); }

grpc::Slice ShareBytes(EncodedMessage message) {
  auto* const share = new EncodedMessage(std::move(message));
  // gRPC only reads them.
  char* const bytes = const_cast<char*>((*share)->data());
  return grpc::Slice(bytes, (*share)->size(), &Release, share);
}

}  // namespace

void InventoryWatchReactor::Begin(const v1::WatchInventoryRequest& request) {
  watch_ = InventoryWatch::Start(feeds_, *this, request, slots_.Take());
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

void InventoryWatchReactor::Written(bool ok) {
  // A client that is silent holds no bytes.
  buffer_.Clear();
  watch_->OnWritten(ok);
}

}  // namespace qantara::server
