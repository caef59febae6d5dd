// One rule of the decider as a row of a table.
#ifndef QANTARA_TESTS_DOMAIN_DECIDE_DECIDE_CASE_H_
#define QANTARA_TESTS_DOMAIN_DECIDE_DECIDE_CASE_H_

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "qantara/v1/error_reason.pb.h"
#include "tests/domain/support/scenario.h"
#include "tests/domain/support/steps.h"

namespace qantara::domain {

// Given these steps, when this one, then these events or this refusal.
struct DecideCase {
  std::string name;
  std::vector<Step> given;
  Step when;
  // Texts of qantara.events.v1.Event; none: the command has no effect.
  std::vector<std::string> then;
  // What the command is refused with; then nothing is written.
  absl::StatusCode code = absl::StatusCode::kOk;
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
};

// Runs the case. Every event is folded and all invariants are checked; at the
// end the log is folded again. `after` looks at the rows.
void RunCase(const DecideCase& decide_case,
             const std::function<void(const Scenario&)>& after = nullptr);

// Names the case in failures.
inline void PrintTo(const DecideCase& decide_case, std::ostream* out) {
  *out << decide_case.name;
}

// A name for gtest.
inline std::string NameOfCase(
    const ::testing::TestParamInfo<DecideCase>& info) {
  return info.param.name;
}

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_DECIDE_DECIDE_CASE_H_
