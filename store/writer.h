// The writer: the one thread that appends to the log.
#ifndef QANTARA_STORE_WRITER_H_
#define QANTARA_STORE_WRITER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "domain/ports/clock.h"
#include "domain/ports/event_log.h"
#include "domain/ports/tables.h"
#include "store/catch_up.h"
#include "store/command_queue.h"
#include "store/commit_feed.h"
#include "store/layer_applier.h"
#include "store/new_event.h"
#include "store/overlay.h"
#include "store/queued_command.h"

namespace qantara::store {

// Named bounds of the writer.
struct WriterOptions {
  // Commands that may wait.
  CommandQueue::Bound queue = {size_t{1} << 14, size_t{64} << 20};
  // Commands of one commit, and their bytes. Whatever is ready is taken; the
  // writer never waits for more.
  CommandQueue::Bound group = {1024, size_t{4} << 20};
  // Changed rows of one commit, in bytes; checked after each command.
  size_t group_row_bytes = size_t{8} << 20;
  // Commits that the tables may be behind the log.
  LayerApplier::Bound behind = {64, size_t{64} << 20};
};

// What the writer has done and what waits, for metrics.
struct WriterStats {
  uint64_t commands = 0;  // Done, with whatever status.
  uint64_t refused = 0;   // Not queued.
  uint64_t commits = 0;
  uint64_t events = 0;
  size_t queued_commands = 0;
  size_t queued_bytes = 0;
  size_t unfolded_commits = 0;
  size_t unfolded_bytes = 0;
};

// Takes the commands that are ready, decides each on the state that the ones
// before it left behind, appends their events in one commit, and then completes
// all of them in order. Tables follow on a thread of their own; decisions see
// what is not yet in them.
//
// When an append fails, or the tables cannot be written any more, the writer
// stops for good: commands of that commit and all later ones fail with
// kUnavailable (LOG_UNAVAILABLE). Thread-safe.
class Writer : public CommandSubmitter {
 public:
  // They must outlive the writer; nobody else may append or apply meanwhile.
  struct Parts {
    domain::EventLog& log;
    domain::TableStore& tables;
    const domain::Clock& clock;
    Fold fold;
  };

  // Folds what the tables lack, then starts. Where the log is read-only, the
  // writer starts all the same and refuses every command; tables that reflect
  // more than a read-only log holds are left as they are.
  //
  // Errors: those of CatchUp.
  static absl::StatusOr<std::unique_ptr<Writer>> Start(
      Parts parts, const WriterOptions& options = {});

  // Stops.
  ~Writer() override;

  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Queues a command; its Done runs exactly once. When it cannot be queued,
  // Done runs at once with kResourceExhausted (OVERLOADED) when too much is
  // waiting and kUnavailable (LOG_UNAVAILABLE) when the writer has stopped.
  void Submit(std::unique_ptr<QueuedCommand> command) override;

  // Refuses new commands, finishes the queued ones, brings the tables up to the
  // log and ends the threads. Not on the writer's thread.
  void Stop();

  // OK while commands are taken; otherwise why not.
  absl::Status accepting() const { return queue_.closed(); }

  CommitFeed& feed() { return feed_; }

  WriterStats stats() const;

 private:
  // A command of the present group and what became of it.
  struct Outcome {
    std::unique_ptr<QueuedCommand> command;
    absl::Status status;
    domain::Position position = 0;
  };

  // Commands that are committed together.
  struct Group {
    std::vector<Outcome> outcomes;
    std::vector<domain::NewEvent> events;
  };

  using Commands = absl::Span<std::unique_ptr<QueuedCommand>>;

  Writer(Parts parts, const WriterOptions& options);

  void Run();
  // Runs commands from the front as one group; returns how many.
  size_t RunGroup(Commands commands);
  void Decide(std::unique_ptr<QueuedCommand> command, Group& group);
  absl::Status Place(domain::Events events, absl::Time now, Group& group);
  void Commit(Group& group);
  void Committed(Group& group);
  void NotWritten(const absl::Status& why, Group& group);
  void Complete(Group& group);
  void Fail(const absl::Status& why);

  const Parts parts_;
  const WriterOptions options_;
  CommandQueue queue_;
  CommitFeed feed_;

  // The writer's thread only.
  Overlay overlay_;
  NewEventFactory new_events_;
  // Why the writer stopped for good.
  absl::Status failed_;

  LayerApplier applier_;
  std::atomic<uint64_t> commands_{0};
  std::atomic<uint64_t> refused_{0};
  std::atomic<uint64_t> commits_{0};
  std::atomic<uint64_t> events_{0};
  std::mutex stop_mutex_;
  std::thread thread_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_WRITER_H_
