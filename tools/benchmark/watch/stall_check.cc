#include "tools/benchmark/watch/stall_check.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"

namespace qantara::tools {
namespace {

template <typename... Parts>
absl::Status Lost(const Parts&... parts) {
  return absl::DataLossError(absl::StrCat(parts...));
}

}  // namespace

absl::Status StallCheck::Take(const std::vector<std::string>& messages) {
  for (const std::string& bytes : messages) {
    v1::WatchInventoryResponse response;
    if (!response.ParseFromString(bytes)) return Lost("a message that is none");
    if (response.has_fell_behind() && !fell_behind_) {
      fell_behind_ = true;
      changes_before_ = changes_;
    }
    if (response.has_caught_up()) {
      position_ = std::max(position_, response.caught_up().position());
    }
    if (!response.has_changes()) continue;
    QANTARA_RETURN_IF_ERROR(TakePosition(response.changes()));
    for (const v1::InventoryChange& entry : response.changes().changes()) {
      if (!entry.has_change()) continue;
      QANTARA_RETURN_IF_ERROR(TakeLevel(entry.change()));
    }
  }
  return absl::OkStatus();
}

absl::Status StallCheck::TakePosition(const v1::InventoryChanges& part) {
  const bool follows =
      more_ ? part.position() == position_ : part.position() > position_;
  if (!follows) return Lost(part.position(), " told after ", position_);
  position_ = part.position();
  more_ = part.more();
  return absl::OkStatus();
}

absl::Status StallCheck::TakeLevel(const v1::StockLevel& level) {
  uint64_t number = 0;
  if (!absl::SimpleAtoi(level.quantity(), &number) || number == 0) {
    return Lost(level.remote_id(), " has ", level.quantity());
  }
  changes_ += 1 + level.folded_changes();
  if (first_ == 0) first_ = number;
  QANTARA_RETURN_IF_ERROR(TakeNext(level, number));
  const Figure figure(level.remote_id(), level.location_id());
  const auto known = numbers_.find(figure);
  if (known != numbers_.end() &&
      absl::StrCat(known->second) != level.previous_quantity()) {
    return Lost(level.remote_id(), " had ", known->second, ", told is ",
                level.previous_quantity());
  }
  numbers_[figure] = number;
  last_ = std::max(last_, number);
  return absl::OkStatus();
}

absl::Status StallCheck::TakeNext(const v1::StockLevel& level,
                                  uint64_t number) {
  if (!latest_) {
    if (level.folded_changes() == 0 && (last_ == 0 || number == last_ + 1)) {
      return absl::OkStatus();
    }
    return Lost("change ", number, ", which stands for ",
                level.folded_changes(), " more, told after ", last_);
  }
  const Figure figure(level.remote_id(), level.location_id());
  if (fell_behind_ && !seen_.insert(figure).second) {
    return Lost("twice after fell_behind: ", level.remote_id());
  }
  return absl::OkStatus();
}

absl::Status StallCheck::Finish(const FeedResult& written,
                                uint32_t figures) const {
  if (changes_ != written.changes) {
    return Lost(changes_, " changes told, ", written.changes, " written");
  }
  if (changes_ == 0) return absl::OkStatus();
  if (!latest_ && first_ != written.first) {
    return Lost("the first change told is ", first_, ", written was ",
                written.first);
  }
  const uint64_t changed = std::min<uint64_t>(figures, written.changes);
  const uint64_t end = written.first + written.changes;
  absl::flat_hash_set<uint64_t> ends;
  for (const auto& [figure, number] : numbers_) {
    if (number < end - changed || number >= end) {
      return Lost(figure.first, " ended with ", number);
    }
    ends.insert(number);
  }
  if (numbers_.size() == changed && ends.size() == changed) {
    return absl::OkStatus();
  }
  return Lost(ends.size(), " of ", changed, " figures told");
}

}  // namespace qantara::tools
