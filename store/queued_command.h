// What waits for the writer.
#ifndef QANTARA_STORE_QUEUED_COMMAND_H_
#define QANTARA_STORE_QUEUED_COMMAND_H_

#include <cstddef>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "domain/decision.h"
#include "domain/ports/tables.h"

namespace qantara::store {

// One command on its way through the writer. Neither call may block.
class QueuedCommand {
 public:
  virtual ~QueuedCommand() = default;

  // Returns the events that follow from the command on `state`, which reflects
  // all earlier ones. No events: it has taken effect already. An error fails
  // this command alone. On the writer's thread; it may be called again when
  // nothing came of the last call.
  virtual absl::StatusOr<domain::Events> Decide(
      const domain::TableReader& state,
      const domain::DecisionContext& context) = 0;

  // Called once. With OK everything that the decision rests on is durable, and
  // tables that have reached `position` reflect it. Otherwise the error of
  // Decide or of the writer; then `position` is 0. On the writer's thread, or
  // within Writer::Submit.
  virtual void Done(const absl::Status& status, domain::Position position) = 0;

  // Memory that it holds while it waits, roughly.
  virtual size_t bytes() const = 0;
};

// Takes commands: the writer, or what stands for it in a simulation.
class CommandSubmitter {
 public:
  virtual ~CommandSubmitter() = default;

  // Queues a command; its Done runs exactly once, at once where it cannot be
  // queued.
  virtual void Submit(std::unique_ptr<QueuedCommand> command) = 0;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_QUEUED_COMMAND_H_
