// Work that is done again whenever there may be more of it.
#ifndef QANTARA_SERVER_CORE_SERIAL_JOB_H_
#define QANTARA_SERVER_CORE_SERIAL_JOB_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "server/core/executor.h"

namespace qantara::server {

// Runs `work` on the executor after each Poke: never twice at the same time,
// and at least once after the last Poke began. Thread-safe.
class SerialJob {
 public:
  // `executor` must outlive it, or be stopped before.
  SerialJob(Executor& executor, std::function<void()> work)
      : executor_(executor), work_(std::move(work)) {}

  // `owner` keeps this job, and what its work needs, alive for the run.
  void Poke(std::shared_ptr<void> owner) {
    if (pokes_.fetch_add(1) == 0) Queue(std::move(owner));
  }

 private:
  void Queue(std::shared_ptr<void> owner) {
    executor_.Schedule([this, owner = std::move(owner)] {
      uint64_t seen = pokes_.load();
      work_();
      // Poked meanwhile: once more, behind the others.
      if (!pokes_.compare_exchange_strong(seen, 0)) {
        pokes_.store(1);
        Queue(owner);
      }
    });
  }

  Executor& executor_;
  const std::function<void()> work_;
  std::atomic<uint64_t> pokes_{0};
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_SERIAL_JOB_H_
