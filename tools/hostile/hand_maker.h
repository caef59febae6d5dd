// Somebody who makes records by hand while they are being imported.
#ifndef TOOLS_HOSTILE_HAND_MAKER_H_
#define TOOLS_HOSTILE_HAND_MAKER_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tools/hostile/dice.h"
#include "tools/hostile/run_state.h"

namespace qantara::tools {

// One record made by hand.
struct HandRecord {
  std::string id;
  std::string sku;
  absl::Time time;
};

// Thread-safe.
class HandMaker {
 public:
  explicit HandMaker(RunState& state);

  // The line of a product that is to be made by hand is about to be sent: its
  // record is made before that, or within the next two seconds, which the seed
  // decides.
  void LineIsSent(size_t product);

  // Makes the records whose time has come, unless the provider holds their SKU
  // by then. Called again and again by one thread.
  void Work();

  std::vector<HandRecord> made() const;
  // Records that were not made because ours was there already.
  int64_t too_late() const;

 private:
  void Make(size_t product);

  RunState& state_;
  mutable std::mutex mutex_;
  // All below are guarded by mutex_.
  Dice dice_;
  std::set<size_t> asked_;
  std::multimap<absl::Time, size_t> due_;
  std::vector<HandRecord> made_;
  int64_t too_late_ = 0;
};

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_HAND_MAKER_H_
