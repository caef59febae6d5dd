// What each error reason means to whoever gets it, in one table: the status
// that clients see, ERRORS.md and the help of the command line come from it.
#ifndef QANTARA_DOMAIN_ERROR_CATALOG_H_
#define QANTARA_DOMAIN_ERROR_CATALOG_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "domain/error_meaning.h"
#include "qantara/v1/error_reason.pb.h"

namespace qantara::domain {

// Key of a status's metadata where the server knows when to come again:
// milliseconds from now, as a decimal. It is told as RetryInfo.
inline constexpr char kRetryAfterMillis[] = "retry_after_millis";

// One reason.
struct ErrorEntry {
  v1::ErrorReason reason;
  ErrorMeaning meaning;
};

// Returns every reason but ERROR_REASON_UNSPECIFIED, once, by groups.
absl::Span<const ErrorEntry> ErrorCatalog();

// Returns what a status with this code and reason means. Never fails: what
// nobody knows, as from a newer server, is explained as UNKNOWN.
const ErrorMeaning& MeaningOf(absl::StatusCode code, v1::ErrorReason reason);

// Returns the code under which clients see the reason: `code` where the catalog
// lists it, the reason's usual one otherwise. A reason that is not in the
// catalog leaves the code as it is.
absl::StatusCode CodeFor(v1::ErrorReason reason, absl::StatusCode code);

// Whether waiting helps against a status with this code and reason, without
// anybody's doing.
bool PassesByItself(absl::StatusCode code, v1::ErrorReason reason);

// Returns the reason of that name, without prefix, such as `SKU_IN_USE`;
// ERROR_REASON_UNSPECIFIED for others.
v1::ErrorReason ReasonOfName(absl::string_view name);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_ERROR_CATALOG_H_
