#include "tools/benchmark/statistics.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace qantara::tools {

Spread SpreadOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  Spread spread;
  spread.lowest = values.front();
  spread.highest = values.back();
  spread.median = values.size() % 2 == 1
                      ? values[middle]
                      : (values[middle - 1] + values[middle]) / 2;
  return spread;
}

Spread RatioOf(const std::vector<double>& values,
               const std::vector<double>& to) {
  std::vector<double> quotients;
  for (size_t i = 0; i < values.size(); ++i) {
    quotients.push_back(values[i] / to[i]);
  }
  return SpreadOf(std::move(quotients));
}

}  // namespace qantara::tools
