#include "domain/fold/fold_import.h"

#include <algorithm>
#include <string>
#include <utility>

#include "domain/fold/line_keys.h"
#include "domain/fold/parked_index.h"
#include "domain/fold/product_change.h"
#include "domain/item_state.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using events::v1::AcceptedLine;
using events::v1::EventRecord;
using events::v1::ImportLinesAccepted;
using tables::v1::ImportRow;
using tables::v1::ItemRow;
using tables::v1::ProductRow;

ItemRow NewItem(const EventRecord& record, const ImportLinesAccepted& event,
                const AcceptedLine& line) {
  ItemRow item;
  item.set_state(line.state());
  item.set_product_id(line.product_id());
  item.set_sku(line.sku());
  item.set_external_id(line.external_id());
  item.set_digest(line.digest());
  item.set_accepted_position(record.position());
  item.set_accepted_first_line(event.first_line());
  item.set_last_position(record.position());
  item.set_reason(line.reason());
  *item.mutable_problems() = line.problems();
  return item;
}

// Adds the product of a line that is queued, or notes that it was touched.
absl::Status TouchProduct(const EventRecord& record,
                          const std::string& connection,
                          const AcceptedLine& line, TableView& view) {
  std::string key = NumberKey(connection, line.product_id());
  ProductRow product;
  if (line.previous_position() == 0) {
    product.set_product_id(line.product_id());
    product.set_sku(line.sku());
    product.set_state(v1::MAPPING_STATE_PENDING);
    product.set_revision(1);
  } else {
    QANTARA_ASSIGN_OR_RETURN(product,
                             GetRow<ProductRow>(view, Table::kProducts, key));
  }
  product.set_last_position(record.position());
  if (!line.external_id().empty()) {
    product.set_external_id(line.external_id());
  }
  TrackItem(record.position(), v1::ITEM_STATE_UNSPECIFIED, line.state(),
            &product);
  PutRow(view, Table::kProducts, std::move(key), product);
  return absl::OkStatus();
}

// Adds the event's counts to the row's; both are sorted by path.
void AddNotTaken(const ImportLinesAccepted& event, ImportRow* row) {
  auto& counts = *row->mutable_not_taken();
  for (const v1::FieldCount& more : event.not_taken()) {
    auto known = std::find_if(counts.begin(), counts.end(), [&](const auto& c) {
      return c.field() == more.field();
    });
    if (known == counts.end()) {
      *counts.Add() = more;
    } else {
      known->set_lines(known->lines() + more.lines());
    }
  }
  std::sort(counts.begin(), counts.end(),
            [](const auto& a, const auto& b) { return a.field() < b.field(); });
}

}  // namespace

absl::Status RememberCount(const std::string& connection, const TableView& view,
                           ImportRow* row) {
  QANTARA_ASSIGN_OR_RETURN(const std::optional<tables::v1::ConnectionRow> known,
                           FindRow<tables::v1::ConnectionRow>(
                               view, Table::kConnections, TextKey(connection)));
  if (!known.has_value() || !known->counted()) return absl::OkStatus();
  row->set_counted(true);
  row->set_other_records(known->other_records());
  return absl::OkStatus();
}

absl::Status FoldImportOpened(const EventRecord& record,
                              const events::v1::ImportOpened& event,
                              TableView& view) {
  ImportRow row;
  row.set_connection(event.connection());
  row.set_import_id(event.import_id());
  row.set_kind(event.kind());
  row.set_source_name(event.source_name());
  row.set_existing_policy(event.existing_policy());
  row.set_allow_missing_sku(event.allow_missing_sku());
  *row.mutable_create_time() = record.time();
  *row.mutable_update_time() = record.time();
  row.set_open_position(record.position());
  row.set_last_position(record.position());
  row.set_request_digest(event.request_digest());
  QANTARA_RETURN_IF_ERROR(RememberCount(event.connection(), view, &row));
  PutRow(view, Table::kImports, TextKey(event.connection(), event.import_id()),
         row);
  if (event.kind() == events::v1::IMPORT_KIND_CATALOG) {
    view.Put(Table::kImportsByTime,
             TimeKey(event.connection(), record.position(), event.import_id()),
             "");
    return absl::OkStatus();
  }
  tables::v1::RequestRow request;
  request.set_digest(event.request_digest());
  PutRow(view, Table::kRequests,
         TextKey(event.connection(), event.import_id().substr(1)), request);
  return absl::OkStatus();
}

absl::Status FoldLinesAccepted(const EventRecord& record,
                               const ImportLinesAccepted& event,
                               TableView& view) {
  const std::string& connection = event.connection();
  std::string import_key = TextKey(connection, event.import_id());
  QANTARA_ASSIGN_OR_RETURN(
      ImportRow row, GetRow<ImportRow>(view, Table::kImports, import_key));
  uint32_t number = event.first_line();
  uint32_t waiting = 0;
  uint64_t highest_product = 0;
  for (const AcceptedLine& line : event.lines()) {
    std::string key = ItemKey(connection, event.import_id(), number);
    const ItemRow item = NewItem(record, event, line);
    IndexParkedItem(key, v1::ITEM_STATE_UNSPECIFIED, item, view);
    PutRow(view, Table::kItems, std::move(key), item);
    AddCount(line.state(), 1, &row);
    if (IsWaiting(line.state())) {
      ++waiting;
      QANTARA_RETURN_IF_ERROR(TouchProduct(record, connection, line, view));
      highest_product = std::max<uint64_t>(highest_product, line.product_id());
    }
    QANTARA_RETURN_IF_ERROR(TouchKeys(connection, row, number, line, view));
    ++number;
  }
  AddNotTaken(event, &row);
  row.set_received_lines(number - 1);
  *row.mutable_update_time() = record.time();
  row.set_last_position(record.position());
  PutRow(view, Table::kImports, std::move(import_key), row);
  if (waiting == 0) return absl::OkStatus();
  tables::v1::OutboxRow outbox;
  outbox.set_import_id(event.import_id());
  outbox.set_first_line(event.first_line());
  outbox.set_waiting(waiting);
  outbox.set_single(row.kind() == events::v1::IMPORT_KIND_SINGLE);
  PutRow(view, Table::kOutbox, NumberKey(connection, record.position()),
         outbox);
  return RaiseNextProductId(connection, highest_product, view);
}

absl::Status FoldImportEnded(const EventRecord& record,
                             const events::v1::ImportEnded& event,
                             TableView& view) {
  std::string key = TextKey(event.connection(), event.import_id());
  QANTARA_ASSIGN_OR_RETURN(ImportRow row,
                           GetRow<ImportRow>(view, Table::kImports, key));
  row.set_ended(true);
  *row.mutable_update_time() = record.time();
  row.set_last_position(record.position());
  PutRow(view, Table::kImports, std::move(key), row);
  return absl::OkStatus();
}

absl::Status FoldImportVerified(const EventRecord& record,
                                const events::v1::ImportVerified& event,
                                TableView& view) {
  std::string key = TextKey(event.connection(), event.import_id());
  QANTARA_ASSIGN_OR_RETURN(ImportRow row,
                           GetRow<ImportRow>(view, Table::kImports, key));
  *row.mutable_verification() = event.receipt();
  row.set_last_position(record.position());
  PutRow(view, Table::kImports, std::move(key), row);
  return absl::OkStatus();
}

}  // namespace qantara::domain
