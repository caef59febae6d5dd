#include "server/verify/verification.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/error.h"
#include "domain/item_state.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "domain/timestamps.h"
#include "domain/verify/product_check.h"
#include "server/core/import_reader.h"

namespace qantara::server {
namespace {

using domain::CheckedItem;
using domain::Sighting;
using domain::Table;
using tables::v1::ItemRow;
using tables::v1::ProductRow;

// Whether the provider shall hold the item's product.
bool IsDelivered(v1::ItemState state) {
  return state == v1::ITEM_STATE_CREATED || state == v1::ITEM_STATE_LINKED ||
         state == v1::ITEM_STATE_UPDATED || state == v1::ITEM_STATE_UNCHANGED;
}

// The record that the product is mapped to, or was last.
std::string RecordOf(const ProductRow& row, const std::string& item_id) {
  if (!row.remote_id().empty()) return row.remote_id();
  if (!item_id.empty()) return item_id;
  const auto& former = row.former_remote_ids();
  return former.empty() ? std::string() : *former.rbegin();
}

std::string FieldsText(const std::vector<v1::FieldDifference>& fields) {
  return absl::StrJoin(
      fields, "; ", [](std::string* out, const v1::FieldDifference& field) {
        absl::StrAppend(out, field.field(), " is \"", field.held(),
                        "\", not \"", field.sent(), "\"");
      });
}

absl::Status TooManyItems() {
  return domain::MakeError(
      absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED,
      absl::StrCat("more than ", Verification::kMaxItems, " items to compare"));
}

}  // namespace

absl::Status Verification::Load(const domain::TableSnapshot& tables,
                                absl::Time now) {
  began_ = now;
  began_position_ = tables.position();
  QANTARA_ASSIGN_OR_RETURN(
      const tables::v1::ImportRow import,
      FindImportRow(tables, options_.connection, options_.import_id));
  if (!domain::IsFinished(import)) {
    return domain::MakeError(absl::StatusCode::kFailedPrecondition,
                             v1::ERROR_REASON_IMPORT_NOT_FINISHED,
                             "the import is not finished");
  }
  const std::string prefix =
      domain::TextKey(options_.connection, options_.import_id);
  absl::Status status;
  QANTARA_RETURN_IF_ERROR(tables.Scan(
      Table::kItems, prefix, domain::PrefixEnd(prefix),
      [&](absl::string_view key, absl::string_view value) {
        ItemRow row;
        if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          status = domain::MakeError(absl::StatusCode::kDataLoss,
                                     v1::ERROR_REASON_LOG_DAMAGED,
                                     "unreadable row of an item");
          return false;
        }
        if (!IsDelivered(row.state()) || row.product_id() == 0) return true;
        status = check_.size() < kMaxItems
                     ? AddItem(tables, domain::LineOfItemKey(key), row)
                     : TooManyItems();
        return status.ok();
      }));
  return status;
}

absl::Status Verification::AddItem(const domain::TableSnapshot& tables,
                                   uint32_t line, const ItemRow& row) {
  QANTARA_ASSIGN_OR_RETURN(
      const ProductRow product,
      domain::GetRow<ProductRow>(
          tables, Table::kProducts,
          domain::NumberKey(options_.connection, row.product_id())));
  check_.Add({line, row.product_id(), RecordOf(product, row.remote_id()),
              product.sku()});
  return absl::OkStatus();
}

absl::StatusOr<ProductRow> Verification::ProductOf(
    size_t index, const domain::TableReader& tables) const {
  return domain::GetRow<ProductRow>(
      tables, Table::kProducts,
      domain::NumberKey(options_.connection, check_.item(index).product_id));
}

bool Verification::WantsFields(size_t index) const {
  switch (options_.fields) {
    case v1::VERIFY_FIELDS_NONE:
      return false;
    case v1::VERIFY_FIELDS_SAMPLE:
      return domain::IsInSample(index, check_.size(), options_.sample_size);
    default:
      return true;
  }
}

