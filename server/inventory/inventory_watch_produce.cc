// The half of InventoryWatch that reads the tables and the log.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "domain/timestamps.h"
#include "server/core/resume_token.h"
#include "server/inventory/inventory_watch.h"
#include "server/inventory/location_names.h"
#include "server/inventory/stock_levels.h"
#include "server/inventory/stock_news.h"

namespace qantara::server {

using domain::Table;

absl::Status InventoryWatch::Produce(std::deque<Response>* out) {
  if (!std::exchange(begun_, true)) {
    QANTARA_RETURN_IF_ERROR(Begin(out));
    if (over_) return absl::OkStatus();
  }
  if (snapshot_ != nullptr) {
    QANTARA_RETURN_IF_ERROR(ProduceRows(out));
    if (!out->empty()) return absl::OkStatus();
  }
  QANTARA_RETURN_IF_ERROR(ProduceChanges(out));
  if (out->empty()) AddHeartbeatIfDue(out);
  return absl::OkStatus();
}

absl::Status InventoryWatch::Begin(std::deque<Response>* out) {
  if (begin_after_.has_value()) {
    position_ = *begin_after_;
    // The log may not go back as far as the token.
    if (absl::IsOutOfRange(core_.log.Read(position_, {.events = 1}).status())) {
      out->emplace_back().mutable_resync_required();
      over_ = true;
      return absl::OkStatus();
    }
  } else {
    QANTARA_ASSIGN_OR_RETURN(snapshot_, core_.tables.Get());
    position_ = snapshot_->position();
    next_row_key_ = domain::TextKey(connection_->id());
    snapshot_until_ =
        core_.clock.BootMillis() + absl::ToInt64Milliseconds(kMaxSnapshotTime);
  }
  QANTARA_ASSIGN_OR_RETURN(
      stream_, StockStream::After(core_.log, connection_->id(), position_));
  return absl::OkStatus();
}

absl::Status InventoryWatch::ProduceRows(std::deque<Response>* out) {
  if (core_.clock.BootMillis() > snapshot_until_) {
    return domain::MakeError(absl::StatusCode::kResourceExhausted,
                             v1::ERROR_REASON_OVERLOADED,
                             "the client reads the snapshot too slowly");
  }
  absl::Status damage;
  size_t rows = 0;
  bool more = false;
  LocationNames names(*snapshot_, connection_->id());
  Response response;
  response.mutable_rows()->set_position(position_);
  auto& levels = *response.mutable_rows()->mutable_levels();
  const std::string end = domain::PrefixEnd(domain::TextKey(connection_->id()));
  QANTARA_RETURN_IF_ERROR(snapshot_->Scan(
      Table::kStock, next_row_key_, end,
      [&](absl::string_view key, absl::string_view value) {
        if (rows++ >= kMaxRows && !levels.empty()) {
          next_row_key_ = std::string(key);
          more = true;
          return false;
        }
        tables::v1::StockRow row;
        if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          damage = domain::MakeError(absl::StatusCode::kDataLoss,
                                     v1::ERROR_REASON_LOG_DAMAGED,
                                     "unreadable row of stock");
          return false;
        }
        // As the row's last event told it: what follows builds on that.
        const StockOwner owner = {.external_id = row.external_id(),
                                  .product_id = row.product_id()};
        auto told = ToStockLevels(row, owner, names);
        damage = told.status();
        if (!damage.ok()) return false;
        for (v1::StockLevel& level : *told) {
          if (filter_.Wants(level)) *levels.Add() = std::move(level);
        }
        return true;
      }));
  QANTARA_RETURN_IF_ERROR(damage);
  if (!levels.empty()) out->push_back(std::move(response));
  if (more) return absl::OkStatus();
  snapshot_.reset();
  AddCaughtUp(out);
  return absl::OkStatus();
}

absl::Status InventoryWatch::ProduceChanges(std::deque<Response>* out) {
  while (out->empty()) {
    const domain::Position head = core_.log.head();
    QANTARA_ASSIGN_OR_RETURN(const auto records, stream_->Next());
    if (records.empty()) {
      position_ = std::max(position_, head);
      if (!caught_up_) AddCaughtUp(out);
      return absl::OkStatus();
    }
    for (const domain::EventRecordPtr& record : records) {
      AddChanges(*record, out);
      position_ = record->position();
    }
  }
  return absl::OkStatus();
}

void InventoryWatch::AddChanges(const events::v1::EventRecord& record,
                                std::deque<Response>* out) {
  v1::InventoryChanges all;
  AddNews(record.event(), filter_, all.mutable_changes());
  const int size = all.changes_size();
  for (int i = 0; i < size; i += kMaxChanges) {
    Response& response = out->emplace_back();
    response.mutable_changes()->set_position(record.position());
    for (int j = i; j < std::min(i + kMaxChanges, size); ++j) {
      *response.mutable_changes()->add_changes() =
          std::move(*all.mutable_changes(j));
    }
    // Only the last message of a commit is a place to go on from.
    const bool more = i + kMaxChanges < size;
    response.mutable_changes()->set_more(more);
    if (!more) response.set_resume_token(Token(record.position()));
  }
}

void InventoryWatch::AddCaughtUp(std::deque<Response>* out) {
  caught_up_ = true;
  Response& response = out->emplace_back();
  response.mutable_caught_up()->set_position(position_);
  response.set_resume_token(Token(position_));
}

void InventoryWatch::AddHeartbeatIfDue(std::deque<Response>* out) {
  {
    const std::lock_guard lock(mutex_);
    const int64_t silent = core_.clock.BootMillis() - last_written_;
    if (absl::Milliseconds(silent) < heartbeat_) return;
  }
  Response& response = out->emplace_back();
  response.mutable_heartbeat()->set_position(position_);
  if (const auto sweep = connection_->status.last_sweep(); sweep.has_value()) {
    *response.mutable_heartbeat()->mutable_oldest_observe_time() =
        domain::ToTimestamp(*sweep);
  }
  response.set_resume_token(Token(position_));
}

std::string InventoryWatch::Token(domain::Position position) const {
  return MakeResumeToken(connection_->id(), position);
}

}  // namespace qantara::server
