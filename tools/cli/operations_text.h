// How connections stand and what is stuck, as people read it.
#ifndef TOOLS_CLI_OPERATIONS_TEXT_H_
#define TOOLS_CLI_OPERATIONS_TEXT_H_

#include <string>

#include "qantara/v1/operations_service.pb.h"

namespace qantara::tools {

// Returns a paragraph: state, items, updates, unknown requests, rate.
std::string StatusText(const v1::ConnectionStatus& status);

// Returns one line: reason and numbers.
std::string GroupText(const v1::ParkedGroup& group);

// Returns a line with reason, key and SKU, and one for each problem; with the
// request and its answer where there is one.
std::string ParkedText(const v1::ParkedEntry& entry);

// Returns one line: age, kind, number of items and the first of them.
std::string UnknownText(const v1::UnknownRequest& request);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_OPERATIONS_TEXT_H_
