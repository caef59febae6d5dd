// Statuses with a stable reason.
#ifndef QANTARA_DOMAIN_ERROR_H_
#define QANTARA_DOMAIN_ERROR_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "qantara/v1/error_reason.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// Values that the message mentions, for programs.
using ErrorMetadata = std::vector<std::pair<std::string, std::string>>;

// Returns a status that carries `reason`, and the metadata.
absl::Status MakeError(absl::StatusCode code, v1::ErrorReason reason,
                       absl::string_view message,
                       const ErrorMetadata& metadata = {});

// Returns kInvalidArgument that carries the problems; its reason is that of the
// first one. `problems` must not be empty.
absl::Status MakeInvalid(std::vector<v1::ItemProblem> problems);

// Returns the reason, or ERROR_REASON_UNSPECIFIED where there is none.
v1::ErrorReason GetReason(const absl::Status& status);

// Returns the metadata, in the order given.
ErrorMetadata GetMetadata(const absl::Status& status);

// Returns the problems, in the order given.
std::vector<v1::ItemProblem> GetProblems(const absl::Status& status);

// Returns the reason without the prefix, such as `SKU_IN_USE`.
std::string ReasonName(v1::ErrorReason reason);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_ERROR_H_