absl::Status Verification::TakeRecords(
    const std::vector<const v1::RemoteProduct*>& records,
    domain::Position asked, const domain::TableReader& tables) {
  for (const v1::RemoteProduct* record : records) {
    const std::optional<size_t> index = check_.See(*record);
    if (!index.has_value() || !WantsFields(*index)) continue;
    QANTARA_ASSIGN_OR_RETURN(const ProductRow row, ProductOf(*index, tables));
    if (!CompareFields(check_.item(*index), row, *record, asked)) {
      again_.push_back(*index);
    }
  }
  v1::VerifyProgress progress;
  progress.set_records_read(walk_.records());
  progress.set_records_total(walk_.total().value_or(0));
  call_.TellProgress(progress);
  return absl::OkStatus();
}

bool Verification::CompareFields(const CheckedItem& item, const ProductRow& row,
                                 const v1::RemoteProduct& record,
                                 domain::Position asked) {
  if (!domain::IsSettled(row) || row.last_position() > asked ||
      row.remote_id() != record.id()) {
    return false;
  }
  ++items_with_fields_;
  std::vector<v1::FieldDifference> fields = domain::CompareFields(row, record);
  if (fields.empty()) return true;
  v1::VerifyDifference difference;
  difference.set_kind(v1::VERIFY_DIFFERENCE_KIND_FIELDS);
  difference.set_line(item.line);
  difference.set_sku(item.sku);
  difference.add_remote_ids(record.id());
  difference.set_message(FieldsText(fields));
  for (v1::FieldDifference& field : fields) {
    *difference.add_fields() = std::move(field);
  }
  Tell(std::move(difference));
  return true;
}

void Verification::CollectDoubts() {
  if (std::exchange(doubts_collected_, true)) return;
  std::sort(again_.begin(), again_.end());
  const std::vector<size_t> suspects = check_.Suspects();
  std::set_union(suspects.begin(), suspects.end(), again_.begin(), again_.end(),
                 std::back_inserter(doubts_));
}

absl::StatusOr<std::optional<Verification::Doubt>> Verification::NextDoubt(
    const domain::TableSnapshot& tables) {
  CollectDoubts();
  while (has_doubts() && !call_.is_full()) {
    QANTARA_ASSIGN_OR_RETURN(std::optional<Doubt> doubt,
                             DoubtOf(doubts_[next_doubt_++], tables));
    if (!doubt.has_value()) continue;
    doubt->asked = tables.position();
    if (doubt->wants_record || doubt->wants_look_up) return doubt;
    QANTARA_RETURN_IF_ERROR(Conclude(*doubt, tables));
  }
  return std::optional<Doubt>();
}

absl::StatusOr<std::optional<Verification::Doubt>> Verification::DoubtOf(
    size_t index, const domain::TableReader& tables) {
  QANTARA_ASSIGN_OR_RETURN(const ProductRow row, ProductOf(index, tables));
  if (!domain::IsSettled(row)) {
    ++left_out_;
    return std::optional<Doubt>();
  }
  const CheckedItem& known = check_.item(index);
  Doubt doubt;
  doubt.index = index;
  doubt.item = {known.line, known.product_id, RecordOf(row, known.remote_id),
                row.sku()};
  const bool changed =
      doubt.item.remote_id != known.remote_id || doubt.item.sku != known.sku;
  // What the pages showed was about another record, or another SKU.
  if (!changed) doubt.sighting = check_.SightingOf(index);
  const Sighting& sighting = doubt.sighting;
  const bool again = std::binary_search(again_.begin(), again_.end(), index);
  const bool unclear =
      again || !sighting.held_sku.has_value() ||
      (!doubt.item.sku.empty() && *sighting.held_sku != doubt.item.sku);
  const bool has_record = !doubt.item.remote_id.empty();
  doubt.wants_record = unclear && has_record;
  doubt.wants_look_up = !doubt.item.sku.empty() && (changed || !has_record) &&
                        sighting.other_ids.empty();
  return std::optional<Doubt>(std::move(doubt));
}

