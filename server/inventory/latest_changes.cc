#include "server/inventory/latest_changes.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace qantara::server {
namespace {

using v1::InventoryChange;
using v1::StockLevel;

const StockLevel& LevelOf(const InventoryChange& change) {
  switch (change.kind_case()) {
    case InventoryChange::kRemoved:
      return change.removed().last();
    case InventoryChange::kRow:
      return change.row();
    default:
      return change.change();
  }
}

// What is folded together.
std::string KeyOf(const InventoryChange& change) {
  constexpr absl::string_view kEnd("\0", 1);
  if (change.has_location()) {
    return absl::StrCat("location", kEnd, change.location().location_id());
  }
  const StockLevel& level = LevelOf(change);
  return absl::StrCat("figure", kEnd, level.remote_id(), kEnd,
                      level.location_id());
}

// The figure before the change; null where there was none.
const std::string* BeforeOf(const InventoryChange& change) {
  const StockLevel& level = LevelOf(change);
  if (change.has_removed()) {
    return level.has_quantity() ? &level.quantity() : nullptr;
  }
  return level.has_previous_quantity() ? &level.previous_quantity() : nullptr;
}

}  // namespace

void LatestChanges::Add(InventoryChange change) {
  const auto [place, added] =
      places_.try_emplace(KeyOf(change), entries_.size());
  if (added) {
    Entry& entry = entries_.emplace_back();
    entry.first_kind = change.kind_case();
    if (const std::string* before = BeforeOf(change); before != nullptr) {
      entry.has_before = true;
      entry.before = *before;
    }
    entry.latest = std::move(change);
    entry.order = next_order_++;
    return;
  }
  Entry& entry = entries_[place->second];
  entry.order = next_order_++;
  if (change.has_location()) return FoldLocation(std::move(change), &entry);
  entry.latest = std::move(change);
  ++entry.folded;
}

void LatestChanges::FoldLocation(InventoryChange change, Entry* entry) {
  const v1::StockLocation& first = entry->latest.location();
  v1::StockLocation& latest = *change.mutable_location();
  latest.clear_previous_name_en();
  latest.clear_previous_name_ar();
  if (first.has_previous_name_en()) {
    latest.set_previous_name_en(first.previous_name_en());
  }
  if (first.has_previous_name_ar()) {
    latest.set_previous_name_ar(first.previous_name_ar());
  }
  entry->latest = std::move(change);
}

std::vector<InventoryChange> LatestChanges::Take() {
  std::vector<Entry> entries = std::exchange(entries_, {});
  places_ = {};
  std::sort(entries.begin(), entries.end(),
            [](const Entry& left, const Entry& right) {
              return left.order < right.order;
            });
  std::vector<InventoryChange> all;
  all.reserve(entries.size());
  for (Entry& entry : entries) all.push_back(Result(std::move(entry)));
  return all;
}

InventoryChange LatestChanges::Result(Entry entry) {
  if (entry.folded == 0) return std::move(entry.latest);
  InventoryChange result;
  if (entry.latest.has_removed()) {
    result = std::move(entry.latest);
    result.mutable_removed()->mutable_last()->set_folded_changes(entry.folded);
    return result;
  }
  // A figure that the client does not know yet stays a row.
  StockLevel& level = entry.first_kind == InventoryChange::kRow
                          ? *result.mutable_row()
                          : *result.mutable_change();
  level = LevelOf(entry.latest);
  level.clear_previous_quantity();
  if (entry.has_before) level.set_previous_quantity(entry.before);
  level.set_folded_changes(entry.folded);
  return result;
}

}  // namespace qantara::server
