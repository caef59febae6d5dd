// For what a test cannot go on without.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_MUST_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_MUST_H_

#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace qantara::process {

// Ends the program with the status unless it is OK.
inline void Must(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << "cannot go on: " << status << std::endl;
  std::abort();
}

// Returns the value, or ends the program with the status.
template <typename T>
T Must(absl::StatusOr<T> value) {
  Must(value.status());
  return *std::move(value);
}

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_MUST_H_
