#include "store/writer.h"

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/ports/failpoints.h"
#include "domain/status_macros.h"

namespace qantara::store {
namespace {

absl::Status LogUnavailable(absl::string_view why) {
  return domain::MakeError(absl::StatusCode::kUnavailable,
                           v1::ERROR_REASON_LOG_UNAVAILABLE, why);
}

// Whether the log says that nothing was written because of the events.
bool RefusesEvents(const absl::Status& status) {
  return absl::IsAborted(status) || absl::IsInvalidArgument(status);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Writer>> Writer::Start(
    Parts parts, const WriterOptions& options) {
  // A log that lost its end is only read, and so are the tables, which were
  // folded when it was whole.
  const bool lost_end =
      !parts.log.writable().ok() && parts.tables.position() > parts.log.head();
  if (!lost_end) {
    QANTARA_RETURN_IF_ERROR(
        CatchUp(parts.log, parts.tables, parts.fold, parts.log.head()));
  }
  return absl::WrapUnique(new Writer(std::move(parts), options));
}

Writer::Writer(Parts parts, const WriterOptions& options)
    : parts_(std::move(parts)),
      options_(options),
      queue_(options.queue),
      overlay_(parts_.tables),
      applier_(parts_.tables, options.behind, [this](const absl::Status& why) {
        queue_.Close(LogUnavailable(why.message()));
      }) {
  const absl::Status writable = parts_.log.writable();
  if (!writable.ok()) Fail(writable);
  thread_ = std::thread([this] { Run(); });
}

Writer::~Writer() { Stop(); }

void Writer::Submit(std::unique_ptr<QueuedCommand> command) {
  const absl::Status queued = queue_.Push(command);
  if (queued.ok()) return;
  refused_.fetch_add(1, std::memory_order_relaxed);
  command->Done(queued, 0);
}

void Writer::Stop() {
  queue_.Close(LogUnavailable("the server is stopping"));
  const std::lock_guard<std::mutex> lock(stop_mutex_);
  if (thread_.joinable()) thread_.join();
  // An error was told to the commands already, or is told at the next start.
  applier_.Finish().IgnoreError();
}

WriterStats Writer::stats() const {
  WriterStats stats;
  stats.commands = commands_.load(std::memory_order_relaxed);
  stats.refused = refused_.load(std::memory_order_relaxed);
  stats.commits = commits_.load(std::memory_order_relaxed);
  stats.events = events_.load(std::memory_order_relaxed);
  stats.queued_commands = queue_.size();
  stats.queued_bytes = queue_.bytes();
  stats.unfolded_commits = applier_.waiting_layers();
  stats.unfolded_bytes = applier_.waiting_bytes();
  return stats;
}

void Writer::Run() {
  while (true) {
    auto commands = queue_.Take(options_.group);
    if (commands.empty()) return;
    Commands rest = absl::MakeSpan(commands);
    while (!rest.empty()) rest.remove_prefix(RunGroup(rest));
  }
}

size_t Writer::RunGroup(Commands commands) {
  const absl::Status room = applier_.WaitForRoom();
  if (!room.ok()) Fail(room);
  overlay_.Trim();
  domain::Reach(domain::Failpoint::kWriterDecide);
  Group group;
  for (auto& command : commands) {
    Decide(std::move(command), group);
    if (overlay_.open_bytes() >= options_.group_row_bytes) break;
  }
  const size_t count = group.outcomes.size();
  Commit(group);
  return count;
}

void Writer::Decide(std::unique_ptr<QueuedCommand> command, Group& group) {
  Outcome outcome;
  outcome.command = std::move(command);
  if (failed_.ok()) {
    domain::DecisionContext context;
    context.now = parts_.clock.Now();
    context.next_position = parts_.log.head() + group.events.size() + 1;
    auto events = outcome.command->Decide(overlay_, context);
    outcome.status = events.status();
    if (events.ok()) {
      outcome.status = Place(*std::move(events), context.now, group);
    }
    outcome.position = parts_.log.head() + group.events.size();
  }
  group.outcomes.push_back(std::move(outcome));
}

// Gives the events of one command their places and folds them. All, or none.
absl::Status Writer::Place(domain::Events events, absl::Time now,
                           Group& group) {
  const size_t before = group.events.size();
  absl::Status folded;
  for (domain::PendingEvent& event : events) {
    group.events.push_back(new_events_.Make(
        std::move(event), parts_.log.head() + group.events.size() + 1, now));
    folded = parts_.fold(*group.events.back().record, overlay_);
    if (!folded.ok()) break;
  }
  if (folded.ok()) return folded;
  // Rare: undo it by folding again what came before in this group.
  group.events.resize(before);
  overlay_.DropOpen();
  for (const domain::NewEvent& event : group.events) {
    const absl::Status again = parts_.fold(*event.record, overlay_);
    if (!again.ok()) Fail(again);
  }
  return folded;
}

void Writer::Commit(Group& group) {
  if (!failed_.ok()) return Complete(group);
  if (group.events.empty()) return Complete(group);
  const absl::Status appended = parts_.log.Append(absl::MakeSpan(group.events));
  if (appended.ok()) return Committed(group);
  overlay_.DropOpen();
  if (RefusesEvents(appended)) return NotWritten(appended, group);
  Fail(appended);
  Complete(group);
}

void Writer::Committed(Group& group) {
  const domain::Position last = group.events.back().record->position();
  applier_.Push(overlay_.Seal(last));
  commits_.fetch_add(1, std::memory_order_relaxed);
  events_.fetch_add(group.events.size(), std::memory_order_relaxed);
  domain::Reach(domain::Failpoint::kWriterAnswer);
  Complete(group);
  domain::Reach(domain::Failpoint::kWriterAnswered);
  std::vector<domain::EventRecordPtr> records;
  records.reserve(group.events.size());
  for (domain::NewEvent& event : group.events) {
    records.push_back(std::move(event.record));
  }
  feed_.Publish(records);
}

// The log refuses one of the events: every command alone shows whose it is.
void Writer::NotWritten(const absl::Status& why, Group& group) {
  if (group.outcomes.size() == 1) {
    group.outcomes.front().status =
        absl::IsAborted(why) ? why : absl::InternalError(why.message());
    return Complete(group);
  }
  for (Outcome& outcome : group.outcomes) {
    RunGroup(Commands(&outcome.command, 1));
  }
}

void Writer::Complete(Group& group) {
  for (Outcome& outcome : group.outcomes) {
    const absl::Status& status = failed_.ok() ? outcome.status : failed_;
    // Counted before: whoever got the answer finds it in the statistics.
    commands_.fetch_add(1, std::memory_order_relaxed);
    outcome.command->Done(status, status.ok() ? outcome.position : 0);
    outcome.command.reset();
  }
}

void Writer::Fail(const absl::Status& why) {
  if (!failed_.ok()) return;
  failed_ = LogUnavailable(why.message());
  queue_.Close(failed_);
}

}  // namespace qantara::store
