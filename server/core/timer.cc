#include "server/core/timer.h"

namespace qantara::server {

using std::chrono::steady_clock;

Timer::Timer() : thread_([this] { Run(); }) {}

void Timer::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Timer::Id Timer::After(absl::Duration delay, std::function<void()> task) {
  const std::lock_guard lock(mutex_);
  const Id id(steady_clock::now() + absl::ToChronoMicroseconds(delay), next_++);
  tasks_.emplace(id, std::move(task));
  changed_.notify_all();
  return id;
}

void Timer::Cancel(const Id& id) {
  std::function<void()> dropped;  // Destroyed without the lock.
  const std::lock_guard lock(mutex_);
  const auto found = tasks_.find(id);
  if (found == tasks_.end()) return;
  dropped = std::move(found->second);
  tasks_.erase(found);
}

void Timer::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (tasks_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto due = tasks_.begin()->first.first;
    if (steady_clock::now() < due) {
      changed_.wait_until(lock, due);
      continue;
    }
    std::function<void()> task = std::move(tasks_.begin()->second);
    tasks_.erase(tasks_.begin());
    lock.unlock();
    task();
    task = nullptr;
    lock.lock();
  }
}

}  // namespace qantara::server
