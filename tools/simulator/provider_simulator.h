// A local provider that behaves as its documents say and misbehaves on demand:
// what QoyodSimulator and QwotySimulator have in common.
#ifndef TOOLS_SIMULATOR_PROVIDER_SIMULATOR_H_
#define TOOLS_SIMULATOR_PROVIDER_SIMULATOR_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/simulator/admin.h"
#include "tools/simulator/api.h"
#include "tools/simulator/fault_switches.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/journal.h"
#include "tools/simulator/json.h"

namespace qantara::simulator {

struct CompanyOptions {
  std::string name = "main";
  std::string api_key = "qyd_test_key";
  std::string access_token = "qyd_test_token";  // Empty: none at the start.
};

struct SimulatorOptions {
  std::string host = "127.0.0.1";
  int port = 0;  // 0: any free one.
  uint64_t seed = 1;
  std::vector<CompanyOptions> companies = {CompanyOptions{}};
  std::string fixtures_json;   // Switches that are on from the start.
  std::string products_jsonl;  // Products of the first company.
  bool examples = false;       // The specification's example products.
};

// What makes a simulator one of a certain provider.
struct SimulatedProvider {
  SwitchOwner switches;
  const char* base;  // Of its API, below the host: "/2.0".
  std::unique_ptr<const ProviderApi> api;
  std::unique_ptr<const ProviderRecords> records;
};

// Thread-safe after Start().
class ProviderSimulator {
 public:
  explicit ProviderSimulator(SimulatedProvider provider);
  ~ProviderSimulator();

  // Listens and returns the port. Called once. Errors: kInvalidArgument for
  // options that cannot be, kUnavailable when the port cannot be had.
  absl::StatusOr<int> Start(const SimulatorOptions& options);

  // Ends all connections and waits for the threads. May be called twice.
  void Stop();

  // "http://127.0.0.1:PORT/2.0", with the base of the provider.
  std::string base_url() const;
  int port() const;

  // The admin endpoints, without a connection: Admin("POST",
  // "/_admin/faults", "{...}"). README.md lists them.
  HttpReply Admin(absl::string_view method, absl::string_view target,
                  absl::string_view body = "");

  // Switches, as POST /_admin/faults takes them. Errors: kInvalidArgument.
  absl::Status SetFaults(absl::string_view json);
  void ResetFaults();

  // The object of GET /_admin/state.
  Json State();
  // Products of the first company.
  int64_t ProductCount();
  // SKUs of the first company that exist more than once.
  std::vector<std::string> RepeatedSkus();
  // Requests seen of one kind: ("POST", "/products"), ("PUT",
  // "/products/{id}"), always below the base.
  int64_t RequestCount(absl::string_view method, absl::string_view path_kind);
  std::vector<JournalEntry> JournalEntries(int64_t after = 0);

  // Wait for something to be true; false after `timeout_ms`.
  bool WaitForRequests(int64_t count, int64_t timeout_ms);
  bool WaitForHeld(int64_t count, int64_t timeout_ms);

 private:
  class Core;
  const SimulatedProvider provider_;
  std::unique_ptr<Core> core_;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_PROVIDER_SIMULATOR_H_
