#include "server/poller/catalog_sweeper.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/find_product.h"
#include "domain/ports/failpoints.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"
#include "server/poller/wall_time.h"

namespace qantara::server {
namespace {

using domain::Table;

// A hot product is read again after a quarter of the interval, but not before
// this time.
constexpr absl::Duration kShortestHotPause = absl::Seconds(5);
// Requests for hot products spend half of the budget at most.
constexpr double kHotMillis = 2 * 60'000;
constexpr double kJitter = 0.1;
// The ages of the figures are told once in this time at most.
constexpr int64_t kAgesMillis = 1000;

int64_t HotPause(const SweeperContext& context) {
  const absl::Duration wanted = context.interval.value_or(absl::Hours(1)) / 4;
  return absl::ToInt64Milliseconds(std::max(wanted, kShortestHotPause));
}

}  // namespace

CatalogSweeper::CatalogSweeper(SweeperContext context)
    : context_(std::move(context)),
      actor_(context_.clock, [this] { return Step(); }),
      reads_({context_.gate, context_.gateway, context_.tables, context_.clock},
             actor_),
      hot_(times_, HotPause(context_)),
      recorder_({context_.connection, context_.bus, context_.tables,
                 context_.clock, times_,
                 [this](const std::vector<std::string>& moved) {
                   for (const std::string& id : moved) {
                     hot_.Add(id, context_.clock.BootMillis());
                   }
                 }}),
      refresh_({context_.connection, context_.tables, context_.clock,
                context_.status, times_, reads_, recorder_, hot_,
                [this] { actor_.Wake(); },
                [this](const std::string& id) { OnGone(id); }}),
      spot_checks_({context_.clock, reads_, recorder_,
                    absl::ToInt64Milliseconds(context_.read_lag),
                    [this](const ListDisagreement& disagreement) {
                      OnDisagreement(disagreement);
                    },
                    [this](const std::string&) {
                      if (spot_checks_.doubted().empty())
                        context_.status.SetDoubt("");
                    },
                    [this](const std::string& id) { OnGone(id); }}),
      poll_reads_({context_.clock, reads_, recorder_, hot_,
                   spot_checks_.doubted(),
                   static_cast<int64_t>(kHotMillis /
                                        context_.gate.requests_per_minute()),
                   [this](const v1::RemoteProduct& record) { OnFound(record); },
                   [this](const std::string& id) { OnGone(id); }}),
      locations_(context_.clock, reads_, recorder_),
      random_(static_cast<uint32_t>(context_.clock.BootMillis())) {}

CatalogSweeper::~CatalogSweeper() { Stop(); }

void CatalogSweeper::Start() {
  refresh_.Open();
  actor_.Start();
}

void CatalogSweeper::Stop() {
  actor_.Stop();
  refresh_.Close();
}

void CatalogSweeper::Request() {
  if (!requested_.exchange(true)) actor_.Wake();
}

int64_t CatalogSweeper::Step() {
  // What is read could not be recorded.
  if (context_.bus.closed()) {
    refresh_.Close();
    return Actor::kNever;
  }
  if (sweep_ != nullptr && sweep_->step() != CatalogWalk::Step::kOn) End();
  const int64_t now = context_.clock.BootMillis();
  // What somebody waits for goes first.
  int64_t next = refresh_.Step();
  BeginIfDue(now);
  if (sweep_ != nullptr) {
    // Somebody waits for this sweep now: it is not polling any more.
    if (requested_.load()) lane_ = domain::Lane::kBulk;
    next = std::min(next, sweep_->Step(lane_));
  } else if (context_.interval.has_value()) {
    next = std::min(next, *next_begin_);
  }
  next = std::min(next, locations_.Step());
  next = std::min(next, spot_checks_.Step());
  const bool hot = context_.interval.has_value() && sweep_ == nullptr;
  next = std::min(next, poll_reads_.Step(hot));
  return std::min(next, PublishAges(now));
}

int64_t CatalogSweeper::JitteredInterval() {
  const double factor =
      std::uniform_real_distribution<double>(1 - kJitter, 1 + kJitter)(random_);
  return absl::ToInt64Milliseconds(*context_.interval * factor);
}

void CatalogSweeper::BeginIfDue(int64_t now) {
  if (sweep_ != nullptr) return;
  if (!next_begin_.has_value()) next_begin_ = FirstBegin(now);
  const bool due = context_.interval.has_value() && now >= *next_begin_;
  const bool requested = requested_.exchange(false);
  if (!due && !requested) return;
  if (context_.interval.has_value()) next_begin_ = now + JitteredInterval();
  lane_ = requested ? domain::Lane::kBulk : domain::Lane::kPoll;
  sweep_ = std::make_unique<CatalogSweep>(
      CatalogSweep::Parts{context_.connection, context_.tables, reads_,
                          recorder_, context_.index},
      CatalogSweep::Begin{now, context_.clock.Now(),
                          context_.tables.position()},
      RecordSample(random_(), spot_checks_.doubted()));
  context_.index.BeginSweep(now);
}

int64_t CatalogSweeper::FirstBegin(int64_t now) const {
  const auto row = domain::FindRow<tables::v1::ConnectionRow>(
      context_.tables, Table::kConnections,
      domain::TextKey(context_.connection));
  const bool swept = row.ok() && row->has_value() && (*row)->swept();
  if (!swept || !context_.interval.has_value()) return now;
  return now + absl::ToInt64Milliseconds(*context_.interval) / 2;
}

absl::StatusOr<bool> CatalogSweeper::TakeAbsent() {
  const std::string prefix = domain::TextKey(context_.connection);
  const bool is_empty = sweep_->walk().records() == 0;
  bool known = false;
  QANTARA_RETURN_IF_ERROR(context_.tables.Snapshot()->Scan(
      Table::kStock, prefix, domain::PrefixEnd(prefix),
      [&](absl::string_view key, absl::string_view value) {
        const std::string id = domain::SecondText(key);
        if (sweep_->walk().Contains(id)) return true;
        tables::v1::StockRow row;
        row.ParseFromArray(value.data(), static_cast<int>(value.size()));
        if (row.state() == v1::STOCK_STATE_PRODUCT_GONE) return true;
        known = true;
        if (is_empty) return false;
        context_.index.AddUnseen(id, row.sku());
        // Where too many wait, the next sweep misses it again.
        poll_reads_.AddAbsent(id);
        return true;
      }));
  return !is_empty || !known;
}

void CatalogSweeper::End() {
  const bool read = sweep_->step() == CatalogWalk::Step::kComplete;
  const absl::StatusOr<bool> complete =
      read ? TakeAbsent() : absl::StatusOr<bool>(false);
  if (complete.value_or(false)) {
    EndComplete();
  } else {
    context_.index.AbandonSweep();
  }
  locations_.OnSwept(sweep_->named_locations());
  sweep_.reset();
  context_.ended();
}

void CatalogSweeper::EndComplete() {
  // Told only where every record of the sweep was recorded.
  const int64_t took =
      context_.clock.BootMillis() - sweep_->begin().boot_millis;
  const domain::RecordSweep command{
      context_.connection, context_.index.CompleteSweep(took),
      sweep_->walk().counted(), sweep_->begin().position};
  domain::Reach(domain::Failpoint::kSweepRecord);
  if (sweep_->recorded()) {
    context_.bus.Execute(command).status().IgnoreError();
  }
  domain::Reach(domain::Failpoint::kSweepRecorded);
  const int64_t began = sweep_->begin().boot_millis;
  if (last_complete_.has_value()) {
    context_.status.SetPollInterval(
        absl::Milliseconds(began - *last_complete_));
  }
  last_complete_ = began;
  context_.status.SetLastSweep(sweep_->begin().time);
  times_.Complete();
  spot_checks_.Add(sweep_->sample().Take());
}

void CatalogSweeper::OnDisagreement(const ListDisagreement& disagreement) {
  context_.status.CountDisagreement();
  context_.status.SetDoubt(
      absl::StrCat("the provider's list shows product ", disagreement.remote_id,
                   " otherwise than its record: ",
                   absl::StrJoin(disagreement.fields, ", ")));
  if (context_.disagreed) context_.disagreed(disagreement);
}

void CatalogSweeper::OnGone(const std::string& remote_id) {
  spot_checks_.Forget(remote_id);
  const auto row = domain::FindRow<tables::v1::StockRow>(
      context_.tables, Table::kStock,
      domain::TextKey(context_.connection, remote_id));
  if (row.ok() && row->has_value()) {
    context_.index.Remove(remote_id, (*row)->sku());
  }
}

void CatalogSweeper::OnFound(const v1::RemoteProduct& record) {
  const int64_t shown_from = context_.clock.BootMillis() +
                             absl::ToInt64Milliseconds(context_.read_lag);
  const bool mapped = domain::IsMappedRemoteId(
      context_.tables, context_.connection, record.id());
  context_.index.Add(record, /*keep_record=*/!mapped, shown_from);
}

int64_t CatalogSweeper::PublishAges(int64_t now) {
  if (now < next_ages_) return next_ages_;
  const auto spread = times_.spread();
  if (!spread.has_value()) return Actor::kNever;
  next_ages_ = now + kAgesMillis;
  const absl::Time start = WallTime(context_.clock, 0);
  context_.status.SetStockReads({start + absl::Milliseconds(spread->half),
                                 start + absl::Milliseconds(spread->most)});
  return Actor::kNever;
}

}  // namespace qantara::server
