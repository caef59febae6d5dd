// Names of the places that hold stock.
#ifndef QANTARA_SERVER_INVENTORY_LOCATION_NAMES_H_
#define QANTARA_SERVER_INVENTORY_LOCATION_NAMES_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "domain/ports/tables.h"

namespace qantara::server {

// Both names of one location; empty where they are not known.
struct LocationName {
  std::string en;
  std::string ar;
};

// The names as one reader tells them, each read once. For one answer, or one
// snapshot of a watch: names that change later are not seen. Not thread-safe.
class LocationNames {
 public:
  // Names that are kept; one provider has some tens of them. When there are
  // more, all are forgotten and read again.
  static constexpr size_t kMaxKept = 10'000;

  // `tables` must outlive it.
  LocationNames(const domain::TableReader& tables, std::string connection)
      : tables_(tables), connection_(std::move(connection)) {}

  // Returns the names of a location, empty ones where it is not known.
  //
  // Errors: kDataLoss.
  absl::StatusOr<LocationName> Of(const std::string& location_id);

 private:
  const domain::TableReader& tables_;
  const std::string connection_;
  absl::flat_hash_map<std::string, LocationName> kept_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_LOCATION_NAMES_H_