void Verification::TakeRecord(const std::optional<v1::RemoteProduct>& record,
                              Doubt* doubt) {
  doubt->wants_record = false;
  doubt->record = record;
  doubt->sighting.held_sku.reset();
  if (record.has_value()) {
    doubt->sighting.held_sku = record->sku();
  } else if (!doubt->item.sku.empty() && doubt->sighting.other_ids.empty()) {
    // Gone: a record that was made in its place may be too new for the list.
    doubt->wants_look_up = true;
  }
}

void Verification::TakeLookUp(const std::vector<v1::RemoteProduct>& records,
                              Doubt* doubt) {
  doubt->wants_look_up = false;
  for (const v1::RemoteProduct& record : records) {
    if (record.id() == doubt->item.remote_id) continue;
    doubt->sighting.other_ids.push_back(record.id());
  }
}

void Verification::LookAgain(size_t index) {
  if (++looks_[index] < kMaxLooks) {
    doubts_.push_back(index);
  } else {
    ++left_out_;
  }
}

absl::Status Verification::Conclude(const Doubt& doubt,
                                    const domain::TableReader& tables) {
  QANTARA_ASSIGN_OR_RETURN(const ProductRow row,
                           ProductOf(doubt.index, tables));
  if (!domain::IsSettled(row) || row.last_position() > doubt.asked) {
    LookAgain(doubt.index);
    return absl::OkStatus();
  }
  if (doubt.record.has_value()) {
    const bool listed = walk_.Contains(doubt.record->id());
    if (!listed) ++unlisted_;
    const bool compared =
        listed &&
        !std::binary_search(again_.begin(), again_.end(), doubt.index);
    if (!compared && WantsFields(doubt.index)) {
      CompareFields(doubt.item, row, *doubt.record, doubt.asked);
    }
  }
  auto found = domain::CompareIdentity(doubt.item, doubt.sighting);
  if (!found.has_value()) return absl::OkStatus();
  v1::VerifyDifference difference;
  difference.set_kind(found->kind);
  difference.set_line(doubt.item.line);
  difference.set_sku(doubt.item.sku);
  for (std::string& id : found->remote_ids) {
    if (!id.empty()) difference.add_remote_ids(std::move(id));
  }
  difference.set_message(std::move(found->message));
  Tell(std::move(difference));
  return absl::OkStatus();
}

absl::StatusOr<domain::RecordVerification> Verification::Finish(
    const domain::TableReader& tables, absl::Time now) {
  QANTARA_ASSIGN_OR_RETURN(
      const tables::v1::ImportRow import,
      FindImportRow(tables, options_.connection, options_.import_id));
  QANTARA_ASSIGN_OR_RETURN(
      const auto found,
      domain::FindRow<tables::v1::ConnectionRow>(
          tables, Table::kConnections, domain::TextKey(options_.connection)));
  const auto connection = found.value_or(tables::v1::ConnectionRow());
  domain::RecordVerification command{
      options_.connection, options_.import_id, {}};
  v1::VerificationReceipt& receipt = command.receipt;
  *receipt.mutable_start_time() = domain::ToTimestamp(began_);
  *receipt.mutable_end_time() = domain::ToTimestamp(now);
  receipt.set_items(check_.size() - left_out_);
  receipt.set_items_with_fields(items_with_fields_);
  receipt.set_records(walk_.records() + unlisted_);
  const bool quiet = connection.open_creates() == 0 &&
                     connection.last_create_position() <= began_position_;
  const int64_t expected = import.other_records() +
                           static_cast<int64_t>(connection.created_records());
  if (import.counted() && quiet && expected >= 0) {
    receipt.set_expected_records(expected);
    if (receipt.records() != receipt.expected_records()) {
      v1::VerifyDifference difference;
      difference.set_kind(v1::VERIFY_DIFFERENCE_KIND_COUNT);
      difference.set_message(absl::StrCat("the provider holds ",
                                          receipt.records(), " records, not ",
                                          expected));
      Tell(std::move(difference));
    }
  }
  counts_.AddTo(&receipt);
  return command;
}

void Verification::Tell(v1::VerifyDifference difference) {
  counts_.Add(difference.kind());
  v1::VerifyImportResponse response;
  *response.mutable_difference() = std::move(difference);
  call_.Tell(std::move(response));
}

}  // namespace qantara::server
