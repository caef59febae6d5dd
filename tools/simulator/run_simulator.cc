#include "tools/simulator/run_simulator.h"

#include <signal.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:0",
          "HOST:PORT to listen on; port 0 picks a free one.");
ABSL_FLAG(std::string, api_key, "",
          "API key of company \"main\"; empty: qyd_test_key.");
ABSL_FLAG(std::string, access_token, "",
          "Access token of company \"main\"; empty: the one in README.md.");
ABSL_FLAG(std::vector<std::string>, company, {},
          "NAME:KEY[:TOKEN],...: several companies instead of \"main\".");
ABSL_FLAG(uint64_t, seed, 1, "Number that all chance is derived from.");
ABSL_FLAG(int64_t, latency_ms, 0, "Every answer comes this much later.");
ABSL_FLAG(int64_t, requests_per_minute, 0,
          "Budget of each company; 0 is no limit. Qoyod's is 300.");
ABSL_FLAG(std::string, fixtures, "",
          "JSON file with switches that are on from the start.");
ABSL_FLAG(std::string, load, "",
          "JSON lines file with products that exist from the start.");
ABSL_FLAG(bool, examples, false,
          "Start with the specification's example products.");

namespace qantara::simulator {
namespace {

bool ReadFile(const std::string& path, std::string* text) {
  if (path.empty()) return true;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::cerr << "cannot read " << path << "\n";
    return false;
  }
  text->assign(std::istreambuf_iterator<char>(file), {});
  return true;
}

bool ParseListen(SimulatorOptions* options) {
  const std::pair<std::string, std::string> address =
      absl::StrSplit(absl::GetFlag(FLAGS_listen), absl::MaxSplits(':', 1));
  options->host = address.first;
  if (absl::SimpleAtoi(address.second, &options->port) && options->port >= 0 &&
      options->port <= 65535) {
    return true;
  }
  std::cerr << "--listen is not HOST:PORT\n";
  return false;
}

bool ParseCompanies(SimulatorOptions* options) {
  CompanyOptions& main = options->companies.front();
  const std::string key = absl::GetFlag(FLAGS_api_key);
  const std::string token = absl::GetFlag(FLAGS_access_token);
  if (!key.empty()) main.api_key = key;
  if (!token.empty()) main.access_token = token;
  const std::vector<std::string> given = absl::GetFlag(FLAGS_company);
  if (!given.empty()) options->companies.clear();
  for (const std::string& text : given) {
    const std::vector<std::string> parts = absl::StrSplit(text, ':');
    if (parts.size() < 2 || parts.size() > 3) {
      std::cerr << "--company is not NAME:KEY[:TOKEN]: " << text << "\n";
      return false;
    }
    options->companies.push_back(
        {parts[0], parts[1], parts.size() == 3 ? parts[2] : ""});
  }
  return true;
}

// Flags that are switches of their own.
std::string FlagSwitches() {
  Json switches = Json::Object();
  if (absl::GetFlag(FLAGS_latency_ms) > 0) {
    switches.Add("latency_ms", Json::Integer(absl::GetFlag(FLAGS_latency_ms)));
  }
  if (absl::GetFlag(FLAGS_requests_per_minute) > 0) {
    switches.Add("rate_limit",
                 Json::Integer(absl::GetFlag(FLAGS_requests_per_minute)));
  }
  return switches.ToText();
}

}  // namespace

int RunSimulator(SimulatorOptions options, ProviderSimulator& simulator) {
  options.seed = absl::GetFlag(FLAGS_seed);
  options.examples = absl::GetFlag(FLAGS_examples);
  if (!ParseListen(&options) || !ParseCompanies(&options) ||
      !ReadFile(absl::GetFlag(FLAGS_fixtures), &options.fixtures_json) ||
      !ReadFile(absl::GetFlag(FLAGS_load), &options.products_jsonl)) {
    return 2;
  }
  // Blocked before any thread starts, so that only sigwait() below gets them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, nullptr);

  const absl::StatusOr<int> port = simulator.Start(options);
  if (!port.ok()) {
    std::cerr << port.status().message() << "\n";
    return 2;
  }
  if (absl::Status s = simulator.SetFaults(FlagSwitches()); !s.ok()) {
    std::cerr << s.message() << "\n";
    return 2;
  }
  std::cout << "listening " << options.host << ":" << *port << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  simulator.Stop();
  return 0;
}

}  // namespace qantara::simulator
