// The writer of a simulated server: every command is its own commit.
#ifndef QANTARA_TESTS_SIMULATION_DIRECT_WRITER_H_
#define QANTARA_TESTS_SIMULATION_DIRECT_WRITER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "domain/decision.h"
#include "store/queued_command.h"
#include "tests/simulation/memory_event_log.h"
#include "tests/simulation/versioned_tables.h"
#include "tests/simulation/virtual_clock.h"

namespace qantara::simulation {

// Decides, appends and folds at once, within Submit. Not thread-safe.
class DirectWriter final : public store::CommandSubmitter {
 public:
  // What the simulation does around a command.
  struct Hooks {
    // Before the decision; false: the process died, nothing is written.
    std::function<bool()> begin;
    // After the commit, before the answer; false: the process died.
    std::function<bool()> committed;
    // A planted bug: changes what was decided.
    std::function<void(domain::Events&)> tamper;
    // An event is durable.
    std::function<void(const events::v1::EventRecord&)> appended;
    // A fold failed, which must never happen.
    std::function<void(const absl::Status&)> broken;
  };

  // References must outlive the writer.
  DirectWriter(MemoryEventLog& log, VersionedTables& tables,
               const VirtualClock& clock, Hooks hooks);

  // A command of a process that died gets kUnavailable.
  void Submit(std::unique_ptr<store::QueuedCommand> command) override;

 private:
  absl::Status Commit(domain::Events events, absl::Time now);

  MemoryEventLog& log_;
  VersionedTables& tables_;
  const VirtualClock& clock_;
  const Hooks hooks_;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_DIRECT_WRITER_H_
