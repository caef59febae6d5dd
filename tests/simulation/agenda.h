// What is going to happen in a simulated world, and when.
#ifndef QANTARA_TESTS_SIMULATION_AGENDA_H_
#define QANTARA_TESTS_SIMULATION_AGENDA_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

#include "tests/simulation/virtual_clock.h"

namespace qantara::simulation {

// Happenings in the order of their times; those of one time in the order in
// which they were entered. Not thread-safe.
class Agenda {
 public:
  static constexpr WorldMillis kNever = std::numeric_limits<WorldMillis>::max();

  void At(WorldMillis time, std::function<void()> happening) {
    happenings_.push({time, ++entered_, std::move(happening)});
  }

  // Time of the next one; kNever where there is none.
  WorldMillis next() const {
    return happenings_.empty() ? kNever : happenings_.top().time;
  }

  // Takes the next one away.
  std::function<void()> Take() {
    std::function<void()> happening = happenings_.top().happening;
    happenings_.pop();
    return happening;
  }

  bool empty() const { return happenings_.empty(); }

 private:
  struct Happening {
    WorldMillis time;
    uint64_t number;
    std::function<void()> happening;

    bool operator<(const Happening& other) const {
      return time != other.time ? time > other.time : number > other.number;
    }
  };

  std::priority_queue<Happening> happenings_;
  uint64_t entered_ = 0;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_AGENDA_H_
