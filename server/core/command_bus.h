// Typed access to the writer: a domain command in, its answer out.
#ifndef QANTARA_SERVER_CORE_COMMAND_BUS_H_
#define QANTARA_SERVER_CORE_COMMAND_BUS_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <type_traits>
#include <utility>

#include "absl/status/statusor.h"
#include "domain/commands.h"
#include "domain/decide/decider.h"
#include "domain/decision.h"
#include "store/queued_command.h"

namespace qantara::server {

// The answer to a command, and a position that reflects it: tables that have
// reached it show what the command did.
template <typename Reply>
struct Executed {
  Reply reply;
  domain::Position position = 0;
};

template <typename Command>
using ReplyOf =
    decltype(domain::Decide(std::declval<const Command&>(),
                            std::declval<const domain::TableReader&>(),
                            std::declval<const domain::DecisionContext&>())
                 ->reply);

template <typename Command>
using ExecutedOf = absl::StatusOr<Executed<std::decay_t<ReplyOf<Command>>>>;

// Memory that a waiting command holds, roughly.
template <typename Command>
size_t CommandBytes(const Command& command) {
  size_t bytes = 1024;
  if constexpr (std::is_same_v<Command, domain::AcceptLines>) {
    for (const domain::ParsedLine& line : command.lines) {
      bytes += line.payload.size() + sizeof(line);
    }
  } else if constexpr (std::is_same_v<Command, domain::RecordStock> ||
                       std::is_same_v<Command, domain::RecordDrift>) {
    bytes += command.products.size() * 1024;
  }
  return bytes;
}

// Thread-safe where `writer` is; `writer` must outlive it.
class CommandBus {
 public:
  explicit CommandBus(store::CommandSubmitter& writer) : writer_(writer) {}

  // Queues `command`. `done` runs once, on the writer's thread, when the
  // outcome is durable, or at once when it cannot be queued; it must not block.
  template <typename Command>
  void Submit(Command command, std::function<void(ExecutedOf<Command>)> done) {
    writer_.Submit(
        std::make_unique<Queued<Command>>(std::move(command), std::move(done)));
  }

  // The same, waiting. Must not be called on the writer's thread or on a gRPC
  // thread.
  template <typename Command>
  ExecutedOf<Command> Execute(Command command) {
    std::promise<ExecutedOf<Command>> promise;
    auto future = promise.get_future();
    Submit(std::move(command), [&promise](ExecutedOf<Command> executed) {
      promise.set_value(std::move(executed));
    });
    ExecutedOf<Command> executed = future.get();
    // Only a writer that has stopped says so, and it never begins again.
    if (absl::IsUnavailable(executed.status())) closed_ = true;
    return executed;
  }

  // Whether Execute was told that nothing is taken any more in this process.
  bool closed() const { return closed_; }

 private:
  template <typename Command>
  class Queued;

  store::CommandSubmitter& writer_;
  std::atomic<bool> closed_{false};
};

// A domain command as the writer wants it.
template <typename Command>
class CommandBus::Queued final : public store::QueuedCommand {
 public:
  Queued(Command command, std::function<void(ExecutedOf<Command>)> done)
      : bytes_(CommandBytes(command)),
        command_(std::move(command)),
        done_(std::move(done)) {}

  absl::StatusOr<domain::Events> Decide(
      const domain::TableReader& state,
      const domain::DecisionContext& context) override {
    auto decided = domain::Decide(command_, state, context);
    if (!decided.ok()) return decided.status();
    reply_ = std::move(decided->reply);
    return std::move(decided->events);
  }

  void Done(const absl::Status& status, domain::Position position) override {
    if (!status.ok()) {
      done_(status);
      return;
    }
    done_(Executed<Reply>{std::move(reply_), position});
  }

  size_t bytes() const override { return bytes_; }

 private:
  using Reply = std::decay_t<ReplyOf<Command>>;

  const size_t bytes_;
  const Command command_;
  const std::function<void(ExecutedOf<Command>)> done_;
  Reply reply_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_COMMAND_BUS_H_
