// Runs many simulated schedules, or shows one.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "tests/simulation/simulation.h"

ABSL_FLAG(uint64_t, first, 1, "number of the first schedule");
ABSL_FLAG(uint64_t, schedules, 100'000, "how many schedules to run");
ABSL_FLAG(bool, trace, false, "show what happens in each schedule");
ABSL_FLAG(uint64_t, failures, 1, "stop after so many failing schedules");
ABSL_FLAG(int, bug, 0, "build in a mistake: see PlantedBug");

namespace qantara::simulation {
namespace {

void Show(uint64_t number, const SimulationResult& result, bool trace) {
  if (trace) {
    for (const std::string& line : result.trace) std::puts(line.c_str());
  }
  for (const std::string& violation : result.violations) {
    std::printf("schedule %llu: %s\n", static_cast<unsigned long long>(number),
                violation.c_str());
  }
}

int Main() {
  SimulationOptions options;
  options.bug = static_cast<PlantedBug>(absl::GetFlag(FLAGS_bug));
  options.tracing = absl::GetFlag(FLAGS_trace);
  const uint64_t first = absl::GetFlag(FLAGS_first);
  const uint64_t end = first + absl::GetFlag(FLAGS_schedules);
  const auto began = std::chrono::steady_clock::now();
  uint64_t failures = 0;
  uint64_t events = 0;
  uint64_t writes = 0;
  uint64_t processes = 0;
  uint64_t number = first;
  for (; number < end && failures < absl::GetFlag(FLAGS_failures); ++number) {
    const SimulationResult result = Simulate(number, options);
    Show(number, result, options.tracing);
    events += result.events;
    writes += result.writes;
    processes += static_cast<uint64_t>(result.processes);
    if (result.violations.empty()) continue;
    ++failures;
    std::printf("again: tools/simulate --first %llu --schedules 1 --trace\n",
                static_cast<unsigned long long>(number));
  }
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - began;
  std::printf(
      "%llu schedules, %llu with violations; %llu events, %llu writes, %llu "
      "processes; %.1f s, %.0f schedules/s\n",
      static_cast<unsigned long long>(number - first),
      static_cast<unsigned long long>(failures),
      static_cast<unsigned long long>(events),
      static_cast<unsigned long long>(writes),
      static_cast<unsigned long long>(processes), took.count(),
      static_cast<double>(number - first) / took.count());
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace qantara::simulation

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Runs simulated schedules of delivery on virtual time.");
  absl::ParseCommandLine(argc, argv);
  return qantara::simulation::Main();
}
