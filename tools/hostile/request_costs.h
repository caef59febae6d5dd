// How many requests the server made for what, over all of its lives.
#ifndef TOOLS_HOSTILE_REQUEST_COSTS_H_
#define TOOLS_HOSTILE_REQUEST_COSTS_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::tools {

// Requests by operation, such as `settle`, as `/metrics` tells them.
std::map<std::string, int64_t> RequestsByOperation(absl::string_view metrics);

// A metric ends with the process, so it is read before each kill. What was sent
// between the reading and the kill is known to the provider only, and counted
// as unattributed.
class RequestCosts {
 public:
  // The last metrics of a process that ends now.
  void AddLife(absl::string_view metrics);

  // Requests that any life told of.
  int64_t told() const;
  int64_t Of(const std::string& operation) const;
  const std::map<std::string, int64_t>& by_operation() const {
    return by_operation_;
  }
  // The most that can have been spent on `operation` when the provider saw
  // `seen` requests: those that no life told of count in full.
  int64_t AtMost(const std::string& operation, int64_t seen) const;

 private:
  std::map<std::string, int64_t> by_operation_;
};

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_REQUEST_COSTS_H_
