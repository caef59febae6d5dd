#include "tools/benchmark/watch/watch_report.h"

#include <cstdio>

#include "absl/strings/str_format.h"

namespace qantara::tools {

void WatchReport::Title(absl::string_view title) {
  absl::PrintF("\n%s\n", title);
  std::fflush(stdout);
}

void WatchReport::Row(absl::string_view name, const Spread& spread,
                      int decimals) {
  absl::PrintF("  %-52s %12.*f   (%.*f to %.*f)\n", name, decimals,
               spread.median, decimals, spread.lowest, decimals,
               spread.highest);
  std::fflush(stdout);
}

void WatchReport::Note(absl::string_view text) {
  absl::PrintF("  %s\n", text);
  std::fflush(stdout);
}

void WatchReport::AtLeast(absl::string_view what, double value, double floor) {
  floors_.push_back(
      {absl::StrFormat("%s: %.2f, at least %.2f", what, value, floor),
       value >= floor});
}

void WatchReport::AtMost(absl::string_view what, double value, double ceiling) {
  floors_.push_back(
      {absl::StrFormat("%s: %.2f, at most %.2f", what, value, ceiling),
       value <= ceiling});
}

void WatchReport::NotMeasured(absl::string_view what, absl::string_view why) {
  floors_.push_back(
      {absl::StrFormat("%s: not measured, %s", what, why), false});
}

bool WatchReport::Judge() const {
  bool all = true;
  absl::PrintF("\nfloors\n");
  for (const Floor& floor : floors_) {
    absl::PrintF("  %s  %s\n", floor.met ? "PASS" : "FAIL", floor.text);
    all = all && floor.met;
  }
  std::fflush(stdout);
  return all;
}

}  // namespace qantara::tools
