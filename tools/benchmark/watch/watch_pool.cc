#include "tools/benchmark/watch/watch_pool.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "domain/status_macros.h"
#include "tools/benchmark/watch/watcher.h"

namespace qantara::tools {
namespace {

constexpr absl::Duration kReadyTimeout = absl::Minutes(1);
constexpr std::chrono::seconds kConnectTimeout(20);
constexpr absl::Duration kLookInterval = absl::Milliseconds(1);
// A message of ours has at most 1,000 changes; etcd's are bound by nothing.
constexpr int kMaxMessageBytes = 256 << 20;

// A connection that is shared with nobody else.
std::shared_ptr<grpc::Channel> NewChannel(const WatchPool::Options& options) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  if (!options.reads_ahead) arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  if (options.window_bytes > 0) {
    arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES,
                     options.window_bytes);
  }
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  return grpc::CreateCustomChannel(
      options.address, grpc::InsecureChannelCredentials(), arguments);
}

absl::StatusOr<std::vector<std::shared_ptr<grpc::Channel>>> Connect(
    const WatchPool::Options& options) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  const int connections = std::min(options.connections, options.watchers);
  for (int i = 0; i < connections; ++i) {
    channels.push_back(NewChannel(options));
    channels.back()->GetState(/*try_to_connect=*/true);
  }
  const auto deadline = std::chrono::system_clock::now() + kConnectTimeout;
  for (const auto& channel : channels) {
    if (!channel->WaitForConnected(deadline)) {
      return absl::UnavailableError(
          absl::StrCat("cannot reach ", options.address));
    }
  }
  return channels;
}

void Serve(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) {
    const auto* const event = static_cast<Watcher::Tag*>(tag);
    event->watcher->OnEvent(event->kind, ok);
  }
}

// Looks until `done` says so.
template <typename Done>
bool LookUntil(absl::Duration timeout, const Done& done) {
  const absl::Time deadline = absl::Now() + timeout;
  while (!done()) {
    if (absl::Now() > deadline) return false;
    absl::SleepFor(kLookInterval);
  }
  return true;
}

}  // namespace

absl::StatusOr<std::unique_ptr<WatchPool>> WatchPool::Begin(
    const Options& options) {
  QANTARA_ASSIGN_OR_RETURN(const auto channels, Connect(options));
  auto pool = absl::WrapUnique(new WatchPool(options));
  for (int i = 0; i < options.threads; ++i) {
    pool->queues_.push_back(std::make_unique<grpc::CompletionQueue>());
  }
  for (int i = 0; i < options.watchers; ++i) {
    const size_t channel = static_cast<size_t>(i) % channels.size();
    pool->watchers_.push_back(std::make_unique<Watcher>(
        channels[channel], pool->queues_[channel % pool->queues_.size()].get(),
        pool->options_));
    pool->watchers_.back()->Start();
  }
  for (const auto& queue : pool->queues_) {
    pool->threads_.emplace_back([&queue = *queue] { Serve(queue); });
  }
  return pool;
}

absl::StatusOr<std::unique_ptr<WatchPool>> WatchPool::Open(
    const Options& options) {
  QANTARA_ASSIGN_OR_RETURN(auto pool, Begin(options));
  QANTARA_RETURN_IF_ERROR(pool->AwaitReady(kReadyTimeout));
  return pool;
}

WatchPool::WatchPool(const Options& options) : options_(options) {}

WatchPool::~WatchPool() {
  for (const auto& watcher : watchers_) {
    watcher->Resume();
    watcher->Cancel();
  }
  for (const auto& watcher : watchers_) {
    while (!watcher->ended()) absl::SleepFor(kLookInterval);
  }
  for (const auto& queue : queues_) queue->Shutdown();
  for (std::thread& thread : threads_) thread.join();
}

uint64_t WatchPool::delivered() const {
  uint64_t sum = 0;
  for (const auto& watcher : watchers_) sum += watcher->changes();
  return sum;
}

uint64_t WatchPool::bytes() const {
  uint64_t sum = 0;
  for (const auto& watcher : watchers_) sum += watcher->bytes();
  return sum;
}

uint64_t WatchPool::fewest() const {
  uint64_t fewest = watchers_.front()->changes();
  for (const auto& watcher : watchers_) {
    fewest = std::min(fewest, watcher->changes());
  }
  return fewest;
}

uint64_t WatchPool::most() const {
  uint64_t most = 0;
  for (const auto& watcher : watchers_) {
    most = std::max(most, watcher->changes());
  }
  return most;
}

bool WatchPool::AnyEnded() const {
  return std::any_of(watchers_.begin(), watchers_.end(),
                     [](const auto& watcher) { return watcher->ended(); });
}

absl::Status WatchPool::Failure() const {
  for (const auto& watcher : watchers_) {
    if (watcher->bad()) return absl::DataLossError("a watcher was sent away");
    if (watcher->ended()) return absl::DataLossError("a watch ended");
  }
  return absl::OkStatus();
}

absl::Status WatchPool::AwaitReady(absl::Duration timeout) {
  const bool done = LookUntil(timeout, [this] {
    return !Failure().ok() ||
           std::all_of(watchers_.begin(), watchers_.end(),
                       [](const auto& watcher) { return watcher->ready(); });
  });
  QANTARA_RETURN_IF_ERROR(Failure());
  if (done) return absl::OkStatus();
  return absl::DeadlineExceededError("not every watch began");
}

absl::Status WatchPool::Await(uint64_t changes, absl::Duration timeout) {
  const bool done = LookUntil(timeout, [this, changes] {
    return !Failure().ok() || fewest() >= changes;
  });
  QANTARA_RETURN_IF_ERROR(Failure());
  if (done) return absl::OkStatus();
  return absl::DeadlineExceededError(
      absl::StrCat("a watcher got ", fewest(), " of ", changes, " changes"));
}

void WatchPool::Pause() {
  for (const auto& watcher : watchers_) watcher->Pause();
}

void WatchPool::Resume() {
  for (const auto& watcher : watchers_) watcher->Resume();
}

std::vector<std::vector<Delivery>> WatchPool::TakeDeliveries() {
  std::vector<std::vector<Delivery>> deliveries;
  deliveries.reserve(watchers_.size());
  for (const auto& watcher : watchers_) {
    deliveries.push_back(watcher->TakeDeliveries());
  }
  return deliveries;
}

std::vector<std::string> WatchPool::TakeMessages(int watcher) {
  return watchers_[static_cast<size_t>(watcher)]->TakeMessages();
}

}  // namespace qantara::tools
