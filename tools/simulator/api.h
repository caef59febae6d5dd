// What every simulated API does with a request and its answer, whatever the
// provider: credentials, budget, journal, and the order in which the switches
// act.
#ifndef TOOLS_SIMULATOR_API_H_
#define TOOLS_SIMULATOR_API_H_

#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// The API of one provider. Thread-safe.
class ProviderApi {
 public:
  virtual ~ProviderApi() = default;

  // The path below the API's root, such as "/products"; empty when it is not
  // there.
  virtual std::string PathBelowBase(const std::string& path) const = 0;

  // Whether the request needs no credential, as one for a token; then only
  // Answer() acts on it.
  virtual bool IsOpen(const HttpRequest& request) const = 0;

  // Answers a request that was let in; changes are listed in `call`.
  virtual HttpReply Answer(ApiCall& call) const = 0;

  // The body of a refusal before that: 401, 403, 404 (no such path) or 429.
  virtual HttpReply Refuse(ApiCall& call, int status) const = 0;
};

// Thread-safe.
class Api {
 public:
  // Both must outlive it. World::waiter must be stopped before.
  Api(World* world, const ProviderApi* provider)
      : world_(*world), provider_(*provider) {}
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
  const ProviderApi& provider_;
  std::mutex mutex_;
  std::vector<std::thread> late_;  // Applications still to come, or done.
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_API_H_
