// Tables whose writes wait and fail as a test likes.
#ifndef QANTARA_TESTS_STORE_GATED_TABLES_H_
#define QANTARA_TESTS_STORE_GATED_TABLES_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "domain/ports/tables.h"

namespace qantara::store {

// Stands before other tables. Thread-safe.
class GatedTables : public domain::TableStore {
 public:
  explicit GatedTables(domain::TableStore& tables) : tables_(tables) {}

  // Makes writes wait, or lets them go on.
  void SetClosed(bool closed) {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = closed;
    changed_.notify_all();
  }

  // Makes later writes fail.
  void FailWith(absl::Status status) {
    const std::lock_guard<std::mutex> lock(mutex_);
    failure_ = std::move(status);
  }

  absl::StatusOr<std::optional<std::string>> Get(
      domain::Table table, absl::string_view key) const override {
    return tables_.Get(table, key);
  }

  absl::Status Apply(domain::Position through,
                     absl::Span<const domain::TableWrite> writes) override {
    {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return !closed_; });
      if (!failure_.ok()) return failure_;
    }
    return tables_.Apply(through, writes);
  }

  domain::Position position() const override { return tables_.position(); }

  bool WaitFor(domain::Position position,
               absl::Duration deadline) const override {
    return tables_.WaitFor(position, deadline);
  }

  std::unique_ptr<domain::TableSnapshot> Snapshot() const override {
    return tables_.Snapshot();
  }

 private:
  domain::TableStore& tables_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  absl::Status failure_;
};

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_GATED_TABLES_H_
