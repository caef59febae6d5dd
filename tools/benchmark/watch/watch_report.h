// Lines of `tools/bench watch`, and what is judged.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_REPORT_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_REPORT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/benchmark/statistics.h"

namespace qantara::tools {

// Collects floors and prints. One thread.
class WatchReport {
 public:
  void Title(absl::string_view title);
  // A figure with its spread; `decimals` of each number are shown.
  void Row(absl::string_view name, const Spread& spread, int decimals);
  void Note(absl::string_view text);

  // Remembers whether `value` is good enough.
  void AtLeast(absl::string_view what, double value, double floor);
  void AtMost(absl::string_view what, double value, double ceiling);
  // Something that has to be judged, and was not measured.
  void NotMeasured(absl::string_view what, absl::string_view why);

  // Prints a line per floor. Returns whether all are met.
  bool Judge() const;

 private:
  struct Floor {
    std::string text;
    bool met;
  };

  std::vector<Floor> floors_;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_REPORT_H_
