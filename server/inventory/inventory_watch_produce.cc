// The half of InventoryWatch that makes messages.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "domain/error.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "domain/timestamps.h"
#include "qantara/tables/v1/rows.pb.h"
#include "server/core/resume_token.h"
#include "server/inventory/commit_encoder.h"
#include "server/inventory/inventory_watch.h"
#include "server/inventory/stock_news.h"
#include "server/inventory/watch_interest.h"

namespace qantara::server {
namespace {

using domain::Table;

// Position up to which history may be gone; 0: it is complete.
absl::StatusOr<domain::Position> CutOf(const domain::TableReader& tables,
                                       const std::string& connection) {
  QANTARA_ASSIGN_OR_RETURN(
      const auto row,
      domain::FindRow<tables::v1::ConnectionRow>(tables, Table::kConnections,
                                                 domain::TextKey(connection)));
  return row.has_value() ? row->stock_cut_position() : 0;
}

// Whether the feed counts such an event.
bool IsNews(const events::v1::Event& event) {
  return event.has_stock_observed() || event.has_locations_observed() ||
         event.has_stock_history_cut();
}

size_t BytesOf(const std::vector<EncodedMessage>& queue) {
  size_t bytes = 0;
  for (const EncodedMessage& message : queue) bytes += message->size();
  return bytes;
}

}  // namespace

absl::Status InventoryWatch::Produce(Queue* out) {
  if (!std::exchange(begun_, true)) {
    QANTARA_RETURN_IF_ERROR(Begin(out));
    if (over_) return absl::OkStatus();
  }
  KeepInterest();
  if (rows_ != nullptr) return ProduceRows(out);
  QANTARA_RETURN_IF_ERROR(ProduceChanges(out));
  if (!out->empty() || again_) return absl::OkStatus();
  const std::lock_guard lock(mutex_);
  if (BeatIsDue()) AddHeartbeat(out);
  return absl::OkStatus();
}

absl::Status InventoryWatch::Begin(Queue* out) {
  const std::string& connection = wishes_.connection->id();
  const std::unique_ptr<v1::InventoryFilter> named = std::move(named_);
  const bool snapshot = !wishes_.begin_after.has_value();
  if (!snapshot && !wishes_.resumes && named == nullptr) {
    position_ = *wishes_.begin_after;
    return absl::OkStatus();
  }
  QANTARA_ASSIGN_OR_RETURN(auto tables, core_.tables.Get());
  if (named != nullptr) {
    QANTARA_ASSIGN_OR_RETURN(interest_,
                             NamedRecords(*tables, connection, *named));
  }
  if (!snapshot) {
    position_ = *wishes_.begin_after;
    QANTARA_ASSIGN_OR_RETURN(const domain::Position cut,
                             CutOf(*tables, connection));
    return wishes_.resumes && position_ < cut ? AddResync(cut, out)
                                              : absl::OkStatus();
  }
  rows_ = std::make_unique<SnapshotRows>(std::move(tables), connection);
  position_ = rows_->position();
  rows_until_ =
      core_.clock.BootMillis() + absl::ToInt64Milliseconds(kMaxSnapshotTime);
  return absl::OkStatus();
}

absl::Status InventoryWatch::ProduceRows(Queue* out) {
  if (core_.clock.BootMillis() > rows_until_) {
    return domain::MakeError(absl::StatusCode::kResourceExhausted,
                             v1::ERROR_REASON_OVERLOADED,
                             "the client reads the snapshot too slowly");
  }
  Response response;
  QANTARA_ASSIGN_OR_RETURN(
      const bool more, rows_->Next(wishes_.filter, response.mutable_rows()));
  if (wishes_.floor_at_zero) {
    for (v1::StockLevel& level : *response.mutable_rows()->mutable_levels()) {
      FloorAtZero(&level);
    }
  }
  if (response.rows().levels_size() > 0) {
    Add(std::move(response), /*with_token=*/false, out);
  }
  again_ = true;
  if (more) return absl::OkStatus();
  rows_ = nullptr;
  AddCaughtUp(out);
  return absl::OkStatus();
}

absl::Status InventoryWatch::ProduceChanges(Queue* out) {
  const domain::Position through = feed_->through();
  const EncodedCommits::Found found = feed_->After(position_);
  AddFellBehind(found, out);
  in_sync_ = !found.missing;
  if (found.missing) return ReadLog(out);
  stream_.reset();
  if (!wishes_.full_feed()) TakeCommits(found, through, out);
  return absl::OkStatus();
}

absl::Status InventoryWatch::ReadLog(Queue* out) {
  again_ = true;
  if (!stream_.has_value()) {
    QANTARA_ASSIGN_OR_RETURN(
        stream_,
        StockStream::After(core_.log, wishes_.connection->id(), position_));
  }
  const domain::Position head = core_.log.head();
  QANTARA_ASSIGN_OR_RETURN(const auto records, stream_->Next());
  if (records.empty()) {
    position_ = std::max(position_, head);
    stream_.reset();
  }
  for (const domain::EventRecordPtr& record : records) {
    if (record->event().has_event_cut()) {
      return AddResync(record->position(), out);
    }
    AddEvent(*record, out);
    position_ = record->position();
    if (IsNews(record->event())) ++ordinal_;
    if (latest_ != nullptr && latest_->full()) {
      // Read again from here.
      stream_.reset();
      AddLatest(out);
      break;
    }
  }
  return absl::OkStatus();
}

void InventoryWatch::TakeCommits(EncodedCommits::Found found,
                                 domain::Position through, Queue* out) {
  for (int taken = 0; taken < kMaxBatchEvents && found.commit != nullptr;
       ++taken) {
    AddEvent(found.commit->record(), out);
    position_ = found.commit->position();
    ordinal_ = found.commit->ordinal();
    found = feed_->After(position_);
    if (latest_ != nullptr ? latest_->full() : BytesOf(*out) > kMaxBatchBytes) {
      break;
    }
  }
  const bool end = !found.missing && found.commit == nullptr;
  if (latest_ != nullptr && (end || latest_->full())) AddLatest(out);
  if (end) {
    InSync(found, through, out);
  } else {
    again_ = true;
  }
}

void InventoryWatch::AddEvent(const events::v1::EventRecord& record,
                              Queue* out) {
  if (wishes_.full_feed()) {
    for (EncodedMessage& message :
         EncodeCommit(record, wishes_.connection->id())) {
      out->push_back(std::move(message));
    }
    return;
  }
  v1::InventoryChanges all;
  AddNews(record.event(), wishes_.filter, all.mutable_changes());
  if (wishes_.floor_at_zero) {
    for (auto& change : *all.mutable_changes()) FloorAtZero(&change);
  }
  if (latest_ != nullptr) {
    for (auto& change : *all.mutable_changes()) latest_->Add(std::move(change));
    return;
  }
  position_ = record.position();
  AddChanges(all.mutable_changes(), out);
}

void InventoryWatch::AddLatest(Queue* out) {
  std::vector<v1::InventoryChange> changes = latest_->Take();
  AddChanges(&changes, out);
}

template <typename Changes>
void InventoryWatch::AddChanges(Changes* changes, Queue* out) {
  auto next = changes->begin();
  while (next != changes->end()) {
    Response response;
    v1::InventoryChanges& part = *response.mutable_changes();
    part.set_position(position_);
    while (next != changes->end() && part.changes_size() < kMaxChanges) {
      *part.add_changes() = std::move(*next++);
    }
    part.set_more(next != changes->end());
    // Only behind the last one is a place to go on from.
    const bool last = !part.more();
    Add(std::move(response), last, out);
  }
}

absl::Status InventoryWatch::AddResync(domain::Position cut, Queue* out) {
  QANTARA_ASSIGN_OR_RETURN(const auto tables, core_.tables.Get());
  QANTARA_ASSIGN_OR_RETURN(const domain::Position known,
                           CutOf(*tables, wishes_.connection->id()));
  Response response;
  response.mutable_resync_required()->set_oldest_position(std::max(cut, known));
  Add(std::move(response), /*with_token=*/false, out);
  over_ = true;
  return absl::OkStatus();
}

void InventoryWatch::AddCaughtUp(Queue* out) {
  caught_up_ = true;
  Response response;
  response.mutable_caught_up()->set_position(position_);
  Add(std::move(response), /*with_token=*/true, out);
}

void InventoryWatch::AddHeartbeat(Queue* out) {
  Response response;
  v1::InventoryHeartbeat& heartbeat = *response.mutable_heartbeat();
  heartbeat.set_position(position_);
  const Connection& connection = *wishes_.connection;
  const auto oldest = connection.refresher != nullptr
                          ? connection.refresher->OldestRead()
                          : connection.status.last_sweep();
  if (oldest.has_value()) {
    *heartbeat.mutable_oldest_observe_time() = domain::ToTimestamp(*oldest);
  }
  Add(std::move(response), /*with_token=*/true, out);
}

void InventoryWatch::AddFellBehind(const EncodedCommits::Found& found,
                                   Queue* out) {
  // What is being folded is above the position that was sent.
  const bool folding = latest_ != nullptr && !latest_->empty();
  if (!caught_up_ || fell_behind_ || folding ||
      found.newest_ordinal <= ordinal_ + kFellBehindEvents) {
    return;
  }
  fell_behind_ = true;
  Response response;
  response.mutable_fell_behind()->set_position(position_);
  response.mutable_fell_behind()->set_head_position(found.newest);
  Add(std::move(response), /*with_token=*/true, out);
}

void InventoryWatch::InSync(const EncodedCommits::Found& found,
                            domain::Position through, Queue* out) {
  position_ = std::max(position_, through);
  ordinal_ = found.newest_ordinal;
  fell_behind_ = false;
  if (!caught_up_) AddCaughtUp(out);
}

void InventoryWatch::Add(Response response, bool with_token, Queue* out) const {
  if (with_token) {
    response.set_resume_token(
        MakeResumeToken(wishes_.connection->id(), position_));
  }
  out->push_back(std::make_shared<std::string>(response.SerializeAsString()));
}

void InventoryWatch::KeepInterest() {
  if (interest_.empty() || wishes_.connection->refresher == nullptr) return;
  const int64_t now = core_.clock.BootMillis();
  if (interest_told_ != 0 &&
      absl::Milliseconds(now - interest_told_) < kInterestInterval) {
    return;
  }
  interest_told_ = now;
  wishes_.connection->refresher->Want(interest_);
}

}  // namespace qantara::server
