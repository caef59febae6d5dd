#include "tools/cli/progress_view.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/cli/message_json.h"
#include "tools/cli/printable.h"

namespace qantara::tools {
namespace {

constexpr int kBarCells = 28;
constexpr char kEraseLine[] = "\r\x1b[K";

// Digits of an import's name that progress shows.
constexpr size_t kShortId = 8;

void AddCount(absl::string_view name, uint32_t count, std::string& out) {
  if (count == 0) return;
  absl::StrAppend(&out, out.empty() ? "" : "  ", name, " ", Grouped(count));
}

}  // namespace

uint32_t SettledItems(const v1::ItemCounts& counts) {
  return counts.created() + counts.linked() + counts.updated() +
         counts.unchanged() + ProblemItems(counts);
}

uint32_t ProblemItems(const v1::ItemCounts& counts) {
  return counts.invalid() + counts.rejected() + counts.parked() +
         counts.blocked() + counts.cancelled();
}

std::string CountsText(const v1::ItemCounts& counts) {
  std::string out;
  AddCount("created", counts.created(), out);
  AddCount("linked", counts.linked(), out);
  AddCount("updated", counts.updated(), out);
  AddCount("unchanged", counts.unchanged(), out);
  AddCount("invalid", counts.invalid(), out);
  AddCount("rejected", counts.rejected(), out);
  AddCount("parked", counts.parked(), out);
  AddCount("blocked", counts.blocked(), out);
  AddCount("cancelled", counts.cancelled(), out);
  AddCount("unknown", counts.unknown(), out);
  AddCount("in flight", counts.in_flight(), out);
  AddCount("queued", counts.queued(), out);
  AddCount("received", counts.received(), out);
  return out;
}

void ProgressView::Show(const v1::Import& import, absl::Time now) {
  if (started_ == absl::InfinitePast()) {
    started_ = now;
    settled_at_start_ = SettledItems(import.counts());
  }
  latest_ = import;
  now_ = now;
  const absl::Duration interval =
      style_ == ProgressStyle::kBar ? kDrawInterval : kLineInterval;
  undrawn_ = now - drawn_ < interval;
  if (!undrawn_) Draw(import);
}

void ProgressView::Note(const std::string& text) {
  if (style_ == ProgressStyle::kNone) return;
  if (line_open_) out_ << kEraseLine;
  line_open_ = false;
  out_ << text << std::endl;
}

void ProgressView::Finish() {
  if (undrawn_) Draw(latest_);
  undrawn_ = false;
  if (line_open_) out_ << std::endl;
  line_open_ = false;
}

void ProgressView::Draw(const v1::Import& import) {
  drawn_ = now_;
  switch (style_) {
    case ProgressStyle::kBar:
      out_ << kEraseLine << BarLine(import) << std::flush;
      line_open_ = true;
      return;
    case ProgressStyle::kLines: {
      // The summary often says what the last progress said.
      std::string line = PlainLine(import);
      if (line != last_line_) out_ << line << std::endl;
      last_line_ = std::move(line);
      return;
    }
    case ProgressStyle::kJson:
      out_ << "{\"progress\":" << ToJson(import) << "}" << std::endl;
      return;
    case ProgressStyle::kNone:
      return;
  }
}

std::string ProgressView::BarLine(const v1::Import& import) const {
  const uint32_t total = std::max({total_, import.received_lines(), 1u});
  const uint32_t settled = SettledItems(import.counts());
  const int cells = static_cast<int>(uint64_t{settled} * kBarCells / total);
  std::string line = absl::StrCat("[", std::string(cells, '#'),
                                  std::string(kBarCells - cells, '-'), "] ",
                                  Grouped(settled), "/", Grouped(total), "  ",
                                  uint64_t{settled} * 100 / total, "%");
  if (const double rate = Rate(settled); rate > 0) {
    const auto left = static_cast<int64_t>((total - settled) / rate);
    absl::StrAppendFormat(&line, "  %.0f/s  eta %d:%02d", rate, left / 60,
                          left % 60);
  }
  if (import.received_lines() < total_) {
    absl::StrAppend(&line, "  sent ", Grouped(import.received_lines()));
  }
  absl::StrAppend(&line, "  ", CountsText(import.counts()), "  balance ",
                  import.balance());
  // A line that wraps could not be drawn over.
  if (width_ > 1) line.resize(std::min<size_t>(line.size(), width_ - 1));
  return line;
}

std::string ProgressView::PlainLine(const v1::Import& import) const {
  const uint32_t total = std::max(total_, import.received_lines());
  return absl::StrCat("import ", import.import_id().substr(0, kShortId), "  ",
                      Grouped(SettledItems(import.counts())), "/",
                      Grouped(total), "  ", CountsText(import.counts()),
                      "  balance ", import.balance());
}

double ProgressView::Rate(uint32_t settled) const {
  const double seconds = absl::ToDoubleSeconds(now_ - started_);
  if (seconds < 1 || settled <= settled_at_start_) return 0;
  return (settled - settled_at_start_) / seconds;
}

}  // namespace qantara::tools
