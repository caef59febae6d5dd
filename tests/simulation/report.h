// What happened in a schedule, and what must not have happened.
#ifndef QANTARA_TESTS_SIMULATION_REPORT_H_
#define QANTARA_TESTS_SIMULATION_REPORT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/simulation/virtual_clock.h"

namespace qantara::simulation {

// Not thread-safe.
class Report {
 public:
  // `clock` must outlive the report. Without `tracing` only violations are
  // kept.
  Report(const VirtualClock& clock, bool tracing)
      : clock_(clock), tracing_(tracing) {}

  bool tracing() const { return tracing_; }

  // Adds a line to the trace; the pieces are put together only where needed.
  template <typename... Pieces>
  void Note(const Pieces&... pieces) {
    if (tracing_) Add(absl::StrCat(pieces...));
  }

  // A rule is broken.
  template <typename... Pieces>
  void Violate(const Pieces&... pieces) {
    std::string what = absl::StrCat(pieces...);
    if (tracing_) Add(absl::StrCat("VIOLATION: ", what));
    violations_.push_back(std::move(what));
  }

  const std::vector<std::string>& violations() const { return violations_; }
  const std::vector<std::string>& trace() const { return trace_; }

 private:
  void Add(const std::string& line) {
    trace_.push_back(
        absl::StrCat(absl::Dec(clock_.now(), absl::kSpacePad7), " ", line));
  }

  const VirtualClock& clock_;
  const bool tracing_;
  std::vector<std::string> violations_;
  std::vector<std::string> trace_;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_REPORT_H_
