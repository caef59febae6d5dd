#include "tests/process/support/server_process.h"

#include <signal.h>

#include <fstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/process/support/http_call.h"

namespace qantara::process {
namespace {

constexpr absl::Duration kStartTimeout = absl::Seconds(60);
constexpr absl::Duration kStopTimeout = absl::Seconds(30);
// Another program may hold the old port for a moment.
constexpr int kStartsMax = 5;

std::string DurationField(const char* name, absl::Duration duration) {
  absl::Duration rest;
  const int64_t seconds = absl::IDivDuration(duration, absl::Seconds(1), &rest);
  return absl::StrCat("    ", name, " { seconds: ", seconds,
                      " nanos: ", absl::ToInt64Nanoseconds(rest), " }\n");
}

std::string ConfigText(const ServerOptions& options,
                       const std::string& key_file) {
  std::string poll;
  if (options.poll_seconds > 0) {
    poll = absl::StrCat(
        "  inventory_poll_interval { seconds: ", options.poll_seconds, " }\n");
  }
  std::string in_flight;
  if (options.max_in_flight > 0) {
    in_flight =
        absl::StrCat("    max_in_flight: ", options.max_in_flight, "\n");
  }
  const std::string credential =
      options.credential.empty()
          ? absl::StrCat(
                options.provider == "qwoty" ? "token_file" : "api_key_file",
                ": \"", key_file, "\"")
          : options.credential;
  return absl::StrCat(
      "connections {\n  id: \"main\"\n  ", options.provider,
      " {\n    base_url: \"", options.base_url, "\"\n    ", credential, "\n",
      DurationField("request_timeout", options.request_timeout),
      DurationField("max_processing", options.max_processing),
      DurationField("max_read_lag", options.max_read_lag), in_flight, "  }\n",
      "  requests_per_minute: ", options.requests_per_minute, "\n", poll,
      "}\n");
}

// The port that the log tells.
std::string MetricsPort(const std::string& log) {
  constexpr absl::string_view kField = "\"metrics_port\":\"";
  const size_t at = log.find(kField.data(), 0, kField.size());
  if (at == std::string::npos) return "0";
  const size_t begin = at + kField.size();
  return log.substr(begin, log.find('"', begin) - begin);
}

}  // namespace

ServerProcess::ServerProcess(ServerOptions options)
    : options_(std::move(options)),
      config_path_(options_.directory + "/server.textproto") {
  const std::string key_file = options_.directory + "/api_key";
  std::ofstream(key_file) << options_.api_key << "\n";
  std::ofstream(config_path_) << ConfigText(options_, key_file);
}

absl::Status ServerProcess::Start() {
  absl::Status status;
  for (int attempt = 0; attempt < kStartsMax; ++attempt) {
    status = StartOnce({});
    if (status.ok()) return status;
  }
  return status;
}

absl::Status ServerProcess::StartOnce(const std::vector<std::string>& flags) {
  ++starts_;
  ProgramCall call;
  call.program = options_.binary;
  call.arguments = {"--config",         config_path_, "--data_dir",
                    data_directory(),   "--listen",   address_,
                    "--metrics_listen", "127.0.0.1:0"};
  call.arguments.insert(call.arguments.end(), flags.begin(), flags.end());
  call.output = absl::StrCat(options_.directory, "/server.", starts_);
  auto process = Subprocess::Start(call);
  if (!process.ok()) return process.status();
  process_ = *std::move(process);
  auto address = process_->WaitForLine("listening ", kStartTimeout);
  if (!address.ok()) return address.status();
  address_ = *std::move(address);
  return absl::OkStatus();
}

absl::StatusOr<int> ServerProcess::Stop() {
  process_->Signal(SIGTERM);
  return process_->Wait(kStopTimeout);
}

absl::StatusOr<std::string> ServerProcess::Metrics() const {
  auto answer = CallHttp(
      "GET", absl::StrCat("http://127.0.0.1:", MetricsPort(log()), "/metrics"));
  if (!answer.ok()) return answer.status();
  return std::move(answer->body);
}

absl::StatusOr<double> ServerProcess::Metric(const std::string& name) const {
  const auto text = Metrics();
  if (!text.ok()) return text.status();
  double sum = 0;
  bool found = false;
  for (absl::string_view line : absl::StrSplit(*text, '\n')) {
    if (!absl::StartsWith(line, name + " ") &&
        !absl::StartsWith(line, name + "{")) {
      continue;
    }
    double value = 0;
    if (absl::SimpleAtod(line.substr(line.rfind(' ') + 1), &value)) {
      sum += value;
      found = true;
    }
  }
  if (!found) return absl::NotFoundError(name);
  return sum;
}

}  // namespace qantara::process
