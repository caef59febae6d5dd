// The fold: what an event changes in the derived tables.
#ifndef QANTARA_DOMAIN_FOLD_FOLD_H_
#define QANTARA_DOMAIN_FOLD_FOLD_H_

#include <cstdint>

#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

// Raised with every change of what the same log is folded to: tables of another
// version are dropped and made again.
inline constexpr uint64_t kFoldVersion = 4;

// Applies `record` to the tables behind `view`. Total and deterministic: the
// same log gives the same rows, byte for byte.
//
// Errors: kDataLoss when the event's kind is unknown or a row that it needs is
// missing or unreadable; then the tables must not be used.
absl::Status Fold(const events::v1::EventRecord& record, TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_FOLD_H_
