// One data directory and one provider, through many kills of the server.
#ifndef TOOLS_CRASH_CRASH_WORLD_H_
#define TOOLS_CRASH_CRASH_WORLD_H_

#include <memory>
#include <string>
#include <vector>

#include "tests/process/support/server_process.h"
#include "tests/process/support/simulator_process.h"
#include "tests/process/support/temporary_directory.h"
#include "tools/crash/log_chain.h"
#include "tools/crash/path_client.h"

namespace qantara::tools {

// Names of the failpoints that a path of delivery can lead to. Those of cutting
// old stock need more history than it makes; tests/server/retention has them.
std::vector<std::string> FailpointsOfDelivery();

// The oracle stands outside of the server: it is what the simulator holds, what
// was acknowledged to the client, and the log as it was found after each kill.
// One thread.
class CrashWorld {
 public:
  struct Options {
    // Directory with server/qantara_server and tools/qoyod_simulator.
    std::string binaries = ".";
    // The simulator's, which says whose answer is lost.
    int seed = 1;
  };

  enum class Fate {
    kKilled,      // By the failpoint.
    kNotReached,  // Everything was settled, or much time passed, without it.
    kWrong,       // See problems().
  };

  // Longest time until a failpoint is reached, and for all to be settled.
  static constexpr absl::Duration kReachTimeout = absl::Seconds(6);
  static constexpr absl::Duration kSettleTimeout = absl::Seconds(60);
  // Paths of delivery in one world.
  static constexpr int kMaxPaths = 120;

  // Starts the simulator, then the server once, which makes the data directory
  // and links the products that are updated later.
  explicit CrashWorld(const Options& options);

  // Sends one more path of delivery to a server that dies when it passes
  // `failpoint` the `pass`-th time, and checks the log after its death.
  Fate KillAt(const std::string& failpoint, int pass);

  // The same, but the server is killed from outside while a request that writes
  // is at the provider: its intent has no outcome.
  void KillWhileSending();

  // Lets everything be settled by a server without failpoint, then compares the
  // world with the oracle. The world ends with it.
  void Finish();

  // Leaves a request without outcome, then lets several paths be settled, and
  // starts once more without tables. Returns the name of each failpoint that
  // was passed meanwhile, as often as it was.
  std::vector<std::string> Trace();

  // What should not be so.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  void AddPath();
  // Returns why not all is acknowledged, or nothing.
  std::string SendAll();
  void SettleAll();
  void CheckLog();
  void CheckAcknowledged(const LogContent& content);
  void CheckImports();
  void CheckProvider();
  void CheckEvents();
  void Problem(std::string what);

  const process::TemporaryDirectory directory_;
  process::SimulatorProcess simulator_;
  process::ServerProcess server_;
  std::unique_ptr<PathClient> client_;
  std::vector<DeliveryPath> paths_;
  std::vector<ChainLink> chain_;
  std::vector<std::string> problems_;
};

}  // namespace qantara::tools

#endif  // TOOLS_CRASH_CRASH_WORLD_H_
