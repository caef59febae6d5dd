#include "tests/simulation/simulation.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/item_state.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"
#include "tests/simulation/connection.h"
#include "tests/simulation/final_checks.h"

namespace qantara::simulation {
namespace {

using domain::Table;

// A schedule that is not quiet then never will be.
constexpr WorldMillis kLongestRun = 1'200'000;
// How long it must stay quiet.
constexpr int64_t kQuietFor = 5'000;
// Longest time that a command waits for others.
constexpr int64_t kLongestWaitMillis = 500;
// Steps without any time passing, after which nothing else will come.
constexpr int kMaxStepsAtOnce = 400;

std::string KindOf(const events::v1::EventRecord& record) {
  const auto& event = record.event();
  const auto* reflection = event.GetReflection();
  const auto* field = reflection->GetOneofFieldDescriptor(
      event, event.GetDescriptor()->FindOneofByName("kind"));
  return absl::StrCat("event ", record.position(), " ", field->name(), " ",
                      reflection->GetMessage(event, field).ShortDebugString());
}

server::DeliveryBounds BelievedBounds(const Plan& plan, PlantedBug bug) {
  server::DeliveryBounds bounds = plan.bounds;
  if (bug == PlantedBug::kNoProcessingTime) {
    bounds.max_processing = absl::ZeroDuration();
  }
  if (bug == PlantedBug::kNoReadLag) bounds.max_read_lag = absl::ZeroDuration();
  return bounds;
}

}  // namespace

Simulation::Simulation(Plan plan, const SimulationOptions& options)
    : options_(options),
      stage_(std::move(plan), options.tracing),
      writer_(stage_.log, stage_.tables, stage_.clock,
              {.begin = [this] { return BeginCommand(); },
               .committed = [this] { return EndCommand(); },
               .tamper = [this](domain::Events& events) { Tamper(events); },
               .appended =
                   [this](const events::v1::EventRecord& record) {
                     stage_.witness.OnAppended(record);
                     if (stage_.report.tracing()) {
                       stage_.report.Note(KindOf(record));
                     }
                   },
               .broken =
                   [this](const absl::Status& status) {
                     stage_.report.Violate("fold: ", status.ToString());
                   }}),
      bus_(writer_),
      client_(stage_, bus_, [this] { return process_ != nullptr; }) {}

// A command takes time, sometimes much of it; and the process may die.
bool Simulation::BeginCommand() {
  if (!life_->alive) return false;
  Random& random = stage_.random;
  const FaultRates& faults = stage_.plan.faults;
  const int64_t time = stage_.Faulty(faults.slow_command)
                           ? random.Between(10, 6000)
                           : random.Between(0, 2);
  stage_.clock.AdvanceTo(stage_.clock.now() + time);
  RunOthers();
  if (!life_->alive) return false;
  return !stage_.Dies(faults.crash_in_command, *life_, "before a commit");
}

// What other threads do while a command waits for its turn.
void Simulation::RunOthers() {
  if (among_others_) return;
  among_others_ = true;
  const WorldMillis next = stage_.agenda.next();
  if (next < stage_.clock.now() + kLongestWaitMillis &&
      stage_.random.Chance(20)) {
    stage_.clock.AdvanceTo(next);
  }
  while (stage_.agenda.next() <= stage_.clock.now() &&
         stage_.random.Chance(800)) {
    stage_.agenda.Take()();
  }
  among_others_ = false;
}

bool Simulation::EndCommand() {
  process_->OnCommitted();
  return !stage_.Dies(stage_.plan.faults.crash_in_command, *life_,
                      "after a commit");
}

void Simulation::Tamper(domain::Events& events) const {
  if (options_.bug != PlantedBug::kNoReadBack &&
      options_.bug != PlantedBug::kForgetsInterrupted) {
    return;
  }
  for (domain::PendingEvent& pending : events) {
    if (!pending.event.has_create_answered()) continue;
    auto& answered = *pending.event.mutable_create_answered();
    if (options_.bug == PlantedBug::kForgetsInterrupted &&
        answered.answer() != events::v1::ANSWER_INTERRUPTED) {
      continue;
    }
    for (events::v1::ItemOutcome& item : *answered.mutable_items()) {
      if (item.state() == v1::ITEM_STATE_UNKNOWN) {
        item.set_state(v1::ITEM_STATE_QUEUED);
      }
    }
  }
}

void Simulation::AddBefore() {
  for (const v1::Product& product : stage_.plan.before) {
    stage_.world.Add(Origin::kBefore, product, 0);
  }
  if (stage_.plan.chunk_size == 0) return;
  tables::v1::ConnectionRow row;
  row.set_chunk_size(stage_.plan.chunk_size);
  domain::PutRow(stage_.tables, Table::kConnections,
                 domain::TextKey(kConnection), row);
}

void Simulation::AddIncidents() {
  for (const Incident& incident : stage_.plan.incidents) {
    ++incidents_;
    stage_.agenda.At(incident.time, [this, &incident] {
      --incidents_;
      Happen(incident);
    });
  }
}

void Simulation::Happen(const Incident& incident) {
  FakeQoyod& world = stage_.world;
  switch (incident.kind) {
    case Incident::Kind::kReboot:
      if (process_ != nullptr) life_->alive = false;
      stage_.report.Note("the machine starts anew");
      stage_.clock.Reboot();
      break;
    case Incident::Kind::kCrash:
      if (process_ == nullptr) break;
      stage_.report.Note("process ", life_->number, " is killed");
      life_->alive = false;
      break;
    case Incident::Kind::kHandMade: {
      stage_.report.Note("somebody makes ", incident.sku);
      v1::Product product;
      product.set_sku(incident.sku);
      product.set_name_en("By hand");
      world.Add(Origin::kByHand, product, stage_.clock.now());
      break;
    }
    case Incident::Kind::kDeleted:
      for (const FakeRecord& record : world.records()) {
        if (!record.exists() || record.now.sku() != incident.sku) continue;
        stage_.report.Note("somebody deletes ", record.id);
        world.Remove(record.id, stage_.clock.now());
        break;
      }
      break;
  }
}

void Simulation::StartProcess() {
  life_ = std::make_shared<Life>();
  life_->number = ++processes_;
  process_ = std::make_unique<SimulatedProcess>(
      stage_, writer_, life_, BelievedBounds(stage_.plan, options_.bug));
  stage_.report.Note("process ", processes_, " starts");
}

// Drops what died, and starts it again some time later.
void Simulation::Bury() {
  process_.reset();
  stage_.agenda.At(stage_.clock.now() + stage_.random.Between(1, 3000),
                   [this] { StartProcess(); });
}

// Whether something waits for a category that exists, or is going to.
bool Simulation::IsToUnblock(const tables::v1::ImportRow& row) const {
  return stage_.plan.category_from.has_value() &&
         domain::CountOf(row, v1::ITEM_STATE_BLOCKED) > 0;
}

bool Simulation::IsSettled() const {
  for (const Table table :
       {Table::kIntents, Table::kUpdateQueue, Table::kSuspects}) {
    if (stage_.tables.CountRows(table) > 0) return false;
  }
  bool finished = true;
  stage_.tables.ForEach(
      Table::kImports, [&](const std::string&, const std::string& value) {
        tables::v1::ImportRow row;
        finished = finished && row.ParseFromString(value) &&
                   domain::IsFinished(row) && !IsToUnblock(row);
      });
  return finished;
}

// Lets the next thing happen; false when nothing ever will.
bool Simulation::Advance() {
  if (process_ != nullptr && !life_->alive) Bury();
  const WorldMillis now = stage_.clock.now();
  if (now != stepped_at_) steps_ = 0;
  stepped_at_ = now;
  if (++steps_ > kMaxStepsAtOnce) {
    stage_.report.Violate("the server is busy without any time passing");
    return false;
  }
  const WorldMillis wanted =
      process_ == nullptr ? Agenda::kNever : process_->next();
  const WorldMillis planned = stage_.agenda.next();
  if (std::min(wanted, planned) == Agenda::kNever) return false;
  const bool choice = wanted <= now && planned <= now;
  if (choice ? stage_.random.Chance(500) : wanted < planned) {
    stage_.clock.AdvanceTo(wanted);
    process_->RunSomething();
  } else {
    stage_.clock.AdvanceTo(planned);
    stage_.agenda.Take()();
  }
  return true;
}

void Simulation::RunUntilQuiet() {
  bool was_over = false;
  domain::Position looked_at = 0;
  while (true) {
    const bool over = process_ != nullptr && client_.done() &&
                      incidents_ == 0 && stage_.landing == 0;
    if (over && (!was_over || stage_.log.head() != looked_at)) {
      looked_at = stage_.log.head();
      if (IsSettled()) return;
    }
    was_over = over;
    if (stage_.clock.now() > kLongestRun) {
      return stage_.report.Violate("it does not come to rest");
    }
    if (!Advance()) return;
  }
}

void Simulation::RunOn(int64_t millis) {
  const WorldMillis end = stage_.clock.now() + millis;
  const size_t writes = stage_.witness.writes().size();
  while (stage_.clock.now() < end && Advance()) {
  }
  if (stage_.witness.writes().size() != writes) {
    stage_.report.Violate("a write was sent after everything was settled");
  }
}

SimulationResult Simulation::Run() {
  AddBefore();
  AddIncidents();
  client_.Begin();
  StartProcess();
  RunUntilQuiet();
  SimulationResult result;
  result.duration = stage_.clock.now();
  if (stage_.report.violations().empty()) RunOn(kQuietFor);
  if (stage_.report.violations().empty()) CheckEnd(stage_);
  result.violations = stage_.report.violations();
  result.trace = stage_.report.trace();
  result.events = stage_.log.head();
  result.writes = stage_.witness.writes().size();
  result.processes = processes_;
  return result;
}

SimulationResult Simulate(Plan plan, const SimulationOptions& options) {
  return Simulation(std::move(plan), options).Run();
}

}  // namespace qantara::simulation
