// Chance that a number determines.
#ifndef TOOLS_HOSTILE_DICE_H_
#define TOOLS_HOSTILE_DICE_H_

#include <cstddef>
#include <cstdint>
#include <random>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tools/simulator/text.h"

namespace qantara::tools {

// The same seed, name and order of calls give the same results. One thread.
class Dice {
 public:
  // Each thread and purpose has dice of its own name.
  Dice(uint64_t seed, absl::string_view name)
      : random_(simulator::MixedHash(seed, name, "dice")) {}

  // 0 up to but not `bound`, which is positive.
  size_t Below(size_t bound) { return random_() % bound; }
  bool Chance(double share) {
    return static_cast<double>(random_() >> 11) < share * 0x1p53;
  }
  absl::Duration Between(absl::Duration low, absl::Duration high) {
    const auto span =
        static_cast<size_t>(absl::ToInt64Milliseconds(high - low));
    return low + absl::Milliseconds(static_cast<int64_t>(Below(span + 1)));
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_DICE_H_
