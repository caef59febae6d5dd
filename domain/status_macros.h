// Early return of statuses; this Abseil release has no such macros.
#ifndef QANTARA_DOMAIN_STATUS_MACROS_H_
#define QANTARA_DOMAIN_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns the status from the function unless it is OK.
#define QANTARA_RETURN_IF_ERROR(expression)          \
  do {                                               \
    absl::Status qantara_status = (expression);      \
    if (!qantara_status.ok()) return qantara_status; \
  } while (false)

#define QANTARA_CONCAT_INNER(left, right) left##right
#define QANTARA_CONCAT(left, right) QANTARA_CONCAT_INNER(left, right)

// Defines or assigns `target` from a StatusOr, or returns its status.
#define QANTARA_ASSIGN_OR_RETURN(target, expression)                        \
  QANTARA_ASSIGN_OR_RETURN_INNER(QANTARA_CONCAT(qantara_result_, __LINE__), \
                                 target, expression)

#define QANTARA_ASSIGN_OR_RETURN_INNER(result, target, expression) \
  auto result = (expression);                                      \
  if (!result.ok()) return result.status();                        \
  target = *std::move(result)

#endif  // QANTARA_DOMAIN_STATUS_MACROS_H_
