#include "tests/process/support/stage.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/process/support/must.h"

namespace qantara::process {
namespace {

ServerOptions ToServerOptions(const StageOptions& options,
                              const std::string& directory,
                              const std::string& base_url) {
  ServerOptions server;
  server.binary = options.binaries + "/server/qantara_server";
  server.directory = directory;
  server.base_url = base_url;
  server.api_key =
      options.qwoty ? SimulatorProcess::kQwotyToken : SimulatorProcess::kApiKey;
  if (options.qwoty) server.provider = "qwoty";
  if (options.credential != nullptr) {
    server.credential = options.credential(base_url, directory);
  }
  server.requests_per_minute = options.requests_per_minute;
  server.poll_seconds = options.poll_seconds;
  server.request_timeout = options.request_timeout;
  server.max_processing = options.max_processing;
  server.max_read_lag = options.max_read_lag;
  server.max_in_flight = options.max_in_flight;
  return server;
}

}  // namespace

Stage::Stage(StageOptions options)
    : options_(std::move(options)),
      simulator_(
          options_.binaries + (options_.qwoty ? "/tools/qwoty_simulator"
                                              : "/tools/qoyod_simulator"),
          directory_.path(), options_.simulator_flags,
          options_.qwoty ? "/api" : "/2.0"),
      server_(
          ToServerOptions(options_, directory_.path(), simulator_.base_url())) {
  Must(server_.Start());
  api_ = std::make_unique<ApiClient>(server_.address());
}

std::unique_ptr<Subprocess> Stage::StartCli(
    std::vector<std::string> arguments) {
  ProgramCall call;
  call.program = options_.binaries + "/tools/qantara";
  call.arguments = std::move(arguments);
  call.arguments.insert(call.arguments.end(), {"--server", server_.address()});
  call.output = absl::StrCat(directory_.path(), "/cli.", ++cli_runs_);
  return Must(Subprocess::Start(call));
}

CliResult Stage::RunCli(std::vector<std::string> arguments,
                        absl::Duration timeout) {
  const auto cli = StartCli(std::move(arguments));
  CliResult result;
  result.exit_code = Must(cli->Wait(timeout));
  result.out = cli->out();
  result.err = cli->err();
  return result;
}

void Stage::KillAndRestart() {
  server_.Kill();
  Must(server_.Start());
  api_->Imports();  // Our old connection is noticed to be dead here.
}

void Stage::StopAndRestart() {
  const int code = Must(server_.Stop());
  if (code != 0) {
    Must(absl::AbortedError(
        absl::StrCat("the server stopped with ", code, ": ", server_.log())));
  }
  Must(server_.Start());
}

}  // namespace qantara::process
