// `tools/bench ingest`: the speed of ImportCatalog beside bare handlers of the
// same stream, in one run. Exit code 0, 1 when a measurement failed or the
// ratio is below --floor, 2 for usage.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"
#include "tools/benchmark/contestant.h"
#include "tools/benchmark/import_stream.h"
#include "tools/benchmark/ingest_report.h"
#include "tools/benchmark/machine.h"

ABSL_FLAG(std::string, server, "", "The program qantara_server. Required.");
ABSL_FLAG(std::string, peer, "", "The program of the handlers. Required.");
ABSL_FLAG(std::string, work_dir, "",
          "Directory for the databases, on a real disk; default: $TMPDIR, or "
          "/var/tmp.");
ABSL_FLAG(uint32_t, rounds, 3, "Rounds; each measures everything once.");
ABSL_FLAG(uint32_t, single_lines, 100'000, "Lines at one line per message.");
ABSL_FLAG(uint32_t, batch_lines, 500'000, "Lines at 100 lines per message.");
ABSL_FLAG(double, floor, 0.15,
          "Least ratio of ours, fully folded, to the put handler at 100 lines "
          "per message.");
ABSL_FLAG(bool, strict, false, "Refuse to measure on a machine that is busy.");

namespace {

namespace qt = qantara::tools;

constexpr uint32_t kMaxRounds = 1000;
constexpr uint32_t kMaxLines = 10'000'000;

std::string WorkDir() {
  std::string named = absl::GetFlag(FLAGS_work_dir);
  if (!named.empty()) return named;
  const char* const standard = std::getenv("TMPDIR");
  return standard != nullptr ? standard : "/var/tmp";
}

// Says what the figures depend on.
absl::Status DescribeRun(const qt::Places& places) {
  QANTARA_ASSIGN_OR_RETURN(
      const std::string machine,
      qt::DescribeMachine(places.work_dir, absl::GetFlag(FLAGS_strict)));
  std::printf(
      "ingest: %u rounds, each contestant once per round, in turn; median "
      "(lowest to highest)\n"
      "%s"
      "durability: qantara syncs every commit before its acks; the put handler "
      "every 500 lines; the discarding one never\n"
      "load: one call over loopback; lines with SKU, English and Arabic name, "
      "prices, category, tax, description, barcode\n"
      "delivery: nothing listens at the connection's base_url, so none goes "
      "on meanwhile\n",
      absl::GetFlag(FLAGS_rounds), machine.c_str());
  std::fflush(stdout);
  return absl::OkStatus();
}

absl::Status AddRound(const qt::Places& places, const qt::ImportStream& stream,
                      qt::IngestSeries* series) {
  QANTARA_ASSIGN_OR_RETURN(
      const qt::Measurement discard,
      qt::Measure(qt::Contestant::kDiscard, places, stream));
  QANTARA_ASSIGN_OR_RETURN(const qt::Measurement put,
                           qt::Measure(qt::Contestant::kPut, places, stream));
  QANTARA_ASSIGN_OR_RETURN(
      const qt::Measurement ours,
      qt::Measure(qt::Contestant::kQantara, places, stream));
  series->discard.push_back(discard.acked_per_second);
  series->discard_cpu.push_back(discard.cpu_micros_per_line);
  series->put.push_back(put.acked_per_second);
  series->put_cpu.push_back(put.cpu_micros_per_line);
  series->acked.push_back(ours.acked_per_second);
  series->folded.push_back(ours.folded_per_second.value_or(0));
  series->cpu.push_back(ours.cpu_micros_per_line);
  series->peak_mebibytes.push_back(ours.peak_mebibytes);
  return absl::OkStatus();
}

qt::ImportStream Stream(uint32_t lines, uint32_t lines_per_message) {
  return qt::EncodeImport({qt::kConnection,
                           absl::StrCat("bench-", lines_per_message), lines,
                           lines_per_message});
}

qt::IngestSeries Empty(const qt::ImportStream& stream) {
  qt::IngestSeries series;
  series.lines = stream.shape.lines;
  series.lines_per_message = stream.shape.lines_per_message;
  series.line_bytes = stream.line_bytes;
  return series;
}

// Returns the ratio that the floor is for.
absl::StatusOr<double> Run(const qt::Places& places) {
  QANTARA_RETURN_IF_ERROR(DescribeRun(places));
  const auto single = Stream(absl::GetFlag(FLAGS_single_lines), 1);
  const auto batch = Stream(absl::GetFlag(FLAGS_batch_lines), 100);
  qt::IngestSeries of_single = Empty(single);
  qt::IngestSeries of_batch = Empty(batch);
  for (uint32_t i = 0; i < absl::GetFlag(FLAGS_rounds); ++i) {
    QANTARA_RETURN_IF_ERROR(AddRound(places, single, &of_single));
    QANTARA_RETURN_IF_ERROR(AddRound(places, batch, &of_batch));
  }
  std::printf("\n%s\n%s", qt::Describe(of_single).c_str(),
              qt::Describe(of_batch).c_str());
  return of_batch.folded_to_put().median;
}

bool InRange(uint32_t value, uint32_t highest) {
  return value >= 1 && value <= highest;
}

}  // namespace

int main(int argc, char** argv) {
  const auto rest = absl::ParseCommandLine(argc, argv);
  const qt::Places places = {absl::GetFlag(FLAGS_server),
                             absl::GetFlag(FLAGS_peer), WorkDir()};
  if (rest.size() > 1 || places.server.empty() || places.peer.empty() ||
      !InRange(absl::GetFlag(FLAGS_rounds), kMaxRounds) ||
      !InRange(absl::GetFlag(FLAGS_single_lines), kMaxLines) ||
      !InRange(absl::GetFlag(FLAGS_batch_lines), kMaxLines)) {
    std::fprintf(stderr,
                 "usage: --server=FILE --peer=FILE [--rounds=1..%u] "
                 "[--single_lines=1..%u] [--batch_lines=1..%u]\n",
                 kMaxRounds, kMaxLines, kMaxLines);
    return 2;
  }
  const auto ratio = Run(places);
  if (!ratio.ok()) {
    std::fprintf(stderr, "%s\n", std::string(ratio.status().message()).c_str());
    return 1;
  }
  const double floor = absl::GetFlag(FLAGS_floor);
  const bool met = *ratio >= floor;
  std::printf(
      "\nqantara folded / put handler at 100 lines per message: %.3f, "
      "%s the floor of %.3f\n",
      *ratio, met ? "above" : "BELOW", floor);
  return met ? 0 : 1;
}
