// The simulated Qoyod, or Qwoty, in a process of its own.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_SIMULATOR_PROCESS_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_SIMULATOR_PROCESS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/process/support/subprocess.h"
#include "tools/simulator/json.h"

namespace qantara::process {

// tools/simulator/README.md says what each endpoint does. Every call ends the
// program when the simulator refuses it.
class SimulatorProcess {
 public:
  // The key of its company, and the token of its workspace.
  static constexpr char kApiKey[] = "qyd_test_key";
  static constexpr char kQwotyToken[] = "qwoty_test_token";

  // Starts `binary` on a free port; its output goes into `directory`. `base` is
  // where the API is below the host.
  SimulatorProcess(const std::string& binary, const std::string& directory,
                   std::vector<std::string> flags = {},
                   const std::string& base = "/2.0");

  const std::string& base_url() const { return base_url_; }

  // Sends one request to /_admin/PATH.
  simulator::Json Admin(const std::string& method, const std::string& path,
                        const std::string& body = "");
  // The same for endpoints that answer with JSON lines.
  std::vector<simulator::Json> AdminLines(const std::string& path);

  void SetFaults(const std::string& json) { Admin("POST", "faults", json); }
  void ClearFaults() { Admin("DELETE", "faults"); }
  std::vector<simulator::Json> Products() { return AdminLines("products"); }
  // Requests from `after` on, as the journal has them, with their bodies.
  std::vector<simulator::Json> Journal(int64_t after = 0);
  // How many requests with that method came after the one with number `after`.
  int64_t CountSince(int64_t after, const std::string& method);
  // Number of the last request seen.
  int64_t RequestsTotal();
  // How many requests of that kind were seen, such as "POST /products".
  int64_t RequestCount(const std::string& kind);

 private:
  std::unique_ptr<Subprocess> process_;
  std::string admin_url_;
  std::string base_url_;
};

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_SIMULATOR_PROCESS_H_
