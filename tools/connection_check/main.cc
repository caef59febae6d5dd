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

namespace {

using qantara::tools::CheckResult;

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
  const auto new_gateway = qantara::server::NewGatewayFactory(clock, transport);
  int checked = 0;
  CheckResult worst = CheckResult::kAllWell;
  for (const auto& settings : *connections) {
    if (!wanted.empty() && settings.id != wanted) continue;
    ++checked;
    worst = std::max(worst, qantara::tools::CheckConnection(
                                settings, *new_gateway(settings), std::cout));
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
