// Locations as a reading names them, compared with what was known of them.
#ifndef QANTARA_DOMAIN_OBSERVE_SEEN_LOCATIONS_H_
#define QANTARA_DOMAIN_OBSERVE_SEEN_LOCATIONS_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/ports/tables.h"
#include "domain/remote_location.h"
#include "qantara/events/v1/stock_events.pb.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Collects what one reading tells of locations. Not thread-safe; both
// references must outlive it. Errors of all: kDataLoss.
class SeenLocations {
 public:
  SeenLocations(const TableReader& state, const std::string& connection)
      : state_(state), connection_(connection) {}

  // Takes over what `location` tells; of several readings the last one counts.
  // One without id is no location.
  absl::Status See(const RemoteLocation& location);

  // Takes over the default flag only, where the location is known.
  absl::Status SeeFlag(const RemoteLocation& location);

  // Fills in the names as they are now into every change of the product.
  absl::Status Name(events::v1::ProductStock* product);

  // Whether anything that was taken over, be it overruled later, is not what
  // was known before.
  bool IsNews(const std::string& id) const;

  // The locations that are new or not as they were, by their ids. No location:
  // nothing has changed.
  events::v1::LocationsObserved Changes(absl::Time observe_time) const;

 private:
  struct Entry {
    // Whether the location was known before.
    bool known = false;
    bool seen = false;
    bool news = false;
    tables::v1::LocationRow before;
    tables::v1::LocationRow now;
  };

  absl::StatusOr<Entry*> Load(const std::string& id);

  const TableReader& state_;
  const std::string& connection_;
  std::map<std::string, Entry> entries_;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_OBSERVE_SEEN_LOCATIONS_H_
