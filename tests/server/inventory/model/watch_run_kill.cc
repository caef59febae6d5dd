// The part of a run that kills processes.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/ports/history_cutter.h"
#include "domain/streams.h"
#include "domain/timestamps.h"
#include "server/retention/old_events.h"
#include "server/retention/retention_worker.h"
#include "tests/server/inventory/model/random_stock.h"
#include "tests/server/inventory/model/watch_run.h"

namespace qantara::server {
namespace {

// Changes of files before a kill: those of some commits, and of one start.
constexpr uint64_t kMostChanges = 10;
constexpr uint64_t kMostStartChanges = 50;
constexpr uint64_t kMostTornBytes = 600;
constexpr uint64_t kMostCommands = 8;
// Steps of a worker that finishes a cut.
constexpr int kMostCutSteps = 100;
constexpr std::chrono::seconds kPatience(60);

class NoMetrics : public RetentionMetrics {
 public:
  void CountCut(const std::string&, const domain::CutResult&) override {}
};

// When what an event tells was observed; nothing where it tells no such thing.
std::optional<absl::Time> TimeOf(const events::v1::Event& event) {
  if (event.has_stock_observed()) {
    return domain::FromTimestamp(event.stock_observed().observe_time());
  }
  return std::nullopt;
}

}  // namespace

ProcessFiles::Plan WatchRun::RandomPlan(uint64_t most_changes) {
  return {Below(most_changes), Below(kMostTornBytes),
          [bell = bell_] { bell->Ring(); }};
}

void WatchRun::Kill() {
  // In the middle of something, or between two things.
  if (!OneIn(4)) world_.files().KillLater(RandomPlan(kMostChanges));
  switch (Below(4)) {
    case 0:
      Cut();
      break;
    case 1:
      Commit();
      Cut();
      break;
    default:
      Burst();
  }
  Pump();
  if (world_.dead()) ++result_.kills_in_change;
  world_.files().Kill();
  Revive();
}

void WatchRun::Burst() {
  if (catalog_ != nullptr) {
    for (int i = 0; i < 5 && !world_.dead(); ++i) Poll();
    return;
  }
  struct Answers {
    std::atomic<size_t> count{0};
    std::atomic<domain::Position> position{0};
  };
  const auto answers = std::make_shared<Answers>();
  const size_t sent = 1 + Below(kMostCommands);
  for (size_t i = 0; i < sent; ++i) {
    world_.bus().Submit(Stamped(RandomStock(random_)),
                        [bell = bell_, answers](const auto& executed) {
                          if (executed.ok())
                            answers->position = executed->position;
                          ++answers->count;
                          bell->Ring();
                        });
  }
  const size_t awaited = Below(sent + 1);
  while (!world_.dead()) {
    const uint64_t rung = bell_->rung();
    Pump();
    Acknowledge(answers->position);
    if (answers->count >= awaited || world_.dead()) break;
    if (!bell_->Await(rung, kPatience)) {
      return Violate("a command is not answered");
    }
  }
  result_.under_way += sent - answers->count;
}

void WatchRun::Revive() {
  ++result_.kills;
  for (Watcher& watcher : watchers_) Judge(&watcher);
  poller_ = nullptr;
  std::optional<ProcessFiles::Plan> again;
  if (OneIn(4)) again = RandomPlan(kMostStartChanges);
  if (again.has_value()) ++result_.kills_in_start;
  const absl::Status revived = world_.Revive(std::move(again), Leave());
  over_ = result_.world_lost = !revived.ok();
  if (over_) return Violate(revived.ToString());
  if (world_.storage().log().head() < acknowledged_) {
    Violate("an acknowledged command is gone");
  }
  const size_t known = history_.size();
  ReadHistory();
  result_.found += history_.size() - known;
  CompareHistory();
  if (catalog_ == nullptr) CompareSent();
  // Nothing that follows could be judged.
  over_ = !result_.violations.empty();
  if (over_) return;
  const bool first = OneIn(2);
  if (first) FinishCut();
  if (catalog_ != nullptr) NewPoller();
  for (Watcher& watcher : watchers_) {
    if (OneIn(4)) {
      Open(&watcher);
    } else {
      Resume(&watcher);
    }
  }
  if (!first) FinishCut();
}

std::function<void()> WatchRun::Leave() {
  struct Left {
    std::unique_ptr<FakeInventoryPeer> peer;
    std::shared_ptr<InventoryWatch> watch;
  };
  const auto left = std::make_shared<std::vector<Left>>();
  for (Watcher& watcher : watchers_) {
    left->push_back({std::move(watcher.peer), std::move(watcher.watch)});
  }
  return [left] {
    for (const Left& one : *left) End(*one.peer, *one.watch);
    left->clear();
  };
}

void WatchRun::CompareHistory() {
  size_t compared = 0;
  while (compared < history_.size()) {
    const auto records = world_.storage().log().ReadStream(
        domain::StockStream(connection_), compared, {});
    if (!records.ok()) return Violate(records.status().ToString());
    if (records->empty()) return Violate("what was known is gone");
    for (const domain::EventRecordPtr& record : *records) {
      const events::v1::EventRecord& known = *history_[compared++];
      const bool cut = record->event().has_event_cut() &&
                       record->position() == known.position() &&
                       record->position() <= cut_ &&
                       domain::MayBeCut(known.event());
      if (!cut && record->SerializeAsString() != known.SerializeAsString()) {
        Violate(absl::StrCat("what was known is another: ",
                             record->ShortDebugString()));
      }
    }
  }
}

void WatchRun::CompareSent() {
  absl::Time last = absl::InfinitePast();
  for (const domain::EventRecordPtr& record : history_) {
    const std::optional<absl::Time> time = TimeOf(record->event());
    if (!time.has_value()) continue;
    if (*time <= last) Violate("a command was recorded twice, or too late");
    last = *time;
  }
  if (last > absl::FromUnixSeconds(last_time_)) {
    Violate("what nobody sent was recorded");
  }
}

void WatchRun::FinishCut() {
  NoMetrics metrics;
  RetentionPace pace;
  pace.between_steps = 0;
  const domain::EventLog& log = world_.storage().log();
  RetentionWorker worker(RetentionContext{
      connection_, RetentionLimits{absl::Hours(1000), std::nullopt},
      world_.bus(), log, world_.storage().log(), world_.storage().tables(),
      world_.clock(), metrics, pace});
  for (int i = 0; i < kMostCutSteps; ++i) {
    const auto done = IsCutThrough(log, connection_, cut_);
    if (!done.ok()) return Violate(done.status().ToString());
    if (*done) return;
    if (i == 0) ++result_.cuts_finished;
    worker.RunOnceForTest();
  }
  Violate("a cut that was recorded is not finished");
}

}  // namespace qantara::server
