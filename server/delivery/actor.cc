#include "server/delivery/actor.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace qantara::server {
namespace {

// A step is repeated after this time at the latest: a clock that counts
// suspended time may be ahead of the one that threads wait on.
constexpr int64_t kLongestSleepMillis = 1000;

}  // namespace

Actor::Actor(const domain::Clock& clock, std::function<int64_t()> step)
    : clock_(clock), step_(std::move(step)) {}

Actor::~Actor() { Stop(); }

void Actor::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Actor::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void Actor::Post(std::function<void()> message) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  mailbox_.push_back(std::move(message));
  changed_.notify_all();
}

void Actor::Wake() {
  const std::lock_guard lock(mutex_);
  awake_ = true;
  changed_.notify_all();
}

int64_t Actor::RunOnceForTest() {
  std::deque<std::function<void()>> messages;
  {
    const std::lock_guard lock(mutex_);
    awake_ = false;
    messages.swap(mailbox_);
  }
  for (const auto& message : messages) message();
  return step_();
}

bool Actor::IsAwakeForTest() {
  const std::lock_guard lock(mutex_);
  return awake_ || !mailbox_.empty();
}

void Actor::Run() {
  int64_t next = 0;
  while (true) {
    std::deque<std::function<void()>> messages;
    {
      std::unique_lock lock(mutex_);
      const int64_t sleep = std::clamp<int64_t>(
          next == kNever ? kLongestSleepMillis : next - clock_.BootMillis(), 0,
          kLongestSleepMillis);
      changed_.wait_for(lock, std::chrono::milliseconds(sleep), [this] {
        return stopping_ || awake_ || !mailbox_.empty();
      });
      if (stopping_) return;
      awake_ = false;
      messages.swap(mailbox_);
    }
    for (const auto& message : messages) message();
    next = step_();
  }
}

}  // namespace qantara::server
