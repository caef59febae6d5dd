#include "server/poller/catalog_sweeper.h"

#include <utility>

#include "domain/find_product.h"
#include "domain/ports/failpoints.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::server {
namespace {

using domain::PageAnswer;

}  // namespace

CatalogSweeper::CatalogSweeper(SweeperContext context)
    : context_(std::move(context)),
      actor_(context_.clock, [this] { return Step(); }) {}

CatalogSweeper::~CatalogSweeper() { actor_.Stop(); }

void CatalogSweeper::Request() {
  if (!requested_.exchange(true)) actor_.Wake();
}

int64_t CatalogSweeper::Step() {
  const int64_t now = context_.clock.BootMillis();
  // What is read could not be recorded.
  if (context_.bus.closed()) return Actor::kNever;
  if (sweep_.has_value()) return ReadPage();
  if (!next_begin_.has_value()) next_begin_ = FirstBegin(now);
  const bool due = context_.interval.has_value() && now >= *next_begin_;
  const bool requested = requested_.exchange(false);
  if (!due && !requested) {
    return context_.interval.has_value() ? *next_begin_ : Actor::kNever;
  }
  if (context_.interval.has_value()) {
    next_begin_ = now + absl::ToInt64Milliseconds(*context_.interval);
  }
  sweep_ = Sweep();
  sweep_->lane = requested ? domain::Lane::kBulk : domain::Lane::kPoll;
  sweep_->began = now;
  sweep_->began_time = context_.clock.Now();
  sweep_->began_position = context_.tables.position();
  take_failed_ = false;
  context_.index.BeginSweep(now);
  return ReadPage();
}

int64_t CatalogSweeper::FirstBegin(int64_t now) const {
  const auto row = domain::FindRow<tables::v1::ConnectionRow>(
      context_.tables, domain::Table::kConnections,
      domain::TextKey(context_.connection));
  const bool swept = row.ok() && row->has_value() && (*row)->swept();
  if (!swept || !context_.interval.has_value()) return now;
  return now + absl::ToInt64Milliseconds(*context_.interval) / 2;
}

int64_t CatalogSweeper::ReadPage() {
  if (sweep_->waiting) return Actor::kNever;
  // Somebody waits for this sweep now: it is not polling any more.
  if (requested_.load()) sweep_->lane = domain::Lane::kBulk;
  const auto grant = context_.gate.TryEnter(sweep_->lane);
  if (!grant.granted) return grant.retry_at;
  sweep_->waiting = true;
  context_.gateway.List(sweep_->walk.Query(), [this](PageAnswer answer) {
    context_.gate.Leave("list", answer.report);
    actor_.Post([this, answer = std::move(answer)] { OnPage(answer); });
  });
  return Actor::kNever;
}

void CatalogSweeper::TakeRecords(
    const std::vector<const v1::RemoteProduct*>& records) {
  domain::RecordStock command;
  command.connection = context_.connection;
  command.observe_time = context_.clock.Now();
  for (const v1::RemoteProduct* record : records) {
    context_.index.AddSwept(
        *record, !domain::IsMappedRemoteId(context_.tables, context_.connection,
                                           record->id()));
    command.products.push_back(*record);
  }
  domain::Reach(domain::Failpoint::kSweepRecord);
  // Figures that cannot be recorded now are read again by the next sweep.
  if (!records.empty() && !context_.bus.Execute(std::move(command)).ok()) {
    take_failed_ = true;
  }
  domain::Reach(domain::Failpoint::kSweepRecorded);
}

void CatalogSweeper::OnPage(const PageAnswer& answer) {
  if (!sweep_.has_value()) return;
  sweep_->waiting = false;
  std::vector<const v1::RemoteProduct*> fresh;
  const CatalogWalk::Step step = sweep_->walk.Take(answer, &fresh);
  if (sweep_->walk.total().has_value()) {
    context_.index.set_total(*sweep_->walk.total());
  }
  if (answer.report.effect == domain::Effect::kConfirmed) TakeRecords(fresh);
  if (step != CatalogWalk::Step::kOn) End(step == CatalogWalk::Step::kComplete);
}

void CatalogSweeper::End(bool complete) {
  if (complete) {
    // Every record of the sweep stands in the table of stock by now.
    const domain::RecordSweep command{
        context_.connection, context_.index.CompleteSweep(),
        sweep_->walk.records(), sweep_->began_position};
    domain::Reach(domain::Failpoint::kSweepRecord);
    if (!take_failed_) context_.bus.Execute(command).status().IgnoreError();
    domain::Reach(domain::Failpoint::kSweepRecorded);
    context_.status.SetLastSweep(sweep_->began_time);
  } else {
    context_.index.AbandonSweep();
  }
  sweep_.reset();
  context_.ended();
}

}  // namespace qantara::server
