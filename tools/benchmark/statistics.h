// Median and spread of a few measurements.
#ifndef QANTARA_TOOLS_BENCHMARK_STATISTICS_H_
#define QANTARA_TOOLS_BENCHMARK_STATISTICS_H_

#include <vector>

namespace qantara::tools {

struct Spread {
  double median = 0;
  double lowest = 0;
  double highest = 0;
};

// `values` is not empty. Of an even number the median is the mean of the middle
// two.
Spread SpreadOf(std::vector<double> values);

// The quotients of measurements of the same round. Equally many of both.
Spread RatioOf(const std::vector<double>& values,
               const std::vector<double>& to);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_STATISTICS_H_
