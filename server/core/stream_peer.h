// The client's end of a streaming call, as seen from below gRPC.
#ifndef QANTARA_SERVER_CORE_STREAM_PEER_H_
#define QANTARA_SERVER_CORE_STREAM_PEER_H_

#include "absl/status/status.h"

namespace qantara::server {

// Calls are never answered from inside the call: they may be made with a lock
// held. The peer must not be used after Finish.
template <typename Response>
class StreamPeer {
 public:
  virtual ~StreamPeer() = default;

  // Sends one message; the next one only after this one is reported written.
  virtual void Write(const Response& response) = 0;

  // Ends the call. Nothing may be on its way. Called once.
  virtual void Finish(const absl::Status& status) = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_STREAM_PEER_H_
