#include "server/delivery/outbox_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/item_state.h"
#include "domain/qwoty_api_name.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::server {
namespace {

using domain::GetRow;
using domain::Table;
using tables::v1::ItemRow;
using tables::v1::OutboxRow;

// Rows of the outbox that one pass looks at.
constexpr int kMaxBatches = 4096;

// The lines that an event accepted.
using Lines = std::vector<const events::v1::AcceptedLine*>;

Lines LinesOf(const events::v1::Event& event) {
  if (event.has_parked_retried()) return {&event.parked_retried().line()};
  Lines lines;
  lines.reserve(event.import_lines_accepted().lines_size());
  for (const auto& line : event.import_lines_accepted().lines()) {
    lines.push_back(&line);
  }
  return lines;
}

absl::Status Damaged(domain::Position position) {
  return domain::MakeError(
      absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
      absl::StrCat("no accepted lines at position ", position));
}

}  // namespace

OutboxReader::OutboxReader(std::string connection, const domain::EventLog& log,
                           bool derives_names)
    : connection_(std::move(connection)),
      log_(log),
      derives_names_(derives_names) {}

// Of what does not change while a request may be unknown: it is found by it.
void OutboxReader::DeriveName(const ItemRow& row, v1::Product* product) const {
  if (!derives_names_ || product->qwoty().has_api_name() ||
      (product->sku().empty() && row.external_id().empty())) {
    return;
  }
  product->mutable_qwoty()->set_api_name(
      domain::DeriveApiName(connection_, row.external_id(), product->sku()));
}

absl::StatusOr<domain::EventRecordPtr> OutboxReader::Batch(
    domain::Position position) {
  if (batch_ != nullptr && batch_->position() == position) return batch_;
  QANTARA_ASSIGN_OR_RETURN(std::vector<domain::EventRecordPtr> records,
                           log_.Read(position - 1, {.events = 1}));
  if (records.empty() || (!records[0]->event().has_import_lines_accepted() &&
                          !records[0]->event().has_parked_retried())) {
    return Damaged(position);
  }
  batch_ = records[0];
  return batch_;
}

absl::StatusOr<WaitingItem> OutboxReader::Join(
    const domain::TableSnapshot& tables, const std::string& import_id,
    uint32_t line, ItemRow row) {
  QANTARA_ASSIGN_OR_RETURN(const domain::EventRecordPtr batch,
                           Batch(row.accepted_position()));
  const Lines accepted = LinesOf(batch->event());
  const uint32_t index = line - row.accepted_first_line();
  if (index >= accepted.size()) return Damaged(row.accepted_position());
  WaitingItem waiting;
  waiting.line.payload = accepted[index]->payload();
  waiting.line.digest = accepted[index]->digest();
  waiting.item.ref.set_import_id(import_id);
  waiting.item.ref.set_line(line);
  waiting.item.ref.set_product_id(row.product_id());
  waiting.item.product = domain::LineOf(waiting.line.payload).product();
  waiting.item.suspect_group = row.suspect_group();
  waiting.item.failures = row.failures();
  QANTARA_ASSIGN_OR_RETURN(
      waiting.product, GetRow<tables::v1::ProductRow>(
                           tables, Table::kProducts,
                           domain::NumberKey(connection_, row.product_id())));
  // A line may name its product by an external id or a former SKU.
  if (!waiting.product.sku().empty()) {
    waiting.item.product.set_sku(waiting.product.sku());
  }
  DeriveName(row, &waiting.item.product);
  waiting.row = std::move(row);
  return waiting;
}

absl::StatusOr<WaitingItem> OutboxReader::Load(
    const domain::TableSnapshot& tables, const events::v1::ItemRef& ref) {
  QANTARA_ASSIGN_OR_RETURN(
      ItemRow row, GetRow<ItemRow>(tables, Table::kItems,
                                   domain::ItemKey(connection_, ref.import_id(),
                                                   ref.line())));
  QANTARA_ASSIGN_OR_RETURN(const tables::v1::ImportRow import,
                           GetRow<tables::v1::ImportRow>(
                               tables, Table::kImports,
                               domain::TextKey(connection_, ref.import_id())));
  QANTARA_ASSIGN_OR_RETURN(
      WaitingItem waiting,
      Join(tables, ref.import_id(), ref.line(), std::move(row)));
  waiting.item.policy = import.existing_policy();
  return waiting;
}

absl::Status OutboxReader::ReadBatch(
    const domain::TableSnapshot& tables, domain::Position position,
    const OutboxRow& row, int* limit, bool* stopped,
    const std::function<Visit(WaitingItem)>& visit) {
  QANTARA_ASSIGN_OR_RETURN(const tables::v1::ImportRow import,
                           GetRow<tables::v1::ImportRow>(
                               tables, Table::kImports,
                               domain::TextKey(connection_, row.import_id())));
  QANTARA_ASSIGN_OR_RETURN(const domain::EventRecordPtr batch, Batch(position));
  const Lines accepted = LinesOf(batch->event());
  bool idle = true;
  for (size_t i = 0; i < accepted.size() && !*stopped && *limit > 0; ++i) {
    // A parked line may have been retried since.
    if (accepted[i]->state() != v1::ITEM_STATE_QUEUED &&
        accepted[i]->state() != v1::ITEM_STATE_PARKED) {
      continue;
    }
    const uint32_t line = row.first_line() + static_cast<uint32_t>(i);
    QANTARA_ASSIGN_OR_RETURN(
        ItemRow item,
        GetRow<ItemRow>(tables, Table::kItems,
                        domain::ItemKey(connection_, row.import_id(), line)));
    // A patched line waits where its patch was accepted.
    if (!domain::IsWaiting(item.state()) ||
        item.accepted_position() != position) {
      continue;
    }
    QANTARA_ASSIGN_OR_RETURN(WaitingItem waiting, Join(tables, row.import_id(),
                                                       line, std::move(item)));
    waiting.item.policy = import.existing_policy();
    waiting.single = row.single();
    --*limit;
    const Visit visited = visit(std::move(waiting));
    idle = idle && visited == Visit::kIdle;
    *stopped = visited == Visit::kStop;
  }
  if (idle && !*stopped && *limit > 0) idle_batches_.insert(position);
  return absl::OkStatus();
}

absl::Status OutboxReader::Read(
    const domain::TableSnapshot& tables, int limit,
    const std::function<Visit(WaitingItem)>& visit) {
  std::vector<std::pair<domain::Position, OutboxRow>> batches;
  waiting_ = 0;
  const std::string prefix = domain::TextKey(connection_);
  QANTARA_RETURN_IF_ERROR(tables.Scan(
      Table::kOutbox, prefix, domain::PrefixEnd(prefix),
      [&](absl::string_view key, absl::string_view value) {
        const domain::Position position = domain::NumberOf(key);
        if (idle_batches_.contains(position)) return true;
        OutboxRow row;
        row.ParseFromArray(value.data(), static_cast<int>(value.size()));
        waiting_ += row.waiting();
        batches.emplace_back(position, std::move(row));
        return batches.size() < kMaxBatches;
      }));
  // Single products do not wait behind catalogs.
  std::stable_partition(batches.begin(), batches.end(), [](const auto& batch) {
    return batch.second.single();
  });
  bool stopped = false;
  for (const auto& [position, row] : batches) {
    if (stopped || limit <= 0) break;
    QANTARA_RETURN_IF_ERROR(
        ReadBatch(tables, position, row, &limit, &stopped, visit));
  }
  return absl::OkStatus();
}

}  // namespace qantara::server
