#include "store/rebuild.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "domain/status_macros.h"

namespace qantara::store {
namespace {

// Rows that are read from a side at once.
constexpr size_t kPageRows = 1024;

// Walks over the rows of one table.
class Rows {
 public:
  using Row = std::pair<std::string, std::string>;

  Rows(const domain::TableSnapshot& snapshot, domain::Table table)
      : snapshot_(snapshot), table_(table) {}

  // The present row; null at the end.
  absl::StatusOr<const Row*> Peek() {
    if (next_ == page_.size() && !at_end_) {
      QANTARA_RETURN_IF_ERROR(ReadPage());
    }
    return next_ < page_.size() ? &page_[next_] : nullptr;
  }

  void Advance() { ++next_; }

 private:
  absl::Status ReadPage() {
    std::string begin;
    // The smallest key above the last one.
    if (!page_.empty()) begin = page_.back().first + '\0';
    page_.clear();
    next_ = 0;
    QANTARA_RETURN_IF_ERROR(
        snapshot_.Scan(table_, begin, "",
                       [this](absl::string_view key, absl::string_view value) {
                         page_.emplace_back(key, value);
                         return page_.size() < kPageRows;
                       }));
    at_end_ = page_.size() < kPageRows;
    return absl::OkStatus();
  }

  const domain::TableSnapshot& snapshot_;
  const domain::Table table_;
  std::vector<Row> page_;
  size_t next_ = 0;
  bool at_end_ = false;
};

absl::Status CompareTable(domain::Table table, Rows present, Rows fresh,
                          size_t most_differences, RebuildReport& report) {
  using Kind = RowDifference::Kind;
  const auto differs = [&](const std::string& key, Kind kind) {
    ++report.difference_count;
    if (report.differences.size() >= most_differences) return;
    report.differences.push_back({table, key, kind});
  };
  while (true) {
    QANTARA_ASSIGN_OR_RETURN(const auto* old_row, present.Peek());
    QANTARA_ASSIGN_OR_RETURN(const auto* new_row, fresh.Peek());
    if (old_row == nullptr && new_row == nullptr) return absl::OkStatus();
    const bool has_old =
        old_row != nullptr &&
        (new_row == nullptr || old_row->first <= new_row->first);
    const bool has_new =
        new_row != nullptr &&
        (old_row == nullptr || new_row->first <= old_row->first);
    if (has_old && !has_new) differs(old_row->first, Kind::kExtra);
    if (has_new && !has_old) differs(new_row->first, Kind::kMissing);
    if (has_old && has_new && old_row->second != new_row->second) {
      differs(old_row->first, Kind::kOther);
    }
    if (has_new) ++report.rows;
    if (has_old) present.Advance();
    if (has_new) fresh.Advance();
  }
}

// A cut is complete in the log only together with the snapshot behind it:
// tables of a position before that cannot be folded again.
absl::Status CheckNoCutAfter(const domain::EventLog& log,
                             domain::Position position) {
  for (domain::Position at = position; at < log.head();) {
    QANTARA_ASSIGN_OR_RETURN(const auto events,
                             log.Read(at, domain::ReadLimit()));
    for (const auto& event : events) {
      if (!event->event().has_stock_history_cut()) continue;
      return absl::FailedPreconditionError(absl::StrCat(
          "the tables reflect position ", position,
          ", and history before them was cut by the event at position ",
          event->position(), ": start the server once, which brings them up"));
    }
    at = events.back()->position();
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RebuildReport> CompareRebuild(const domain::EventLog& log,
                                             const domain::TableStore& present,
                                             domain::TableStore& fresh,
                                             const Fold& fold,
                                             size_t most_differences) {
  if (fresh.position() != 0) {
    return absl::InvalidArgumentError("the tables to fold into are not empty");
  }
  const auto present_rows = present.Snapshot();
  RebuildReport report;
  report.position = present_rows->position();
  if (report.position > log.head()) {
    return absl::FailedPreconditionError(
        "the tables reflect more than the log holds");
  }
  QANTARA_RETURN_IF_ERROR(CheckNoCutAfter(log, report.position));
  QANTARA_RETURN_IF_ERROR(CatchUp(log, fresh, fold, report.position));
  const auto fresh_rows = fresh.Snapshot();
  for (const domain::Table table : domain::kAllTables) {
    QANTARA_RETURN_IF_ERROR(CompareTable(table, Rows(*present_rows, table),
                                         Rows(*fresh_rows, table),
                                         most_differences, report));
  }
  return report;
}

}  // namespace qantara::store
