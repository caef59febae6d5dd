#include "server/retention/retention_worker.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/ports/failpoints.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/streams.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"
#include "server/logging/log.h"
#include "server/retention/stock_rows.h"

namespace qantara::server {
namespace {

using domain::Failpoint;

// Whether nothing can be done about it in this process.
bool IsForGood(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDataLoss(status);
}

}  // namespace

RetentionWorker::RetentionWorker(const RetentionContext& context)
    : context_(context),
      actor_(context.clock, [this] { return Step(); }),
      history_(context.limits) {}

RetentionWorker::~RetentionWorker() { actor_.Stop(); }

int64_t RetentionWorker::Step() {
  const int64_t now = context_.clock.BootMillis();
  if (stopped_ || context_.bus.closed()) return Actor::kNever;
  if (now < next_) return next_;
  next_ = now + context_.pace.between_steps;
  const absl::Status done = Work();
  if (!done.ok()) Abandon(done);
  return stopped_ ? Actor::kNever : next_;
}

absl::Status RetentionWorker::Work() {
  switch (stage_) {
    case Stage::kBegin:
      return Begin();
    case Stage::kFollow:
      return Follow();
    case Stage::kSnapshot:
      return TakePart();
    case Stage::kRecord:
      return Record();
    case Stage::kAwait:
      if (context_.tables.position() < needed_) return absl::OkStatus();
      return StartCut(cut_before_);
    case Stage::kCut:
      return Cut();
  }
  return absl::OkStatus();
}

// A cut that was recorded and not finished goes first: what it takes was given
// up.
absl::Status RetentionWorker::Begin() {
  QANTARA_ASSIGN_OR_RETURN(const auto row,
                           domain::FindRow<tables::v1::ConnectionRow>(
                               context_.tables, domain::Table::kConnections,
                               domain::TextKey(context_.connection)));
  through_ = row.has_value() ? row->stock_cut_position() : 0;
  if (followed_ == 0) {
    QANTARA_ASSIGN_OR_RETURN(
        followed_,
        StockRevisionAt(context_.log, context_.connection, through_));
  }
  QANTARA_ASSIGN_OR_RETURN(
      const bool finished,
      IsCutThrough(context_.log, context_.connection, through_));
  // Where the cut before it ended is not known: look through all.
  if (!finished) return StartCut(0);
  cut_before_ = through_;
  stage_ = Stage::kFollow;
  return absl::OkStatus();
}

absl::Status RetentionWorker::Follow() {
  QANTARA_ASSIGN_OR_RETURN(
      const auto events,
      context_.log.ReadStream(domain::StockStream(context_.connection),
                              followed_, domain::ReadLimit()));
  for (const domain::EventRecordPtr& event : events) history_.Add(*event);
  const int64_t now = context_.clock.BootMillis();
  if (events.empty()) {
    next_ = now + context_.pace.between_looks;
  } else {
    followed_ = events.back()->revision();
  }
  // Also while changes come faster than they are read: what is old among those
  // that were read is old in any case.
  if (!events.empty() && now < next_look_) return absl::OkStatus();
  next_look_ = now + context_.pace.between_looks;
  return Look();
}

absl::Status RetentionWorker::Look() {
  const RetentionPace& pace = context_.pace;
  if (context_.clock.BootMillis() < next_cut_) return absl::OkStatus();
  const StockHistory::Old old = history_.OldAt(context_.clock.Now());
  if (old.events < pace.least_events && old.bytes < pace.least_bytes) {
    return absl::OkStatus();
  }
  // Every row that an old change made must be in the table of now.
  if (context_.tables.position() < old.through) return absl::OkStatus();
  QANTARA_ASSIGN_OR_RETURN(
      const uint64_t cost,
      StockRowBytes(context_.tables, context_.connection, old.bytes));
  if (cost > old.bytes) {
    Rest();
    return absl::OkStatus();
  }
  through_ = old.through;
  last_id_.clear();
  ids_.clear();
  snapshot_position_ = 0;
  next_ = 0;
  stage_ = Stage::kSnapshot;
  return absl::OkStatus();
}

absl::Status RetentionWorker::TakePart() {
  if (ids_.empty()) {
    QANTARA_ASSIGN_OR_RETURN(
        ids_, StockIdsAfter(context_.tables, context_.connection, last_id_,
                            context_.pace.snapshot_rows));
    if (ids_.empty()) {
      stage_ = Stage::kRecord;
      return absl::OkStatus();
    }
    last_id_ = ids_.back();
  }
  domain::Reach(Failpoint::kSnapshotTake);
  const auto executed = context_.bus.Execute(
      domain::TakeStockSnapshot{context_.connection, ids_});
  domain::Reach(Failpoint::kSnapshotTaken);
  QANTARA_RETURN_IF_ERROR(executed.status());
  if (snapshot_position_ == 0) snapshot_position_ = executed->reply.position;
  ids_.erase(ids_.begin(),
             ids_.begin() + static_cast<ptrdiff_t>(executed->reply.taken));
  return absl::OkStatus();
}

absl::Status RetentionWorker::Record() {
  domain::Reach(Failpoint::kHistoryCutRecord);
  const auto executed = context_.bus.Execute(domain::CutStockHistory{
      context_.connection, through_, snapshot_position_});
  domain::Reach(Failpoint::kHistoryCutRecorded);
  QANTARA_RETURN_IF_ERROR(executed.status());
  needed_ = executed->position;
  stage_ = Stage::kAwait;
  return absl::OkStatus();
}

absl::Status RetentionWorker::StartCut(domain::Position after) {
  QANTARA_ASSIGN_OR_RETURN(
      old_,
      OldEvents::Between(context_.log, context_.connection, after, through_));
  result_ = {};
  stage_ = Stage::kCut;
  return absl::OkStatus();
}

absl::Status RetentionWorker::Cut() {
  QANTARA_ASSIGN_OR_RETURN(const auto positions, old_->Next());
  QANTARA_ASSIGN_OR_RETURN(const domain::CutResult cut,
                           context_.cutter.Cut(positions));
  context_.metrics.CountCut(context_.connection, cut);
  result_.cut += cut.cut;
  result_.kept += cut.kept;
  result_.bytes_before += cut.bytes_before;
  result_.bytes_after += cut.bytes_after;
  if (!old_->done()) return absl::OkStatus();
  // Without the condition a log that was begun by a release that could not cut
  // would tell of a cut at every start: see IsCutThrough.
  if (result_.cut > 0) {
    LogInfo("stock_history_cut",
            {{"connection", context_.connection},
             {"through_position", absl::StrCat(through_)},
             {"events", absl::StrCat(result_.cut)},
             {"kept_events", absl::StrCat(result_.kept)},
             {"bytes_before", absl::StrCat(result_.bytes_before)},
             {"bytes_after", absl::StrCat(result_.bytes_after)}});
  }
  old_.reset();
  cut_before_ = through_;
  history_.Forget(through_);
  Rest();
  stage_ = Stage::kFollow;
  return absl::OkStatus();
}

void RetentionWorker::Abandon(const absl::Status& why) {
  LogWarning("stock_history_not_cut", {{"connection", context_.connection},
                                       {"error", std::string(why.message())}});
  stopped_ = IsForGood(why) || !context_.log.writable().ok();
  // What was recorded is found again; a snapshot without cut does not matter.
  stage_ = Stage::kBegin;
  Rest();
  next_ = next_cut_;
}

void RetentionWorker::Rest() {
  next_cut_ = context_.clock.BootMillis() + context_.pace.between_cuts;
}

}  // namespace qantara::server
