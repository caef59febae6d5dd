// What a log that was restored from a backup holds back.
#ifndef QANTARA_DOMAIN_RESTORED_H_
#define QANTARA_DOMAIN_RESTORED_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "domain/ports/tables.h"

namespace qantara::domain {

// Whether outbound work of a connection stands still, and why, in the words of
// who stopped it.
struct PauseState {
  bool paused = false;
  std::string note;
};

// A connection is paused by an operator, or by a restored log until it is
// resumed.
//
// Errors: kDataLoss.
absl::StatusOr<PauseState> PauseOf(const TableReader& state,
                                   const std::string& connection);

// Position of the LogRestored event after which the connection was not swept
// completely: nothing may be created before that. 0: nothing is awaited.
//
// Errors: kDataLoss.
absl::StatusOr<Position> AwaitedSweep(const TableReader& state,
                                      const std::string& connection);

// Position of the last LogRestored event; 0: none.
//
// Errors: kDataLoss.
absl::StatusOr<Position> RestoredPosition(const TableReader& state);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_RESTORED_H_
