// Readings of single records that several callers share.
#ifndef QANTARA_SERVER_INVENTORY_SHARED_READINGS_H_
#define QANTARA_SERVER_INVENTORY_SHARED_READINGS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "domain/ports/clock.h"
#include "server/core/stock_refresher.h"

namespace qantara::server {

// One caller that wants a record to be read. Times are those of
// Clock::BootMillis.
struct ReadingWish {
  StockRefresher* refresher = nullptr;
  // The connection and the record.
  std::pair<std::string, std::string> record;
  // A reading that began at this time or later will do.
  int64_t since = 0;
  // The caller waits until then.
  int64_t deadline = 0;
  // Whether the record must still be read, asked just before it is: another
  // reading may have ended meanwhile. Must not block.
  std::function<bool()> is_needed;
  // Runs once, on any thread, and must not block.
  std::function<void(absl::Status)> done;
};

// Hands wishes to the refreshers so that callers for whom a reading under way
// is recent enough join it. Thread-safe; never blocks. Holds one entry for each
// record that is being read: callers bound their number.
class SharedReadings : public std::enable_shared_from_this<SharedReadings> {
 public:
  // `clock` must outlive it and the refreshers.
  static std::shared_ptr<SharedReadings> Make(const domain::Clock& clock) {
    return std::shared_ptr<SharedReadings>(new SharedReadings(clock));
  }

  // Reads the record, or waits for a reading of it. `done` is given OK once
  // what was read is in the log, or the error of the refresher. A reading that
  // ran out of its first caller's time goes on for those who have more.
  void Read(ReadingWish wish);

 private:
  struct Reading {
    int64_t began = 0;
    int64_t deadline = 0;
    std::vector<ReadingWish> callers;
  };
  using ReadingPtr = std::shared_ptr<Reading>;

  explicit SharedReadings(const domain::Clock& clock) : clock_(clock) {}

  // Returns the reading that `wish` began, or null when it joined another.
  ReadingPtr JoinOrBegin(ReadingWish& wish);
  void Ask(const ReadingPtr& reading);
  void End(const ReadingPtr& reading, const absl::Status& status);
  // Takes the callers; nobody joins any more.
  std::vector<ReadingWish> Close(const ReadingPtr& reading);

  const domain::Clock& clock_;
  std::mutex mutex_;
  // The newest reading of each record that is under way; it and the callers
  // are guarded by mutex_.
  absl::flat_hash_map<std::pair<std::string, std::string>, ReadingPtr>
      readings_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_SHARED_READINGS_H_
