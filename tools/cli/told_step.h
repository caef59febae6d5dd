// What is said of one step of a product's life, and its common parts.
#ifndef TOOLS_CLI_TOLD_STEP_H_
#define TOOLS_CLI_TOLD_STEP_H_

#include <google/protobuf/repeated_field.h>
#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "qantara/v1/explain.pb.h"

namespace qantara::tools {

// A sentence, and what belongs to it, a line each; an empty one is left out.
struct Told {
  std::string sentence;
  std::vector<std::string> details;
};

// In UTC, to the millisecond.
std::string TimeText(const google::protobuf::Timestamp& time);

// Without its prefix, such as "APPLIED".
std::string ShortName(v1::UpdateState state);

// Such as " [SKU_REPEATED]"; empty where there is none.
std::string ReasonText(v1::ErrorReason reason);

// Such as "line 3 of import spring".
std::string LineName(const std::string& import_id, uint32_t line);

// Where a line stands, such as "line 3 of import spring is CREATED, record 7".
std::string ResultText(const v1::ItemResult& item);

// Adds a line for each problem.
void AddProblems(
    const google::protobuf::RepeatedPtrField<v1::ItemProblem>& problems,
    Told* told);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_TOLD_STEP_H_
