// How far an import is, for people and for scripts, on standard error.
#ifndef TOOLS_CLI_PROGRESS_VIEW_H_
#define TOOLS_CLI_PROGRESS_VIEW_H_

#include <cstdint>
#include <ostream>
#include <string>

#include "absl/time/time.h"
#include "qantara/v1/catalog_service.pb.h"

namespace qantara::tools {

// How progress is shown.
enum class ProgressStyle {
  kBar,    // One line, drawn again and again: for a terminal.
  kLines,  // A line for each change.
  kJson,   // A JSON object a line.
  kNone,
};

// Returns how many items stay where they are until somebody acts: final, parked
// and blocked ones.
uint32_t SettledItems(const v1::ItemCounts& counts);

// Returns how many items need a person's eye: invalid, rejected, parked,
// blocked, cancelled.
uint32_t ProblemItems(const v1::ItemCounts& counts);

// Returns the states that hold items, such as "created 6,180  invalid 7".
std::string CountsText(const v1::ItemCounts& counts);

// Draws an import's progress, at most once per kDrawInterval (kLines, kJson:
// kLineInterval). Used by one thread at a time.
class ProgressView {
 public:
  static constexpr absl::Duration kDrawInterval = absl::Milliseconds(100);
  static constexpr absl::Duration kLineInterval = absl::Seconds(1);

  // `total` is the number of lines of the catalog, 0 when it is not known.
  // `width` is the terminal's, in columns.
  ProgressView(std::ostream& out, ProgressStyle style, uint32_t total,
               int width)
      : out_(out), style_(style), total_(total), width_(width) {}

  // Shows where the import stands at `now`.
  void Show(const v1::Import& import, absl::Time now);

  // Shows a sentence of its own, such as why nothing moves.
  void Note(const std::string& text);

  // Shows what the last Show left out and ends the line that is being drawn.
  void Finish();

 private:
  void Draw(const v1::Import& import);
  std::string BarLine(const v1::Import& import) const;
  std::string PlainLine(const v1::Import& import) const;
  double Rate(uint32_t settled) const;

  std::ostream& out_;
  const ProgressStyle style_;
  const uint32_t total_;
  const int width_;

  v1::Import latest_;
  bool undrawn_ = false;
  bool line_open_ = false;
  std::string last_line_;  // Of kLines.
  absl::Time now_ = absl::InfinitePast();
  absl::Time drawn_ = absl::InfinitePast();
  absl::Time started_ = absl::InfinitePast();
  uint32_t settled_at_start_ = 0;
};

}  // namespace qantara::tools

#endif  // TOOLS_CLI_PROGRESS_VIEW_H_
