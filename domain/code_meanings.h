// What statuses mean that carry no reason: those of gRPC itself, of a file that
// a client reads, and of what nobody expected.
#ifndef QANTARA_DOMAIN_CODE_MEANINGS_H_
#define QANTARA_DOMAIN_CODE_MEANINGS_H_

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "domain/error_meaning.h"

namespace qantara::domain {

// Returns one meaning for each code that is seen without a reason.
absl::Span<const ErrorMeaning> CodeMeanings();

// Returns what a status with this code and without reason means; that of
// kUnknown for a code that is not listed.
const ErrorMeaning& MeaningOfCode(absl::StatusCode code);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_CODE_MEANINGS_H_
