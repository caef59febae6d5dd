// Errors about one field of a request.
#ifndef QANTARA_SERVER_CORE_INVALID_H_
#define QANTARA_SERVER_CORE_INVALID_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"
#include "domain/error.h"

namespace qantara::server {

// Returns kInvalidArgument for the field at path `field`.
inline absl::Status Invalid(absl::string_view field, v1::ErrorReason reason,
                            absl::string_view message) {
  v1::ItemProblem problem;
  problem.set_field(std::string(field));
  problem.set_reason(reason);
  problem.set_message(std::string(message));
  return domain::MakeInvalid({std::move(problem)});
}

// Returns `status` with the problems attached, which may be none.
inline absl::Status WithProblems(absl::Status status,
                                 std::vector<v1::ItemProblem> problems) {
  if (problems.empty()) return status;
  domain::MakeInvalid(std::move(problems))
      .ForEachPayload(
          [&status](absl::string_view url, const absl::Cord& value) {
            if (!status.GetPayload(url).has_value())
              status.SetPayload(url, value);
          });
  return status;
}

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_INVALID_H_
