// What `tools/bench ingest` prints.
#ifndef QANTARA_TOOLS_BENCHMARK_INGEST_REPORT_H_
#define QANTARA_TOOLS_BENCHMARK_INGEST_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/benchmark/statistics.h"

namespace qantara::tools {

// Measurements at one number of lines per message, one per round.
struct IngestSeries {
  uint32_t lines = 0;
  uint32_t lines_per_message = 0;
  size_t line_bytes = 0;
  std::vector<double> discard;
  std::vector<double> put;
  std::vector<double> acked;
  std::vector<double> folded;
  // Processor time of the server per line, in microseconds.
  std::vector<double> discard_cpu;
  std::vector<double> put_cpu;
  std::vector<double> cpu;
  std::vector<double> peak_mebibytes;

  Spread folded_to_put() const { return RatioOf(folded, put); }
};

// Lines per second and ratios of one series, as a table.
std::string Describe(const IngestSeries& series);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_INGEST_REPORT_H_
