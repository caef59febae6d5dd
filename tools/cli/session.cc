#include "tools/cli/session.h"

#include "tools/cli/rpc_error.h"
#include "tools/cli/server_call.h"

namespace qantara::tools {
namespace {

constexpr uint32_t kConnectSeconds = 5;
constexpr uint32_t kMaxConnectSeconds = 600;

}  // namespace

ExitCode Session::UsageError(const absl::Status& status) const {
  err << "qantara: "
      << WithHelp(status.message(), absl::StatusCode::kInvalidArgument, "",
                  command)
      << std::endl;
  return ExitCode::kUsage;
}

ExitCode Session::CallError(const grpc::Status& status) const {
  const ExitCode code = ExitCodeOf(status);
  err << "qantara: " << ErrorText(status, command) << std::endl;
  if (code == ExitCode::kUnreachable && ErrorReasonOf(status).empty()) {
    err << "the server is expected at " << server << "; say --server HOST:PORT"
        << std::endl;
  }
  return code;
}

ExitCode Session::Connect() {
  const absl::StatusOr<uint32_t> seconds = arguments.Number(
      "connect_timeout", 0, kMaxConnectSeconds, kConnectSeconds);
  if (!seconds.ok()) return UsageError(seconds.status());
  if (before_connect) before_connect();
  channel = OpenChannel(server);
  if (WaitForServer(*channel, absl::Seconds(*seconds), interruption))
    return ExitCode::kDone;
  return CallError(
      grpc::Status(grpc::StatusCode::UNAVAILABLE, "cannot reach the server"));
}

ProgressStyle Session::progress_style() const {
  if (json) return ProgressStyle::kJson;
  return terminal ? ProgressStyle::kBar : ProgressStyle::kLines;
}

}  // namespace qantara::tools
