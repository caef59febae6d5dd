// A log whose appends wait and fail as a test likes.
#ifndef QANTARA_TESTS_STORE_GATED_EVENT_LOG_H_
#define QANTARA_TESTS_STORE_GATED_EVENT_LOG_H_

#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include "domain/ports/event_log.h"

namespace qantara::store {

// Stands before another log. Thread-safe.
class GatedEventLog : public domain::EventLog {
 public:
  explicit GatedEventLog(domain::EventLog& log) : log_(log) {}

  // Makes appends wait, or lets them go on.
  void SetClosed(bool closed) {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = closed;
    changed_.notify_all();
  }

  // Waits until an append waits.
  void AwaitAppend() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return waiting_; });
  }

  // Makes later appends fail; the other log does not see them.
  void FailWith(absl::Status status) {
    const std::lock_guard<std::mutex> lock(mutex_);
    failure_ = std::move(status);
  }

  // Sizes of the appends that got through.
  std::vector<size_t> appends() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return appends_;
  }

  absl::Status Append(absl::Span<domain::NewEvent> events) override {
    {
      std::unique_lock<std::mutex> lock(mutex_);
      waiting_ = true;
      changed_.notify_all();
      changed_.wait(lock, [this] { return !closed_; });
      waiting_ = false;
      if (!failure_.ok()) return failure_;
    }
    const absl::Status status = log_.Append(events);
    if (!status.ok()) return status;
    const std::lock_guard<std::mutex> lock(mutex_);
    appends_.push_back(events.size());
    return status;
  }

  absl::StatusOr<std::vector<domain::EventRecordPtr>> Read(
      domain::Position after, domain::ReadLimit limit) const override {
    return log_.Read(after, limit);
  }

  absl::StatusOr<std::vector<domain::EventRecordPtr>> ReadStream(
      absl::string_view stream, domain::Revision after,
      domain::ReadLimit limit) const override {
    return log_.ReadStream(stream, after, limit);
  }

  domain::Position head() const override { return log_.head(); }

  absl::Status writable() const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    return failure_;
  }

 private:
  domain::EventLog& log_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  bool waiting_ = false;
  absl::Status failure_;
  std::vector<size_t> appends_;
};

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_GATED_EVENT_LOG_H_
