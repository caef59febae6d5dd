#include "server/options.h"

#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"

ABSL_FLAG(std::string, config, "",
          "Configuration file: the text form of "
          "qantara.config.v1.ServerConfig. Required.");
ABSL_FLAG(std::string, data_dir, "",
          "Directory of the event log and the tables. Required.");
ABSL_FLAG(std::string, listen, "127.0.0.1:7443",
          "HOST:PORT to serve gRPC on; port 0 picks one.");
ABSL_FLAG(std::string, metrics_listen, "",
          "HOST:PORT to serve /metrics on; empty: no metrics.");
ABSL_FLAG(std::string, backup_dir, "",
          "Directory that BackupLog makes backups in, best on another disk; "
          "empty: DATA_DIR/backups.");
ABSL_FLAG(bool, insecure_any_address, false,
          "Listen on addresses that other machines can reach, although nobody "
          "is authenticated and nothing is encrypted.");

ABSL_FLAG(std::string, failpoint, "",
          "For tests of crashes only: NAME or NAME@N; the process is killed "
          "when it passes that failpoint the N-th time.");
ABSL_FLAG(std::string, failpoint_trace, "",
          "For tests of crashes only: file that tells of each failpoint that "
          "is passed.");
ABSL_FLAG(bool, list_failpoints, false, "Print the failpoints and end.");

namespace qantara::server {
namespace {

absl::Status CheckAddress(absl::string_view flag, absl::string_view address) {
  const auto loopback = IsLoopback(address);
  if (!loopback.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--", flag, ": ", loopback.status().message()));
  }
  if (*loopback || absl::GetFlag(FLAGS_insecure_any_address)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--", flag, ": ", address,
      " can be reached from other machines, but nobody is authenticated; "
      "listen on 127.0.0.1, or add --insecure_any_address"));
}

}  // namespace

absl::StatusOr<bool> IsLoopback(absl::string_view address) {
  const size_t colon = address.rfind(':');
  int port = 0;
  if (colon == absl::string_view::npos || colon == 0 ||
      !absl::SimpleAtoi(address.substr(colon + 1), &port) || port < 0 ||
      port > 65535) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", address, "` is not HOST:PORT"));
  }
  const absl::string_view host = address.substr(0, colon);
  if (host == "localhost" || host == "[::1]") return true;
  if (!absl::StartsWith(host, "127.")) return false;
  // `127.example.org` is a name, not an address.
  return host.find_first_not_of("0123456789.") == absl::string_view::npos;
}

absl::StatusOr<Options> ParseOptions(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Delivers product catalogs to an accounting system, exactly once.");
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  if (rest.size() > 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("unexpected argument `", rest[1], "`"));
  }
  Options options;
  options.config = absl::GetFlag(FLAGS_config);
  options.data_dir = absl::GetFlag(FLAGS_data_dir);
  options.listen = absl::GetFlag(FLAGS_listen);
  options.metrics_listen = absl::GetFlag(FLAGS_metrics_listen);
  options.backup_dir = absl::GetFlag(FLAGS_backup_dir);
  options.failpoints = {absl::GetFlag(FLAGS_failpoint),
                        absl::GetFlag(FLAGS_failpoint_trace)};
  options.list_failpoints = absl::GetFlag(FLAGS_list_failpoints);
  if (options.list_failpoints) return options;
  if (options.config.empty()) {
    return absl::InvalidArgumentError("--config is required");
  }
  if (options.data_dir.empty()) {
    return absl::InvalidArgumentError("--data_dir is required");
  }
  QANTARA_RETURN_IF_ERROR(CheckAddress("listen", options.listen));
  if (!options.metrics_listen.empty()) {
    QANTARA_RETURN_IF_ERROR(
        CheckAddress("metrics_listen", options.metrics_listen));
  }
  return options;
}

}  // namespace qantara::server
