// Whether outbound work of a connection is paused.
#ifndef QANTARA_DOMAIN_DECIDE_PAUSED_H_
#define QANTARA_DOMAIN_DECIDE_PAUSED_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "domain/ports/tables.h"

namespace qantara::domain {

// Errors: kDataLoss.
absl::StatusOr<bool> IsPaused(const TableReader& state,
                              const std::string& connection);

// Checks that a write may be claimed: no intent follows a pause in the log.
//
// Errors: kAborted; kDataLoss.
absl::Status CheckNotPaused(const TableReader& state,
                            const std::string& connection);

// Checks that a creating write may be claimed: what a backup did not know is
// linked first.
//
// Errors: kAborted; kDataLoss.
absl::Status CheckSweptSinceRestore(const TableReader& state,
                                    const std::string& connection);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DECIDE_PAUSED_H_
