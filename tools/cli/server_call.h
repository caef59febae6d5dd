// Reaching the server: the channel and single calls.
#ifndef TOOLS_CLI_SERVER_CALL_H_
#define TOOLS_CLI_SERVER_CALL_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "tools/cli/interruption.h"

namespace qantara::tools {

// Longest that a call which only reads may take.
inline constexpr absl::Duration kReadTimeout = absl::Seconds(30);

// Largest message that is taken from the server.
inline constexpr int kMaxMessageBytes = 16 * 1024 * 1024;

// Returns a channel to HOST:PORT without encryption. It connects when it is
// used, and again at once when the connection was lost: the callers do the
// waiting.
std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address);

// Waits until the server can be reached, at most `timeout` or until the
// interruption. Returns whether it can.
bool WaitForServer(grpc::Channel& channel, absl::Duration timeout,
                   const Interruption& interruption);

// Makes one call with a deadline.
grpc::Status Call(const std::function<grpc::Status(grpc::ClientContext&)>& call,
                  absl::Duration timeout = kReadTimeout);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_SERVER_CALL_H_
