// Typed access to the writer: a domain command in, its answer out.
#ifndef QANTARA_SERVER_CORE_COMMAND_BUS_H_
#define QANTARA_SERVER_CORE_COMMAND_BUS_H_

#include <functional>
#include <future>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "domain/decide/decider.h"
#include "domain/decision.h"
#include "store/writer.h"

namespace qantara::server {

// The answer to a command, and a position that reflects it: tables that have
// reached it show what the command did.
template <typename Reply>
struct Executed {
  Reply reply;
  domain::Position position = 0;
};

template <typename Command>
using ReplyOf = decltype(domain::Decide(
                             std::declval<const Command&>(),
                             std::declval<const domain::TableReader&>(),
                             std::declval<const domain::DecisionContext&>())
                             ->reply);

template <typename Command>
using ExecutedOf = absl::StatusOr<Executed<std::decay_t<ReplyOf<Command>>>>;

// Thread-safe; `writer` must outlive it.
class CommandBus {
 public:
  explicit CommandBus(store::Writer& writer) : writer_(writer) {}

  // Queues `command`. `done` runs once, on the writer's thread, when the
  // outcome is durable, or at once when it cannot be queued; it must not block.
  template <typename Command>
  void Submit(Command command,
              std::function<void(ExecutedOf<Command>)> done);

  // The same, waiting. Must not be called on the writer's thread or on a gRPC
  // thread.
  template <typename Command>
  ExecutedOf<Command> Execute(Command command) {
    std::promise<ExecutedOf<Command>> promise;
    auto future = promise.get_future();
    Submit(std::move(command), [&promise](ExecutedOf<Command> executed) {
      promise.set_value(std::move(executed));
    });
    return future.get();
  }

 private:
  store::Writer& writer_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_COMMAND_BUS_H_
