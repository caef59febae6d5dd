// The three programs, ready to play together.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_STAGE_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_STAGE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/process/support/api_client.h"
#include "tests/process/support/server_process.h"
#include "tests/process/support/simulator_process.h"
#include "tests/process/support/subprocess.h"
#include "tests/process/support/temporary_directory.h"

namespace qantara::process {

struct StageOptions {
  // Directory with server/qantara_server, tools/qantara and the simulator. A
  // test runs in such a one.
  std::string binaries = ".";
  // The provider is Qwoty: then a test needs //tools:qwoty_simulator.
  bool qwoty = false;
  std::vector<std::string> simulator_flags;
  int requests_per_minute = 6000;
  int poll_seconds = 0;
  // As in ServerOptions.
  absl::Duration request_timeout = absl::Seconds(2);
  absl::Duration max_processing = absl::Seconds(1);
  absl::Duration max_read_lag = absl::Milliseconds(500);
  int max_in_flight = 0;
  // Makes ServerOptions::credential, given the simulator's base URL and the
  // directory; empty: the simulator's key.
  std::function<std::string(const std::string&, const std::string&)> credential;
};

// What one run of the command line left behind.
struct CliResult {
  int exit_code = 0;
  std::string out;
  std::string err;
};

class Stage {
 public:
  // Longest run of the command line.
  static constexpr absl::Duration kCliTimeout = absl::Seconds(100);

  // Starts the simulator and the server; ends the program when that fails.
  explicit Stage(StageOptions options = {});

  const TemporaryDirectory& directory() const { return directory_; }
  SimulatorProcess& simulator() { return simulator_; }
  ServerProcess& server() { return server_; }
  ApiClient& api() { return *api_; }

  // Starts `qantara` with these arguments and the server's address.
  std::unique_ptr<Subprocess> StartCli(std::vector<std::string> arguments);

  // The same, and waits for its end.
  CliResult RunCli(std::vector<std::string> arguments,
                   absl::Duration timeout = kCliTimeout);

  // Kills the server, or stops it, and starts it again.
  void KillAndRestart();
  void StopAndRestart();

 private:
  const StageOptions options_;
  const TemporaryDirectory directory_;
  SimulatorProcess simulator_;
  ServerProcess server_;
  std::unique_ptr<ApiClient> api_;
  int cli_runs_ = 0;
};

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_STAGE_H_
