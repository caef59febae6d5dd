// The client's end of a watch of stock, as seen from below gRPC.
#ifndef QANTARA_SERVER_INVENTORY_INVENTORY_PEER_H_
#define QANTARA_SERVER_INVENTORY_INVENTORY_PEER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"

namespace qantara::server {

// A WatchInventoryResponse as it goes over the wire. Shared by everybody who
// sends it; never changed.
using EncodedMessage = std::shared_ptr<const std::string>;

// Calls are never answered from inside the call: they may be made with a lock
// held. The peer must not be used after Finish.
class InventoryPeer {
 public:
  virtual ~InventoryPeer() = default;

  // Sends one message; the next one only after this one is reported written.
  // `more`: another one follows at once, so this one need not leave alone.
  virtual void Write(EncodedMessage message, bool more) = 0;

  // Ends the call. Nothing may be on its way. Called once.
  virtual void Finish(const absl::Status& status) = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_INVENTORY_PEER_H_
