// qwoty_simulator: see README.md in this folder.
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "tools/simulator/qwoty_simulator.h"
#include "tools/simulator/run_simulator.h"

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "A local Qwoty that misbehaves on demand; see tools/simulator/README.md");
  absl::ParseCommandLine(argc, argv);
  qantara::simulator::QwotySimulator simulator;
  return qantara::simulator::RunSimulator(qantara::simulator::QwotyOptions(),
                                          simulator);
}
