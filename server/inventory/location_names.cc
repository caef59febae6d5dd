#include "server/inventory/location_names.h"

#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::server {

absl::StatusOr<LocationName> LocationNames::Of(const std::string& location_id) {
  if (const auto kept = kept_.find(location_id); kept != kept_.end()) {
    return kept->second;
  }
  QANTARA_ASSIGN_OR_RETURN(const auto row,
                           domain::FindRow<tables::v1::LocationRow>(
                               tables_, domain::Table::kLocations,
                               domain::TextKey(connection_, location_id)));
  LocationName name;
  if (row.has_value()) name = {row->name_en(), row->name_ar()};
  if (kept_.size() >= kMaxKept) kept_.clear();
  kept_.emplace(location_id, name);
  return name;
}

}  // namespace qantara::server
