// The life of a product as people read it.
#ifndef TOOLS_CLI_EXPLAIN_TEXT_H_
#define TOOLS_CLI_EXPLAIN_TEXT_H_

#include <string>

#include "qantara/v1/explain.pb.h"
#include "qantara/v1/product_service.pb.h"

namespace qantara::tools {

// Returns one line: whose life it is, and how the product stands.
std::string ExplainHead(const v1::MappedProduct& product);

// Returns a line for the step, with its time and position, and an indented one
// for each thing that belongs to it, such as a problem or a changed field.
std::string StepText(const v1::ProductStep& step);

// Returns one line: how many steps there were, and up to which position.
std::string ExplainFoot(const v1::ExplainSummary& summary);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_EXPLAIN_TEXT_H_
