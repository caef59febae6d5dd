// When each record of the remote catalog was last read.
#ifndef QANTARA_SERVER_POLLER_READ_TIMES_H_
#define QANTARA_SERVER_POLLER_READ_TIMES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"

namespace qantara::server {

// Times are those at which requests were sent, by Clock::BootMillis: what was
// read is not older. Takes some twenty bytes for each record. Thread-safe.
class ReadTimes {
 public:
  // The record was read by a request sent at `asked`. Returns false, and
  // changes nothing, when a request sent later has told of it already.
  bool Read(const std::string& id, int64_t asked);

  // The record is gone.
  void Forget(const std::string& id);

  // Every record of the catalog was read at least once.
  void Complete();

  std::optional<int64_t> LastRead(const std::string& id) const;

  // When the record that was not read for longest was read. Like the times
  // below rounded down to whole seconds, and nothing before Complete or without
  // records.
  std::optional<int64_t> oldest() const;

  // How old the records are. Takes a step for each second in which one of them
  // was last read.
  struct Spread {
    // Half of the records were read at that time or later.
    int64_t half = 0;
    // 99 of 100 were.
    int64_t most = 0;
  };
  std::optional<Spread> spread() const;

  // Records that were read.
  size_t size() const;

 private:
  void Count(int64_t asked, int change);
  // The earliest second with `share` of the records in it or later.
  int64_t Since(double share) const;

  mutable std::mutex mutex_;
  // All below are guarded by mutex_.
  absl::flat_hash_map<uint64_t, int64_t> numbers_;
  absl::flat_hash_map<std::string, int64_t> texts_;
  // Records by the second of their last reading.
  std::map<int64_t, size_t> seconds_;
  bool complete_ = false;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_READ_TIMES_H_
