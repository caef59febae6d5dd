#include "tests/server/inventory/model/watch_run.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/ports/history_cutter.h"
#include "domain/streams.h"
#include "server/core/resume_token.h"
#include "tests/server/inventory/model/random_stock.h"

namespace qantara::server {
namespace {

constexpr int kWatchers = 3;
constexpr int kSteps = 20;
constexpr int kMostProducts = ShiftingCatalog::kMostProducts;
// Longer than that without any message something is lost.
constexpr std::chrono::seconds kPatience(60);
// Before all times of commands.
constexpr int64_t kBegin = 1'700'000'000;

}  // namespace

void WatchRunResult::Add(const WatchRunResult& other) {
  violations.insert(violations.end(), other.violations.begin(),
                    other.violations.end());
  messages += other.messages;
  resumptions += other.resumptions;
  resyncs += other.resyncs;
  cuts += other.cuts;
  kills += other.kills;
  kills_in_change += other.kills_in_change;
  kills_in_start += other.kills_in_start;
  cuts_finished += other.cuts_finished;
  found += other.found;
  under_way += other.under_way;
  sweeps += other.sweeps;
  shifts += other.shifts;
}

WatchRun::WatchRun(WatchWorld& world, const WatchRunOptions& options)
    : world_(world),
      options_(options),
      connection_(WatchWorld::ConnectionName(options.connection)),
      random_(options.seed),
      last_time_(kBegin),
      bell_(std::make_shared<Bell>()) {}

void WatchRun::Violate(const std::string& what) {
  result_.violations.push_back(
      absl::StrCat("seed ", options_.seed, ": ", what));
}

void WatchRun::Acknowledge(domain::Position position) {
  if (!world_.dead()) acknowledged_ = std::max(acknowledged_, position);
  ReadHistory();
}

WatchRunResult WatchRun::Go() {
  if (options_.sweeps) NewPoller();
  watchers_.resize(kWatchers);
  for (Watcher& watcher : watchers_) {
    *watcher.request.mutable_filter() = RandomFilter(random_);
    watcher.request.set_connection(connection_);
    if (OneIn(3)) watcher.request.set_delivery(v1::WATCH_DELIVERY_LATEST);
    if (OneIn(2)) Commit();
    Open(&watcher);
  }
  const uint64_t restart_at = options_.restarts ? Below(kSteps) : kSteps;
  std::multiset<uint64_t> kills;
  for (int i = 0; i < options_.kills; ++i) kills.insert(Below(kSteps));
  for (uint64_t step = 0; step < kSteps; ++step) {
    Step();
    if (step == restart_at) Restart();
    for (size_t i = kills.count(step); i > 0 && !over_; --i) Kill();
    if (over_) return std::move(result_);
  }
  for (Watcher& watcher : watchers_) watcher.stalled = false;
  if (catalog_ != nullptr) Converge();
  Settle();
  if (catalog_ != nullptr) CheckConverged();
  for (Watcher& watcher : watchers_) Close(&watcher);
  return std::move(result_);
}

void WatchRun::Step() {
  Watcher& watcher = watchers_[Below(watchers_.size())];
  switch (Below(10)) {
    case 0:
      watcher.stalled = !watcher.stalled;
      break;
    case 1:
      Reconnect(&watcher);
      break;
    case 2:
      CommitLocations();
      break;
    case 3:
      if (OneIn(2)) Cut();
      if (OneIn(2)) Reconnect(&watcher);
      break;
    case 4:
      Settle();
      break;
    case 5:
      for (int i = 0; i < 5; ++i) Commit();
      break;
    default:
      Commit();
  }
  Pump();
}

void WatchRun::Commit() {
  if (catalog_ != nullptr) return Poll();
  Execute(RandomStock(random_));
}

void WatchRun::CommitLocations() {
  if (catalog_ != nullptr) return Poll();
  Execute(RandomLocation(random_));
}

void WatchRun::Cut() {
  domain::TakeStockSnapshot take;
  for (int id = 0; id <= kMostProducts; ++id) {
    take.remote_ids.push_back(absl::StrCat(id));
  }
  const auto taken = Execute(std::move(take));
  if (!taken.has_value() || taken->position == 0) return;
  domain::CutStockHistory cut;
  cut.snapshot_position = taken->position;
  // Sometimes not everything.
  const domain::Position before = cut_;
  cut.through_position =
      std::max(before, taken->position - 1 - Below(10) % taken->position);
  const domain::Position through = cut.through_position;
  if (through <= before || !Execute(std::move(cut)).has_value()) return;
  std::vector<domain::Position> positions;
  for (const domain::EventRecordPtr& record : history_) {
    if (record->position() > before && record->position() <= through &&
        domain::MayBeCut(record->event())) {
      positions.push_back(record->position());
    }
  }
  ++result_.cuts;
  if (positions.empty()) return;
  const auto done = world_.storage().log().Cut(positions);
  if (!done.ok() && !world_.dead()) Violate(done.status().ToString());
}

void WatchRun::Restart() {
  for (Watcher& watcher : watchers_) Close(&watcher);
  poller_ = nullptr;
  world_.Restart();
  if (catalog_ != nullptr) NewPoller();
  for (Watcher& watcher : watchers_) Resume(&watcher);
}

void WatchRun::ReadHistory() {
  const domain::Position head = world_.storage().log().head();
  if (std::exchange(read_to_, head) == head) return;
  while (true) {
    const auto records = world_.storage().log().ReadStream(
        domain::StockStream(connection_), history_.size(), {});
    if (!records.ok()) return Violate(records.status().ToString());
    if (records->empty()) return;
    for (const domain::EventRecordPtr& record : *records) Learn(record);
  }
}

void WatchRun::Learn(const domain::EventRecordPtr& record) {
  history_.push_back(record);
  const events::v1::Event& event = record->event();
  if (event.has_event_cut()) Violate("an event is cut that nobody has seen");
  cut_ = std::max(cut_, event.stock_history_cut().through_position());
  Apply(event, &stock_);
  if (catalog_ != nullptr) CheckTrue(*record);
}

void WatchRun::Open(Watcher* watcher) {
  watcher->tokens.clear();
  watcher->request.set_start(OneIn(3) ? v1::WATCH_START_NOW
                                      : v1::WATCH_START_SNAPSHOT);
  watcher->checker = std::make_unique<WatchChecker>(
      history_, watcher->request, world_.storage().log().head(), std::nullopt);
  Resume(watcher);
}

void WatchRun::Resume(Watcher* watcher) {
  if (watcher->checker->resynced()) {
    ++result_.resyncs;
    return Open(watcher);
  }
  const auto& tokens = watcher->tokens;
  v1::WatchInventoryRequest request = watcher->request;
  const domain::Position head = world_.storage().log().head();
  std::optional<domain::Position> from;
  if (!tokens.empty()) {
    // Mostly the last one.
    auto token = std::max_element(tokens.begin(), tokens.end(),
                                  [](const auto& left, const auto& right) {
                                    return left.second < right.second;
                                  });
    if (OneIn(4)) token = std::next(tokens.begin(), Below(tokens.size()));
    from = token->second;
    request.set_resume_token(token->first);
    ++result_.resumptions;
    if (options_.token_error != 0 && *from > 0 && *from < head) {
      request.set_resume_token(
          MakeResumeToken(connection_, *from + options_.token_error));
    }
  }
  watcher->checker =
      std::make_unique<WatchChecker>(history_, request, head, from);
  watcher->peer =
      std::make_unique<FakeInventoryPeer>([bell = bell_] { bell->Ring(); });
  watcher->watch = InventoryWatch::Start(world_.feeds(), *watcher->peer,
                                         request, world_.slots().Take());
}

void WatchRun::Reconnect(Watcher* watcher) {
  Close(watcher);
  Resume(watcher);
}

void WatchRun::End(FakeInventoryPeer& peer, InventoryWatch& watch) {
  watch.OnCancelled();
  while (peer.Await() != nullptr) watch.OnWritten(false);
}

void WatchRun::Close(Watcher* watcher) {
  End(*watcher->peer, *watcher->watch);
  Judge(watcher);
  watcher->watch = nullptr;
}

bool WatchRun::PumpOne(Watcher* watcher) {
  if (watcher->stalled) return false;
  const EncodedMessage message = watcher->peer->Take();
  if (message == nullptr) return false;
  // What comes after the kill has not come.
  if (world_.dead()) {
    watcher->watch->OnWritten(false);
    return false;
  }
  ReadHistory();
  watcher->checker->set_cut(cut_);
  watcher->checker->Take(Decode(message));
  watcher->watch->OnWritten(true);
  return true;
}

bool WatchRun::Pump() {
  bool any = false;
  for (Watcher& watcher : watchers_) {
    while (PumpOne(&watcher)) any = true;
  }
  return any;
}

void WatchRun::Settle() {
  while (true) {
    const uint64_t rung = bell_->rung();
    if (Pump()) continue;
    const bool complete = std::all_of(
        watchers_.begin(), watchers_.end(), [](const Watcher& watcher) {
          return watcher.stalled || watcher.checker->Complete();
        });
    if (complete || world_.dead()) return;
    if (!bell_->Await(rung, kPatience)) {
      return Violate("something that was to come did not");
    }
  }
}

void WatchRun::Judge(Watcher* watcher) {
  result_.messages += watcher->checker->checked();
  const auto& tokens = watcher->checker->tokens();
  watcher->tokens.insert(tokens.begin(), tokens.end());
  for (const std::string& violation : watcher->checker->violations()) {
    Violate(absl::StrCat(violation, " [", watcher->request.ShortDebugString(),
                         "]"));
  }
}

}  // namespace qantara::server
