#include "tools/hostile/request_costs.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace qantara::tools {
namespace {

constexpr absl::string_view kMetric = "qantara_outbound_requests_total{";
constexpr absl::string_view kLabel = "operation=\"";

}  // namespace

std::map<std::string, int64_t> RequestsByOperation(absl::string_view metrics) {
  std::map<std::string, int64_t> requests;
  for (absl::string_view line : absl::StrSplit(metrics, '\n')) {
    if (!absl::StartsWith(line, kMetric)) continue;
    const size_t label = line.find(kLabel);
    if (label == absl::string_view::npos) continue;
    const size_t begin = label + kLabel.size();
    const size_t end = line.find('"', begin);
    double value = 0;
    if (end == absl::string_view::npos ||
        !absl::SimpleAtod(line.substr(line.rfind(' ') + 1), &value)) {
      continue;
    }
    requests[std::string(line.substr(begin, end - begin))] +=
        static_cast<int64_t>(value);
  }
  return requests;
}

void RequestCosts::AddLife(absl::string_view metrics) {
  for (const auto& [operation, count] : RequestsByOperation(metrics)) {
    by_operation_[operation] += count;
  }
}

int64_t RequestCosts::told() const {
  int64_t sum = 0;
  for (const auto& [operation, count] : by_operation_) sum += count;
  return sum;
}

int64_t RequestCosts::Of(const std::string& operation) const {
  const auto found = by_operation_.find(operation);
  return found == by_operation_.end() ? 0 : found->second;
}

int64_t RequestCosts::AtMost(const std::string& operation, int64_t seen) const {
  return Of(operation) + std::max<int64_t>(0, seen - told());
}

}  // namespace qantara::tools
