// The simulated Qoyod API: routes, and the order in which the switches act on
// a request and its answer.
#ifndef TOOLS_SIMULATOR_API_H_
#define TOOLS_SIMULATOR_API_H_

#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// Thread-safe.
class Api {
 public:
  // `world` must outlive it. World::waiter must be stopped before.
  explicit Api(World* world) : world_(*world) {}
  ~Api();

  // Answers one request and writes it to the journal.
  HttpReply Answer(const HttpRequest& request);

 private:
  // Decides on the answer; changes are listed in `call`.
  HttpReply Decide(ApiCall& call);
  // Decides and applies some time after the client was left alone.
  HttpReply ApplyLate(ApiCall& call, const FaultParameters& late);
  void Record(const ApiCall& call, int status);

  World& world_;
  std::mutex mutex_;
  std::vector<std::thread> late_;  // Applications still to come, or done.
};

// The path below the base ("/2.0" or "/api/2.0"); empty when it is not there.
std::string PathBelowBase(const std::string& path);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_API_H_
