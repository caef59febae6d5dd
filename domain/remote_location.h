// A location as the provider lists it.
#ifndef QANTARA_DOMAIN_REMOTE_LOCATION_H_
#define QANTARA_DOMAIN_REMOTE_LOCATION_H_

#include <optional>
#include <string>

namespace qantara::domain {

// An empty name was not told.
struct RemoteLocation {
  std::string id;
  std::string name_en;
  std::string name_ar;
  std::optional<bool> is_default;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_REMOTE_LOCATION_H_
