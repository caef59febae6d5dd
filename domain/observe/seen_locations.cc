#include "domain/observe/seen_locations.h"

#include <optional>
#include <utility>

#include "domain/rows.h"
#include "domain/table_keys.h"
#include "domain/timestamps.h"

namespace qantara::domain {

using events::v1::LocationChange;
using events::v1::StockChange;
using tables::v1::LocationRow;

namespace {

bool IsSame(const LocationRow& left, const LocationRow& right) {
  return left.name_en() == right.name_en() &&
         left.name_ar() == right.name_ar() &&
         left.has_is_default() == right.has_is_default() &&
         left.is_default() == right.is_default();
}

}  // namespace

absl::StatusOr<SeenLocations::Entry*> SeenLocations::Load(
    const std::string& id) {
  const auto found = entries_.find(id);
  if (found != entries_.end()) return &found->second;
  QANTARA_ASSIGN_OR_RETURN(std::optional<LocationRow> row,
                           FindRow<LocationRow>(state_, Table::kLocations,
                                                TextKey(connection_, id)));
  Entry entry;
  entry.known = row.has_value();
  if (entry.known) entry.before = *std::move(row);
  entry.now = entry.before;
  return &entries_.emplace(id, std::move(entry)).first->second;
}

absl::Status SeenLocations::See(const RemoteLocation& location) {
  if (location.id.empty()) return absl::OkStatus();
  QANTARA_ASSIGN_OR_RETURN(Entry * entry, Load(location.id));
  entry->seen = true;
  if (!location.name_en.empty()) entry->now.set_name_en(location.name_en);
  if (!location.name_ar.empty()) entry->now.set_name_ar(location.name_ar);
  if (location.is_default.has_value()) {
    entry->now.set_is_default(*location.is_default);
  }
  entry->news |= !entry->known || !IsSame(entry->before, entry->now);
  return absl::OkStatus();
}

absl::Status SeenLocations::SeeFlag(const RemoteLocation& location) {
  QANTARA_ASSIGN_OR_RETURN(const Entry* entry, Load(location.id));
  if (!entry->known) return See(location);
  return See({location.id, "", "", location.is_default});
}

absl::Status SeenLocations::Name(events::v1::ProductStock* product) {
  for (auto* changes : {product->mutable_changes(), product->mutable_held()}) {
    for (StockChange& change : *changes) {
      QANTARA_ASSIGN_OR_RETURN(const Entry* entry, Load(change.location_id()));
      change.set_location_name_en(entry->now.name_en());
      change.set_location_name_ar(entry->now.name_ar());
    }
  }
  return absl::OkStatus();
}

bool SeenLocations::IsNews(const std::string& id) const {
  const auto found = entries_.find(id);
  return found != entries_.end() && found->second.news;
}

events::v1::LocationsObserved SeenLocations::Changes(
    absl::Time observe_time) const {
  events::v1::LocationsObserved observed;
  observed.set_connection(connection_);
  *observed.mutable_observe_time() = ToTimestamp(observe_time);
  for (const auto& [id, entry] : entries_) {
    if (!entry.seen || (entry.known && IsSame(entry.before, entry.now))) {
      continue;
    }
    LocationChange& change = *observed.add_locations();
    change.set_location_id(id);
    change.set_name_en(entry.now.name_en());
    change.set_name_ar(entry.now.name_ar());
    if (entry.now.has_is_default()) {
      change.set_is_default(entry.now.is_default());
    }
    if (!entry.known) continue;
    change.set_previous_name_en(entry.before.name_en());
    change.set_previous_name_ar(entry.before.name_ar());
  }
  return observed;
}

}  // namespace qantara::domain
