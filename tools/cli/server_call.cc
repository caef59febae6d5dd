#include "tools/cli/server_call.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>

namespace qantara::tools {
namespace {

// How long the channel itself rests between two attempts to connect, first and
// longest.
constexpr int kFirstRestMilliseconds = 100;
constexpr int kLongestRestMilliseconds = 1000;

// How long one attempt to connect may take. gRPC calls this the least back-off.
constexpr int kConnectMilliseconds = 5000;

// How often a wait looks at the interruption.
constexpr std::chrono::milliseconds kWaitSlice(100);

}  // namespace

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS,
                   kFirstRestMilliseconds);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectMilliseconds);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kLongestRestMilliseconds);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

bool WaitForServer(grpc::Channel& channel, absl::Duration timeout,
                   const Interruption& interruption) {
  const absl::Time deadline = absl::Now() + timeout;
  while (absl::Now() < deadline && !interruption.triggered()) {
    if (channel.WaitForConnected(std::chrono::system_clock::now() + kWaitSlice))
      return true;
  }
  return false;
}

grpc::Status Call(const std::function<grpc::Status(grpc::ClientContext&)>& call,
                  absl::Duration timeout) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  return call(context);
}

}  // namespace qantara::tools
