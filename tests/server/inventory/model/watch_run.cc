#include "tests/server/inventory/model/watch_run.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "domain/ports/history_cutter.h"
#include "domain/streams.h"
#include "server/core/resume_token.h"

namespace qantara::server {
namespace {

constexpr int kWatchers = 3;
constexpr int kSteps = 20;
constexpr int kProducts = 6;
// Longer than that without any message something is lost.
constexpr std::chrono::seconds kPatience(20);

}  // namespace

WatchRun::WatchRun(WatchWorld& world, const WatchRunOptions& options)
    : world_(world),
      options_(options),
      connection_(WatchWorld::ConnectionName(options.connection)),
      random_(options.seed) {}

template <typename Command>
auto WatchRun::Execute(Command command) {
  command.connection = connection_;
  auto executed = world_.bus().Execute(std::move(command));
  EXPECT_TRUE(executed.ok()) << executed.status();
  ReadHistory();
  return std::move(executed)->reply;
}

WatchRunResult WatchRun::Go() {
  watchers_.resize(kWatchers);
  for (Watcher& watcher : watchers_) {
    *watcher.request.mutable_filter() = RandomFilter();
    watcher.request.set_connection(connection_);
    if (OneIn(3)) watcher.request.set_delivery(v1::WATCH_DELIVERY_LATEST);
    if (OneIn(2)) Commit();
    Open(&watcher);
  }
  const int restart_at =
      options_.restarts ? static_cast<int>(Below(kSteps)) : kSteps;
  for (int step = 0; step < kSteps; ++step) {
    Step();
    if (step == restart_at) Restart();
  }
  for (Watcher& watcher : watchers_) watcher.stalled = false;
  Settle();
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
      Close(&watcher);
      Resume(&watcher);
      break;
    case 2:
      CommitLocations();
      break;
    case 3:
      if (OneIn(2)) Cut();
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

v1::RemoteProduct WatchRun::RandomProduct() {
  v1::RemoteProduct product;
  const uint64_t id = 1 + Below(kProducts);
  product.set_id(absl::StrCat(id));
  // Sometimes it is called otherwise.
  product.set_sku(absl::StrCat("S", OneIn(6) ? 1 + Below(kProducts) : id));
  product.set_category_id(absl::StrCat(OneIn(6) ? Below(2) : id % 2));
  product.set_track_quantity(!OneIn(8));
  product.set_stock_told(true);
  for (const char* location : {"m", "n"}) {
    if (OneIn(5)) continue;
    v1::LocationStock& stock = *product.add_stock();
    stock.set_location_id(location);
    stock.set_quantity(absl::StrCat(static_cast<int>(Below(9)) - 2));
  }
  return product;
}

v1::InventoryFilter WatchRun::RandomFilter() {
  v1::InventoryFilter filter;
  switch (Below(8)) {
    case 0:
      filter.add_skus("S1");
      filter.add_skus("S2");
      break;
    case 1:
      filter.add_category_ids("1");
      break;
    case 2:
      filter.set_below_quantity("2");
      break;
    case 3:
      filter.add_location_ids("m");
      break;
    case 4:
      filter.add_remote_ids("1");
      filter.add_remote_ids("3");
      filter.set_below_quantity("4.0");
      break;
    default:
      break;
  }
  return filter;
}

void WatchRun::Commit() {
  domain::RecordStock command;
  command.observe_time = absl::Now();
  for (uint64_t i = 1 + Below(4); i > 0; --i) {
    command.products.push_back(RandomProduct());
  }
  if (OneIn(10)) command.gone_ids.push_back(absl::StrCat(Below(kProducts)));
  Execute(std::move(command));
}

void WatchRun::CommitLocations() {
  domain::RecordLocations command;
  command.observe_time = absl::Now();
  domain::RemoteLocation& location = command.locations.emplace_back();
  location.id = OneIn(2) ? "m" : "n";
  location.name_en = absl::StrCat("N", Below(3));
  Execute(std::move(command));
}

void WatchRun::Cut() {
  domain::TakeStockSnapshot take;
  for (int id = 0; id <= kProducts; ++id) {
    take.remote_ids.push_back(absl::StrCat(id));
  }
  const domain::Position snapshot = Execute(std::move(take)).position;
  if (snapshot == 0) return;
  domain::CutStockHistory cut;
  cut.snapshot_position = snapshot;
  // Sometimes not everything.
  cut.through_position = std::max(cut_, snapshot - 1 - Below(10) % snapshot);
  const domain::Position through = cut.through_position;
  if (through <= cut_) return;
  Execute(std::move(cut));
  std::vector<domain::Position> positions;
  for (const domain::EventRecordPtr& record : history_) {
    if (record->position() > cut_ && record->position() <= through &&
        domain::MayBeCut(record->event())) {
      positions.push_back(record->position());
    }
  }
  cut_ = through;
  ++result_.cuts;
  if (positions.empty()) return;
  const auto done = world_.storage().log().Cut(positions);
  EXPECT_TRUE(done.ok()) << done.status();
}

void WatchRun::Restart() {
  for (Watcher& watcher : watchers_) Close(&watcher);
  world_.Restart();
  for (Watcher& watcher : watchers_) Resume(&watcher);
}

void WatchRun::ReadHistory() {
  const auto records = world_.storage().log().ReadStream(
      domain::StockStream(connection_), history_.size(), {});
  ASSERT_TRUE(records.ok()) << records.status();
  history_.insert(history_.end(), records->begin(), records->end());
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
  watcher->peer = std::make_unique<FakeInventoryPeer>([this] {
    const std::lock_guard lock(mutex_);
    ++calls_;
    changed_.notify_all();
  });
  watcher->watch = InventoryWatch::Start(world_.feeds(), *watcher->peer,
                                         request, world_.slots().Take());
}

void WatchRun::Close(Watcher* watcher) {
  watcher->watch->OnCancelled();
  while (watcher->peer->Await() != nullptr) watcher->watch->OnWritten(false);
  Judge(watcher);
  watcher->watch = nullptr;
}

bool WatchRun::PumpOne(Watcher* watcher) {
  if (watcher->stalled) return false;
  const EncodedMessage message = watcher->peer->Take();
  if (message == nullptr) return false;
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
    uint64_t calls = 0;
    {
      const std::lock_guard lock(mutex_);
      calls = calls_;
    }
    if (Pump()) continue;
    const bool complete = std::all_of(
        watchers_.begin(), watchers_.end(), [](const Watcher& watcher) {
          return watcher.stalled || watcher.checker->Complete();
        });
    if (complete) return;
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, kPatience, [&] { return calls_ != calls; })) {
      result_.violations.push_back(absl::StrCat(
          "seed ", options_.seed, ": something that was to come did not"));
      return;
    }
  }
}

void WatchRun::Judge(Watcher* watcher) {
  result_.messages += watcher->checker->checked();
  const auto& tokens = watcher->checker->tokens();
  watcher->tokens.insert(tokens.begin(), tokens.end());
  for (const std::string& violation : watcher->checker->violations()) {
    result_.violations.push_back(
        absl::StrCat("seed ", options_.seed, ": ", violation, " [",
                     watcher->request.ShortDebugString(), "]"));
  }
}

}  // namespace qantara::server
