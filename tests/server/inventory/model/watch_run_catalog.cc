// The part of a run that reads a catalog.
#include <iterator>

#include "absl/strings/str_cat.h"
#include "tests/server/inventory/model/watch_run.h"

namespace qantara::server {
namespace {

// Sweeps that see the catalog as it is at the end, and steps for single
// records behind them.
constexpr int kLastSweeps = 2;
constexpr int kLastSteps = 40;
// Longer than that no sweep takes.
constexpr int kMostSteps = 2000;

void DropGone(TrueStock* stock) {
  for (auto it = stock->begin(); it != stock->end();) {
    const bool gone = it->second.state == v1::STOCK_STATE_PRODUCT_GONE;
    it = gone ? stock->erase(it) : std::next(it);
  }
}

}  // namespace

void WatchRun::NewPoller() {
  if (catalog_ == nullptr) {
    ShiftingCatalog::Options options;
    options.tells_counts = !OneIn(4);
    options.missing_is_zero = options_.missing_is_zero;
    catalog_ = std::make_unique<ShiftingCatalog>(options, random_);
  }
  poller_ = std::make_unique<CatalogPoller>(CatalogPoller::Parts{
      connection_, world_.bus(), world_.tables(), *catalog_, clock_, random_});
}

void WatchRun::Poll() {
  for (uint64_t i = 1 + Below(6); i > 0 && !world_.dead(); --i) {
    // Mostly while pages are read.
    if (catalog_->waiting() > 0 ? !OneIn(4) : OneIn(6)) catalog_->Change();
    if (OneIn(20)) {
      poller_->Refresh(absl::StrCat(1 + Below(ShiftingCatalog::kMostProducts)));
    }
    PollOnce();
  }
}

void WatchRun::PollOnce() {
  const int before = poller_->sweeps();
  poller_->Step();
  ReadHistory();
  if (poller_->sweeps() == before) return;
  ++result_.sweeps;
  if (options_.believes_absence) BelieveAbsence();
}

void WatchRun::BelieveAbsence() {
  domain::RecordStock command;
  for (const auto& [id, product] : stock_) {
    if (catalog_->shown().count(id) == 0) command.gone_ids.push_back(id);
  }
  Execute(std::move(command));
}

void WatchRun::Converge() {
  const int enough = poller_->sweeps() + kLastSweeps;
  for (int i = 0; i < kMostSteps && poller_->sweeps() < enough; ++i) PollOnce();
  if (poller_->sweeps() < enough) Violate("a sweep does not end");
  for (int i = 0; i < kLastSteps; ++i) PollOnce();
  result_.shifts += catalog_->shifts();
}

void WatchRun::CheckConverged() {
  const TrueStock present = catalog_->Present();
  for (const Watcher& watcher : watchers_) {
    if (watcher.checker->resynced()) continue;
    TrueStock told = watcher.checker->stock();
    DropGone(&told);
    if (ViewOf(told, watcher.request.filter()) !=
        ViewOf(present, watcher.request.filter())) {
      Violate("what was told is not what is in the catalog at the end");
    }
  }
  TrueStock known = stock_;
  DropGone(&known);
  if (ViewOf(known, {}) != ViewOf(present, {})) {
    Violate("what was read is not what is in the catalog at the end");
  }
}

void WatchRun::CheckTrue(const events::v1::EventRecord& record) {
  for (const auto& product : record.event().stock_observed().products()) {
    const std::string& id = product.remote_id();
    if (catalog_->WasEver(id, stock_.at(id))) continue;
    Violate(absl::StrCat("it was never so in the catalog: ",
                         product.ShortDebugString()));
  }
}

}  // namespace qantara::server
