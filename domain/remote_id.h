// Order of remote ids.
#ifndef QANTARA_DOMAIN_REMOTE_ID_H_
#define QANTARA_DOMAIN_REMOTE_ID_H_

#include "absl/strings/string_view.h"

namespace qantara::domain {

// Whether the id is a number, so that IsAboveRemoteId means something.
inline bool IsOrderedRemoteId(absl::string_view id) {
  if (id.empty()) return false;
  for (const char c : id) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

// Whether the provider gave `left` after `right`, judging by the number. The
// empty id is below every other. Only meaningful for decimal ids without
// leading zeros (Qoyod's).
inline bool IsAboveRemoteId(absl::string_view left, absl::string_view right) {
  return left.size() != right.size() ? left.size() > right.size()
                                     : left > right;
}

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_REMOTE_ID_H_
