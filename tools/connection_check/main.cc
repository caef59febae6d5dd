// qantara_check: asks the provider of each configured connection whether the
// connection works. Sends GETs only.
#include <algorithm>
#include <iostream>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "adapters/http/curl_transport.h"
#include "adapters/system/system_clock.h"
#include "server/config/load_config.h"
#include "server/new_gateway.h"
#include "tools/connection_check/connection_check.h"

ABSL_FLAG(std::string, config, "",
          "configuration file of the server; required");
ABSL_FLAG(std::string, connection, "", "only this connection");
ABSL_FLAG(std::string, data_dir, "",
          "data directory of the server, which must not run; required for "
          "connections with oauth.refresh_token_file, whose tokens are kept "
          "there");

namespace {

using qantara::tools::CheckResult;

// A token that rotates and is not kept is lost.
bool NeedsDataDir(const qantara::server::ConnectionSettings& settings) {
  return !settings.qoyod.oauth.refresh_token_file.empty() &&
         absl::GetFlag(FLAGS_data_dir).empty();
}

CheckResult Check(const qantara::server::ConnectionSettings& settings,
                  const qantara::server::GatewayFactory& new_gateway,
                  const qantara::domain::Clock& clock) {
  if (NeedsDataDir(settings)) {
    std::cerr << "qantara_check: --data_dir is required for connection "
              << settings.id << ": its refresh token rotates\n";
    return CheckResult::kUsage;
  }
  const auto access = new_gateway(settings);
  const CheckResult usable =
      qantara::tools::AwaitCredential(settings, *access.credentials, std::cout);
  if (usable != CheckResult::kAllWell) return usable;
  return qantara::tools::CheckConnection(settings, *access.gateway, clock,
                                         std::cout);
}

int Run() {
  const auto connections =
      qantara::server::LoadConfig(absl::GetFlag(FLAGS_config));
  if (!connections.ok()) {
    std::cerr << connections.status().message() << "\n";
    return static_cast<int>(CheckResult::kUsage);
  }
  const std::string wanted = absl::GetFlag(FLAGS_connection);
  const qantara::adapters::SystemClock clock;
  qantara::adapters::CurlTransport transport(clock);
  const auto new_gateway = qantara::server::NewGatewayFactory(
      clock, transport, absl::GetFlag(FLAGS_data_dir));
  int checked = 0;
  CheckResult worst = CheckResult::kAllWell;
  for (const auto& settings : *connections) {
    if (!wanted.empty() && settings.id != wanted) continue;
    ++checked;
    worst = std::max(worst, Check(settings, new_gateway, clock));
  }
  if (checked == 0) {
    std::cerr << "qantara_check: there is no connection " << wanted << "\n";
    return static_cast<int>(CheckResult::kUsage);
  }
  return static_cast<int>(worst);
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "asks each connection's provider whether it works; exit 0: all well, 1: "
      "not reached, 2: wrong configuration, 4: credentials needed");
  absl::ParseCommandLine(argc, argv);
  return Run();
}
