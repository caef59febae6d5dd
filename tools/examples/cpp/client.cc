#include "tools/examples/cpp/client.h"

#include <algorithm>
#include <iostream>
#include <random>
#include <thread>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace qantara::examples {
namespace {

constexpr int kKeepaliveMillis = 30'000;
constexpr int kKeepaliveTimeoutMillis = 10'000;

struct Details {
  std::string reason;
  std::string fields;
  // How long the server wants us to wait.
  std::chrono::milliseconds delay{0};
};

std::chrono::milliseconds ToMillis(const google::protobuf::Duration& time) {
  return std::chrono::seconds(time.seconds()) +
         std::chrono::ceil<std::chrono::milliseconds>(
             std::chrono::nanoseconds(time.nanos()));
}

Details DetailsOf(const grpc::Status& status) {
  Details found;
  google::rpc::Status details;
  // Without details the message remains.
  if (!details.ParseFromString(status.error_details())) return found;
  google::rpc::ErrorInfo info;
  google::rpc::RetryInfo retry;
  google::rpc::BadRequest bad;
  for (const auto& detail : details.details()) {
    if (detail.UnpackTo(&info)) found.reason = info.reason();
    if (detail.UnpackTo(&retry)) found.delay = ToMillis(retry.retry_delay());
    if (!detail.UnpackTo(&bad)) continue;
    for (const auto& violation : bad.field_violations()) {
      found.fields +=
          "\n  " + violation.field() + ": " + violation.description();
    }
  }
  return found;
}

bool IsWorthRetrying(const grpc::Status& status) {
  const std::string reason = DetailsOf(status).reason;
  if (reason == "OVERLOADED") return true;
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::INTERNAL:
      return reason != "CREDENTIALS_NEEDED";
    default:
      return false;
  }
}

}  // namespace

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& server) {
  grpc::ChannelArguments arguments;
  // A peer that vanished is noticed; the server allows a ping per 10 s.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMillis);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMillis);
  // The channel reconnects at the pace of our attempts.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kFirstWait.count());
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kLongestWait.count());
  return grpc::CreateCustomChannel(server, grpc::InsecureChannelCredentials(),
                                   arguments);
}

std::string ErrorText(const grpc::Status& status) {
  const Details details = DetailsOf(status);
  const std::string reason = details.reason.empty() ? "" : " " + details.reason;
  return "status " + std::to_string(status.error_code()) + reason + ": " +
         status.error_message() + details.fields;
}

void Patience::Progress() {
  wait_ = kFirstWait;
  failing_since_.reset();
}

bool Patience::After(const grpc::Status& status) {
  const auto now = std::chrono::steady_clock::now();
  if (!failing_since_.has_value()) failing_since_ = now;
  // Clients that were cut off together do not come back together.
  thread_local std::minstd_rand random(std::random_device{}());
  std::uniform_int_distribution<int64_t> time(wait_.count() / 2, wait_.count());
  const auto pause = std::max(std::chrono::milliseconds(time(random)),
                              DetailsOf(status).delay);
  const bool is_lost = now + pause > *failing_since_ + kLostTime;
  if (!IsWorthRetrying(status) || is_lost) return false;
  std::cerr << "trying again after " << ErrorText(status) << std::endl;
  std::this_thread::sleep_for(pause);
  wait_ = std::min(wait_ * 2, kLongestWait);
  return true;
}

grpc::Status Ask(
    const std::function<grpc::Status(grpc::ClientContext*)>& call) {
  Patience patience;
  while (true) {
    grpc::ClientContext context;
    SetDeadline(context, kCallTime);
    grpc::Status status = call(&context);
    if (status.ok() || !patience.After(status)) return status;
  }
}

}  // namespace qantara::examples
