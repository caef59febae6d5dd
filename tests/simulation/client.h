// The clients of a simulated server: they repeat a call until it is answered.
#ifndef QANTARA_TESTS_SIMULATION_CLIENT_H_
#define QANTARA_TESTS_SIMULATION_CLIENT_H_

#include <cstdint>
#include <functional>

#include "server/core/command_bus.h"
#include "tests/simulation/stage.h"

namespace qantara::simulation {

// Makes the calls of a plan at their times. A call that was not answered
// because the server died is made again, with the same content and id. Not
// thread-safe.
class Client {
 public:
  // `is_up` tells whether a server can be called. References must outlive it.
  Client(Stage& stage, server::CommandBus& bus, std::function<bool()> is_up);

  // Enters all calls of the plan into the agenda.
  void Begin();

  // Whether every call has been answered.
  bool done() const { return open_ == 0; }

 private:
  // Returns the time after which it wants to go on; below 0: it is done.
  using Call = std::function<int64_t()>;

  void Add(WorldMillis time, Call call);
  void Try(const Call& call);
  void AddImport(const ImportPlan& import);
  int64_t OnImportStep(const ImportPlan& import, size_t* step);
  int64_t OnSingle(const SinglePlan& single);
  int64_t OnUpdate(const UpdatePlan& update, int* tries);

  Stage& stage_;
  server::CommandBus& bus_;
  const std::function<bool()> is_up_;
  int open_ = 0;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_CLIENT_H_
