// Who takes part in the measurement of ingest, and one measurement.
#ifndef QANTARA_TOOLS_BENCHMARK_CONTESTANT_H_
#define QANTARA_TOOLS_BENCHMARK_CONTESTANT_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "tools/benchmark/import_stream.h"

namespace qantara::tools {

// Name of the connection that imports go to.
inline constexpr char kConnection[] = "bench";

enum class Contestant { kDiscard, kPut, kQantara };

// Where things are.
struct Places {
  std::string server;    // The program qantara_server.
  std::string peer;      // The program of the bare handlers.
  std::string work_dir;  // Gets a directory per measurement, removed after it.
};

// One import into a fresh server with an empty directory.
struct Measurement {
  double acked_per_second = 0;
  // Only where there are tables.
  std::optional<double> folded_per_second;
  // Of the server's process, its start and end included.
  double cpu_micros_per_line = 0;
  double peak_mebibytes = 0;
};

// Errors: those of the processes and the calls. The directory stays then.
absl::StatusOr<Measurement> Measure(Contestant contestant, const Places& places,
                                    const ImportStream& stream);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_CONTESTANT_H_
