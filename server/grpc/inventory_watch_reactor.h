// A WatchInventory call as the peer of its watch, on raw bytes.
#ifndef QANTARA_SERVER_GRPC_INVENTORY_WATCH_REACTOR_H_
#define QANTARA_SERVER_GRPC_INVENTORY_WATCH_REACTOR_H_

#include <grpcpp/support/byte_buffer.h>

#include <memory>

#include "qantara/v1/inventory_watch.pb.h"
#include "server/core/slots.h"
#include "server/grpc/one_request.h"
#include "server/inventory/inventory_peer.h"
#include "server/inventory/inventory_watch.h"
#include "server/inventory/stock_feed.h"

namespace qantara::server {

// Sends the same bytes that others send, without copying them.
class InventoryWatchReactor final
    : public OneRequest<v1::WatchInventoryRequest>,
      public InventoryPeer {
 public:
  // Both must outlive it.
  InventoryWatchReactor(StockFeeds& feeds, Slots& slots)
      : feeds_(feeds), slots_(slots) {}

  void Write(EncodedMessage message, bool more) override;
  void Finish(const absl::Status& status) override { End(status); }

 private:
  void Begin(const v1::WatchInventoryRequest& request) override;
  void Written(bool ok) override;
  void Cancelled() override { watch_->OnCancelled(); }

  StockFeeds& feeds_;
  Slots& slots_;
  std::shared_ptr<InventoryWatch> watch_;
  grpc::ByteBuffer buffer_;
  bool begun_ = false;  // Something was written.
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_INVENTORY_WATCH_REACTOR_H_
