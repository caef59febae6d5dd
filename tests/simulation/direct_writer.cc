#include "tests/simulation/direct_writer.h"

#include <utility>
#include <vector>

#include "domain/fold/fold.h"
#include "domain/timestamps.h"

namespace qantara::simulation {
namespace {

std::string EventId(domain::Position position) {
  std::string id(16, '\0');
  for (size_t i = 0; i < 8; ++i) {
    id[i] = static_cast<char>(position >> (8 * i));
  }
  return id;
}

absl::Status Died() { return absl::UnavailableError("the process died"); }

}  // namespace

DirectWriter::DirectWriter(MemoryEventLog& log, VersionedTables& tables,
                           const VirtualClock& clock, Hooks hooks)
    : log_(log), tables_(tables), clock_(clock), hooks_(std::move(hooks)) {}

absl::Status DirectWriter::Commit(domain::Events events, absl::Time now) {
  std::vector<domain::NewEvent> records;
  for (domain::PendingEvent& pending : events) {
    auto record = std::make_shared<events::v1::EventRecord>();
    record->set_position(log_.head() + records.size() + 1);
    record->set_stream(std::move(pending.stream));
    record->set_event_id(EventId(record->position()));
    *record->mutable_time() = domain::ToTimestamp(now);
    record->set_causation(std::move(pending.causation));
    *record->mutable_event() = std::move(pending.event);
    records.push_back({std::move(record), pending.expected});
  }
  const absl::Status appended = log_.Append(absl::MakeSpan(records));
  if (!appended.ok()) return appended;
  for (const domain::NewEvent& event : records) {
    const absl::Status folded = domain::Fold(*event.record, tables_);
    if (!folded.ok()) hooks_.broken(folded);
    hooks_.appended(*event.record);
  }
  tables_.set_position(log_.head());
  return absl::OkStatus();
}

void DirectWriter::Submit(std::unique_ptr<store::QueuedCommand> command) {
  if (!hooks_.begin()) return command->Done(Died(), 0);
  const absl::Time now = clock_.Now();
  const domain::TableStore& state = tables_;
  auto events = command->Decide(state, {now, log_.head() + 1});
  if (!events.ok()) return command->Done(events.status(), 0);
  if (hooks_.tamper) hooks_.tamper(*events);
  const absl::Status committed = Commit(*std::move(events), now);
  if (!committed.ok()) return command->Done(committed, 0);
  if (!hooks_.committed()) return command->Done(Died(), 0);
  command->Done(absl::OkStatus(), log_.head());
}

}  // namespace qantara::simulation
