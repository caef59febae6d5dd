// A WatchInventory call as the peer of its watch, on raw bytes.
#ifndef QANTARA_SERVER_GRPC_INVENTORY_WATCH_REACTOR_H_
#define QANTARA_SERVER_GRPC_INVENTORY_WATCH_REACTOR_H_

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <memory>

#include "server/core/slots.h"
#include "server/inventory/inventory_peer.h"
#include "server/inventory/inventory_watch.h"
#include "server/inventory/stock_feed.h"

namespace qantara::server {

using RawWriteReactor = grpc::ServerWriteReactor<grpc::ByteBuffer>;

// Sends the same bytes that others send, without copying them. Deletes itself
// when the call is done.
class InventoryWatchReactor final : public RawWriteReactor,
                                    public InventoryPeer {
 public:
  // Starts the watch of a call. A request that is no WatchInventoryRequest
  // ends it with INVALID_ARGUMENT.
  static RawWriteReactor* Start(StockFeeds& feeds,
                                const grpc::ByteBuffer& request,
                                Slots::Slot slot);

  void Write(EncodedMessage message, bool more) override;
  void Finish(const absl::Status& status) override;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override { delete this; }

 private:
  std::shared_ptr<InventoryWatch> watch_;
  grpc::ByteBuffer buffer_;
  bool begun_ = false;  // Something was written.
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_INVENTORY_WATCH_REACTOR_H_
