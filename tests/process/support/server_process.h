// The server in a process that can be killed and started again.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_SERVER_PROCESS_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_SERVER_PROCESS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tests/process/support/subprocess.h"

namespace qantara::process {

struct ServerOptions {
  std::string binary;
  // Configuration, data and logs go below it.
  std::string directory;
  // Of the provider.
  std::string base_url;
  // Stands in `api_key_file`, the file `api_key` of the directory.
  std::string api_key;
  // Instead of that: fields of the configuration that say the credential.
  std::string credential;
  // The provider's part of the configuration: `qoyod` or `qwoty`.
  std::string provider = "qoyod";
  int requests_per_minute = 6000;
  // 0: no polling.
  int poll_seconds = 0;
  // An answer is waited for so long, the provider works so much longer, and its
  // lists lag so much.
  absl::Duration request_timeout = absl::Seconds(2);
  absl::Duration max_processing = absl::Seconds(1);
  absl::Duration max_read_lag = absl::Milliseconds(500);
  // Requests in flight at once; 0: the server's default.
  int max_in_flight = 0;
};

// One connection, `main`, with wait-out bounds that fit a test.
class ServerProcess {
 public:
  explicit ServerProcess(ServerOptions options);

  // Starts it on the same data. The first time it picks a port, afterwards it
  // takes the same one, so that clients find it again.
  //
  // Errors: kDeadlineExceeded, kAborted as Subprocess::WaitForLine.
  absl::Status Start();

  // The same in one attempt, with further flags.
  absl::Status StartOnce(const std::vector<std::string>& flags);

  // Waits for the end and returns the exit code, 128 + signal for a signal.
  //
  // Errors: kDeadlineExceeded.
  absl::StatusOr<int> WaitForEnd(absl::Duration timeout) {
    return process_->Wait(timeout);
  }
  bool running() { return process_->running(); }
  // Of the present process.
  pid_t pid() const { return process_->pid(); }

  // SIGKILL.
  void Kill() { process_->Kill(); }

  // SIGTERM; returns the exit code.
  absl::StatusOr<int> Stop();

  // HOST:PORT, once started.
  const std::string& address() const { return address_; }
  std::string data_directory() const { return options_.directory + "/data"; }
  // What the present process wrote to standard error.
  std::string log() const { return process_->err(); }
  int starts() const { return starts_; }

  // Sum of the samples of a metric.
  //
  // Errors: kNotFound when there is no sample yet; kUnavailable.
  absl::StatusOr<double> Metric(const std::string& name) const;

  // All metrics, as a scraper gets them.
  //
  // Errors: kUnavailable.
  absl::StatusOr<std::string> Metrics() const;

 private:
  const ServerOptions options_;
  std::string config_path_;
  std::string address_ = "127.0.0.1:0";
  int starts_ = 0;
  std::unique_ptr<Subprocess> process_;
};

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_SERVER_PROCESS_H_
