// The server's program: flags, configuration, start, wait for a signal, stop.
#include <signal.h>

#include <cstdio>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "adapters/http/curl_transport.h"
#include "adapters/system/system_clock.h"
#include "server/config/load_config.h"
#include "server/failpoint_switch.h"
#include "server/logging/log.h"
#include "server/new_gateway.h"
#include "server/options.h"
#include "server/process_memory.h"
#include "server/server.h"
#include "server/stop_signals.h"
#include "store/failpoint_env.h"

namespace {

namespace qs = qantara::server;

// Exit codes; 0 is a stop by signal.
constexpr int kCannotStart = 1;
constexpr int kUsage = 2;
// Time that calls get to end after a signal.
constexpr absl::Duration kGrace = absl::Seconds(5);

int Fail(int code, absl::string_view what, const absl::Status& status) {
  for (const auto& line : absl::StrSplit(status.message(), '\n')) {
    qs::LogError(what, {{"error", std::string(line)}});
  }
  return code;
}

// Uses what the configuration says now; where it is broken, nothing changes.
void Reload(const std::string& config, qs::Server& server) {
  const auto connections = qs::LoadConfig(config);
  if (!connections.ok()) {
    Fail(kUsage, "config_refused", connections.status());
    return;
  }
  server.Reconfigure(*connections);
  qs::LogInfo("config_read");
}

}  // namespace

int main(int argc, char** argv) {
  qs::SetUpProcessMemory();
  const qs::StopSignals signals;
  qs::CaptureLibraryLogs();
  const auto options = qs::ParseOptions(argc, argv);
  if (!options.ok()) return Fail(kUsage, "bad_flags", options.status());
  if (options->list_failpoints) {
    std::fputs(qs::FailpointList().c_str(), stdout);
    return 0;
  }
  const auto connections = qs::LoadConfig(options->config);
  if (!connections.ok()) {
    return Fail(kUsage, "bad_config", connections.status());
  }

  std::unique_ptr<rocksdb::Env> failpoint_env;
  if (options->failpoints.any()) {
    const absl::Status armed = qs::ArmFailpoints(options->failpoints);
    if (!armed.ok()) return Fail(kUsage, "bad_flags", armed);
    failpoint_env = qantara::store::NewFailpointEnv();
    qs::LogError("failpoints_armed",
                 {{"failpoint", options->failpoints.kill_at}});
  }

  const qantara::adapters::SystemClock clock;
  qantara::adapters::CurlTransport transport(clock);
  const auto server = qs::Server::Start(
      {*connections, options->data_dir, options->listen,
       options->metrics_listen, failpoint_env.get(), options->backup_dir},
      clock, qs::NewGatewayFactory(clock, transport, options->data_dir));
  if (!server.ok()) return Fail(kCannotStart, "cannot_start", server.status());
  qs::LogInfo("started",
              {{"address", (*server)->address()},
               {"metrics_port", absl::StrCat((*server)->metrics_port())}});
  std::printf("listening %s\n", (*server)->address().c_str());
  std::fflush(stdout);

  int signal = signals.Wait();
  for (; signal == SIGHUP; signal = signals.Wait()) {
    Reload(options->config, **server);
  }
  qs::LogInfo("stopping", {{"signal", absl::StrCat(signal)}});
  (*server)->Stop(kGrace);
  qs::LogInfo("stopped");
  return 0;
}
