// Single records that are read again in the lane of polling.
#ifndef QANTARA_SERVER_POLLER_POLL_READS_H_
#define QANTARA_SERVER_POLLER_POLL_READS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "server/poller/gated_reads.h"
#include "server/poller/hot_products.h"
#include "server/poller/stock_recorder.h"

namespace qantara::server {

// First those that a sweep did not show although they were known: only what the
// provider says about the record itself tells that it is gone. Then hot
// products. Lives on its actor's thread.
class PollReads {
 public:
  // Records that wait; beyond it the next sweep asks for them.
  static constexpr size_t kMostAbsent = 10'000;
  // Requests that may be under way.
  static constexpr int kMostInFlight = 2;
  // Tries of one record; being throttled is none.
  static constexpr int kMostTries = 3;

  struct Parts {
    const domain::Clock& clock;
    GatedReads& reads;
    StockRecorder& recorder;
    HotProducts& hot;
    // Hot or not, these are left to sweeps: what a list and the record say of
    // them would alternate.
    const absl::flat_hash_set<std::string>& doubted;
    // Time between two requests for hot products: they spend a part of the
    // budget only.
    int64_t hot_pause = 0;
    // A record is there although a sweep did not show it.
    std::function<void(const v1::RemoteProduct&)> found;
    // A record is gone.
    std::function<void(const std::string&)> gone;
  };

  // The references must outlive it.
  explicit PollReads(Parts parts) : parts_(std::move(parts)) {}

  // A complete sweep did not show a record that was known. Returns whether it
  // waits now.
  bool AddAbsent(const std::string& remote_id);
  // Records that a sweep did not show, and that were not asked for yet.
  size_t absent() const { return absent_.size(); }

  // Sends what is due and granted; hot products only where `hot` says so.
  // Returns when to be called again.
  int64_t Step(bool hot);

 private:
  struct Wish {
    std::string remote_id;
    bool absent = false;
    int tries = 0;
  };

  // What to ask for next.
  std::optional<Wish> Next(bool hot);
  int64_t NextAt(bool hot) const;
  void PutBack(Wish wish);
  void Take(Wish wish, const Asked& asked, const domain::RecordAnswer& answer);

  const Parts parts_;
  std::deque<Wish> absent_;
  // Their ids, and those of requests for them under way.
  absl::flat_hash_set<std::string> absent_ids_;
  // A hot product that was not granted yet.
  std::optional<Wish> held_;
  int64_t next_hot_ = 0;
  int in_flight_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_POLL_READS_H_
