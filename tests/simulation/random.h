// The chance of a simulated schedule: small, fast, the same everywhere.
#ifndef QANTARA_TESTS_SIMULATION_RANDOM_H_
#define QANTARA_TESTS_SIMULATION_RANDOM_H_

#include <cstddef>
#include <cstdint>

namespace qantara::simulation {

// A generator of 64 bits (SplitMix64). Equal seeds give equal numbers, so that
// a schedule is a function of its number.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15;
    uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }

  // 0 to `bound` - 1; `bound` must not be 0.
  uint64_t Below(uint64_t bound) { return Next() % bound; }

  // `low` to `high`, both included.
  int64_t Between(int64_t low, int64_t high) {
    return low +
           static_cast<int64_t>(Below(static_cast<uint64_t>(high - low) + 1));
  }

  // True in `per_mille` of 1000 cases.
  bool Chance(int per_mille) {
    return Below(1000) < static_cast<uint64_t>(per_mille);
  }

  // One of the elements.
  template <typename Container>
  const typename Container::value_type& Pick(const Container& from) {
    return from[Below(from.size())];
  }

 private:
  uint64_t state_;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_RANDOM_H_
