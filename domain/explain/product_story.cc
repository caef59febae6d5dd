#include "domain/explain/product_story.h"

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/explain/step_messages.h"
#include "domain/streams.h"

namespace qantara::domain {

using events::v1::AcceptedLine;
using events::v1::Event;
using events::v1::ItemOutcome;
using events::v1::ItemRef;

namespace {

absl::Status TooManyLines() {
  return MakeError(
      absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED,
      absl::StrCat("more than ", ProductStory::kMaxLines,
                   " lines carry a key of the product and were turned away"));
}

absl::Status UnknownKind(const events::v1::EventRecord& record) {
  return MakeError(
      absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
      absl::StrCat("event of unknown kind at position ", record.position()));
}

}  // namespace

ProductStory::ProductStory(std::string connection,
                           const tables::v1::ProductRow& row)
    : connection_(std::move(connection)),
      stock_stream_(StockStream(connection_)),
      product_id_(row.product_id()),
      external_id_(row.external_id()),
      skus_(row.former_skus().begin(), row.former_skus().end()),
      remote_ids_(row.former_remote_ids().begin(),
                  row.former_remote_ids().end()) {
  if (!row.sku().empty()) skus_.insert(row.sku());
  if (!row.remote_id().empty()) remote_ids_.insert(row.remote_id());
  remote_ids_.insert(row.duplicate_remote_ids().begin(),
                     row.duplicate_remote_ids().end());
}

v1::ProductStep& ProductStory::Add(const Telling& telling) const {
  v1::ProductStep& step = telling.steps->emplace_back();
  step.set_position(telling.record.position());
  *step.mutable_time() = telling.record.time();
  return step;
}

void ProductStory::AddMapping(const Telling& telling) {
  const std::optional<v1::MappingChange> change = mapping_.TakeChange();
  if (change.has_value()) *Add(telling).mutable_mapping_changed() = *change;
}

bool ProductStory::IsFollowed(const ItemRef& item) const {
  return item.product_id() == 0 &&
         turned_away_.contains({item.import_id(), item.line()});
}

bool ProductStory::OwnsRecord(uint64_t owner,
                              const std::string& remote_id) const {
  return owner == product_id_ ||
         (owner == 0 && remote_ids_.contains(remote_id));
}

bool ProductStory::CarriesKey(const AcceptedLine& line) const {
  return skus_.contains(line.sku()) ||
         (!external_id_.empty() && line.external_id() == external_id_);
}

absl::Status ProductStory::TellLines(const Telling& telling) {
  const auto& accepted = telling.record.event().import_lines_accepted();
  if (accepted.connection() != connection_) return absl::OkStatus();
  uint32_t line = accepted.first_line();
  for (const AcceptedLine& one : accepted.lines()) {
    const bool taken = one.product_id() == product_id_;
    const bool turned_away = one.product_id() == 0 && CarriesKey(one);
    if (taken || turned_away) {
      *Add(telling).mutable_line_received() =
          ToLineReceived(accepted.import_id(), line, one);
    }
    if (taken) mapping_.TakeLine(one.sku());
    if (turned_away) {
      if (turned_away_.size() >= kMaxLines) return TooManyLines();
      turned_away_.emplace(accepted.import_id(), line);
    }
    ++line;
  }
  return absl::OkStatus();
}

void ProductStory::TellCreateIntended(const Telling& telling) {
  const auto& intended = telling.record.event().create_intended();
  for (int i = 0; i < intended.items_size(); ++i) {
    if (!IsOurs(intended.connection(), intended.items(i).product_id())) {
      continue;
    }
    *Add(telling).mutable_create_planned() = ToCreatePlanned(intended, i);
  }
}

template <typename Outcomes, typename Fill>
void ProductStory::TellOutcomes(const Telling& telling,
                                const Outcomes& outcomes, const Fill& fill) {
  for (int i = 0; i < outcomes.items_size(); ++i) {
    const ItemOutcome& outcome = outcomes.items(i);
    if (!IsOurs(outcomes.connection(), outcome.item().product_id())) continue;
    fill(i, Add(telling));
    mapping_.TakeOutcome(outcome);
    AddMapping(telling);
  }
}

void ProductStory::TellCreateAnswered(const Telling& telling) {
  const auto& answered = telling.record.event().create_answered();
  TellOutcomes(telling, answered, [&](int index, v1::ProductStep& step) {
    *step.mutable_create_answered() = ToCreateOutcome(answered, index);
  });
}

void ProductStory::TellItemsSettled(const Telling& telling) {
  const auto& settled = telling.record.event().items_settled();
  TellOutcomes(telling, settled, [&](int index, v1::ProductStep& step) {
    v1::ItemSettled& item = *step.mutable_item_settled();
    item.set_planned_position(settled.intent());
    *item.mutable_item() = ToItemResult(settled.items(index));
  });
}

void ProductStory::TellUpdateRecorded(const Telling& telling) {
  const auto& recorded = telling.record.event().product_update_recorded();
  if (!IsOurs(recorded.connection(), recorded.product_id())) return;
  *Add(telling).mutable_update_received() = ToUpdateReceived(recorded);
}

void ProductStory::TellUpdateIntended(const Telling& telling) {
  const auto& intended = telling.record.event().update_intended();
  if (!IsOurs(intended.connection(), intended.product_id())) return;
  mapping_.TakeIntent(intended);
  *Add(telling).mutable_update_planned() = ToUpdatePlanned(intended);
}

void ProductStory::TellUpdateAnswered(const Telling& telling) {
  const auto& answered = telling.record.event().update_answered();
  if (!IsOurs(answered.connection(), answered.product_id())) return;
  *Add(telling).mutable_update_answered() =
      ToUpdateOutcome(answered, mapping_.is_unknown());
  mapping_.TakeAnswer(answered);
  AddMapping(telling);
}

void ProductStory::TellRetried(const Telling& telling) {
  const auto& retried = telling.record.event().parked_retried();
  if (!retried.has_item()) {
    if (!IsOurs(retried.connection(), retried.product_id())) return;
    *Add(telling).mutable_parked_retried() = ToParkedRetry(retried);
    return;
  }
  if (retried.connection() != connection_) return;
  const bool joins = retried.line().product_id() == product_id_;
  const bool was_ours =
      retried.item().product_id() == product_id_ || IsFollowed(retried.item());
  if (!joins && !was_ours) return;
  v1::ParkedRetry& step = *Add(telling).mutable_parked_retried();
  step = ToParkedRetry(retried);
  step.set_left(!joins);
  turned_away_.erase({retried.item().import_id(), retried.item().line()});
  if (!joins) return;
  mapping_.TakeLine(retried.line().sku());
  mapping_.TakeRetry();
  AddMapping(telling);
}

void ProductStory::TellDiscarded(const Telling& telling) {
  const auto& discarded = telling.record.event().parked_discarded();
  const bool ours =
      discarded.has_item()
          ? IsOurs(discarded.connection(), discarded.item().product_id()) ||
                (discarded.connection() == connection_ &&
                 IsFollowed(discarded.item()))
          : IsOurs(discarded.connection(), discarded.product_id());
  if (!ours) return;
  *Add(telling).mutable_parked_discarded() = ToParkedDiscard(discarded);
}

void ProductStory::TellDrift(const Telling& telling) {
  const auto& drifted = telling.record.event().products_drifted();
  for (const events::v1::ProductDrift& product : drifted.products()) {
    if (!IsOurs(drifted.connection(), product.product_id())) continue;
    v1::DriftObserved& drift = *Add(telling).mutable_drift_observed();
    drift.set_remote_id(product.remote_id());
    *drift.mutable_fields() = product.fields();
    *drift.mutable_observe_time() = drifted.observe_time();
  }
}

void ProductStory::TellStock(const Telling& telling) {
  const auto& observed = telling.record.event().stock_observed();
  if (observed.connection() != connection_) return;
  for (const events::v1::ProductStock& stock : observed.products()) {
    if (!OwnsRecord(stock.product_id(), stock.remote_id())) continue;
    v1::StockSeen& seen = *Add(telling).mutable_stock_observed();
    seen = ToStockSeen(stock);
    *seen.mutable_observe_time() = observed.observe_time();
    stock_cut_ = false;
  }
}

// What a snapshot tells was told before, unless that was cut since.
void ProductStory::TellSnapshot(const Telling& telling) {
  const auto& taken = telling.record.event().stock_snapshot_taken();
  if (taken.connection() != connection_ || !stock_cut_) return;
  for (const events::v1::KeptStock& row : taken.rows()) {
    if (!OwnsRecord(row.product_id(), row.remote_id())) continue;
    *Add(telling).mutable_stock_observed() = ToStockSeen(row);
    stock_cut_ = false;
  }
}

void ProductStory::TellObserved(const Telling& telling) {
  switch (telling.record.event().kind_case()) {
    case Event::kProductsDrifted:
      return TellDrift(telling);
    case Event::kStockObserved:
      return TellStock(telling);
    case Event::kStockSnapshotTaken:
      return TellSnapshot(telling);
    default:
      break;
  }
  if (telling.record.stream() == stock_stream_) stock_cut_ = true;
}

absl::Status ProductStory::Tell(const events::v1::EventRecord& record,
                                std::vector<v1::ProductStep>* steps) {
  const Telling telling{record, steps};
  switch (record.event().kind_case()) {
    case Event::kImportLinesAccepted:
      return TellLines(telling);
    case Event::kCreateIntended:
      TellCreateIntended(telling);
      break;
    case Event::kCreateAnswered:
      TellCreateAnswered(telling);
      break;
    case Event::kItemsSettled:
      TellItemsSettled(telling);
      break;
    case Event::kProductUpdateRecorded:
      TellUpdateRecorded(telling);
      break;
    case Event::kUpdateIntended:
      TellUpdateIntended(telling);
      break;
    case Event::kUpdateAnswered:
      TellUpdateAnswered(telling);
      break;
    case Event::kParkedRetried:
      TellRetried(telling);
      break;
    case Event::kParkedDiscarded:
      TellDiscarded(telling);
      break;
    case Event::kProductsDrifted:
    case Event::kStockObserved:
    case Event::kStockSnapshotTaken:
    case Event::kEventCut:
      TellObserved(telling);
      break;
    case Event::kImportOpened:  // These tell of no single product.
    case Event::kImportEnded:
    case Event::kImportVerified:
    case Event::kCatalogSwept:
    case Event::kLocationsObserved:
    case Event::kStockHistoryCut:
    case Event::kConnectionPaused:
    case Event::kConnectionResumed:
    case Event::kLogRestored:
      break;
    case Event::KIND_NOT_SET:
      return UnknownKind(record);
  }
  return absl::OkStatus();
}

}  // namespace qantara::domain
