#include "server/core/row_messages.h"

#include "absl/strings/str_cat.h"
#include "domain/item_state.h"

namespace qantara::server {
namespace {

using tables::v1::ImportRow;

v1::ImportOutcome OutcomeOf(const ImportRow& row) {
  for (const v1::ItemState state :
       {v1::ITEM_STATE_INVALID, v1::ITEM_STATE_REJECTED, v1::ITEM_STATE_PARKED,
        v1::ITEM_STATE_BLOCKED, v1::ITEM_STATE_CANCELLED}) {
    if (domain::CountOf(row, state) > 0) {
      return v1::IMPORT_OUTCOME_WITH_PROBLEMS;
    }
  }
  return v1::IMPORT_OUTCOME_CLEAN;
}

}  // namespace

v1::ItemCounts ToCounts(const std::function<uint32_t(v1::ItemState)>& of) {
  v1::ItemCounts counts;
  counts.set_received(of(v1::ITEM_STATE_RECEIVED));
  counts.set_invalid(of(v1::ITEM_STATE_INVALID));
  counts.set_blocked(of(v1::ITEM_STATE_BLOCKED));
  counts.set_queued(of(v1::ITEM_STATE_QUEUED));
  counts.set_in_flight(of(v1::ITEM_STATE_IN_FLIGHT));
  counts.set_unknown(of(v1::ITEM_STATE_UNKNOWN));
  counts.set_created(of(v1::ITEM_STATE_CREATED));
  counts.set_linked(of(v1::ITEM_STATE_LINKED));
  counts.set_updated(of(v1::ITEM_STATE_UPDATED));
  counts.set_unchanged(of(v1::ITEM_STATE_UNCHANGED));
  counts.set_rejected(of(v1::ITEM_STATE_REJECTED));
  counts.set_parked(of(v1::ITEM_STATE_PARKED));
  counts.set_cancelled(of(v1::ITEM_STATE_CANCELLED));
  return counts;
}

v1::Import ToImport(const ImportRow& row,
                    v1::ConnectionState connection_state) {
  v1::Import import;
  import.set_connection(row.connection());
  import.set_import_id(row.import_id());
  import.set_source_name(row.source_name());
  if (domain::IsFinished(row)) {
    import.set_state(v1::IMPORT_STATE_FINISHED);
    import.set_outcome(OutcomeOf(row));
  } else {
    import.set_state(row.ended() ? v1::IMPORT_STATE_RUNNING
                                 : v1::IMPORT_STATE_OPEN);
  }
  import.set_received_lines(row.received_lines());
  import.set_next_line(row.received_lines() + 1);
  *import.mutable_counts() = ToCounts(
      [&row](v1::ItemState state) { return domain::CountOf(row, state); });
  import.set_balance(static_cast<int32_t>(domain::BalanceOf(row)));
  *import.mutable_create_time() = row.create_time();
  *import.mutable_update_time() = row.update_time();
  import.set_connection_state(connection_state);
  import.set_existing_policy(row.existing_policy());
  *import.mutable_fields_not_taken() = row.not_taken();
  if (row.has_verification()) {
    *import.mutable_verification() = row.verification();
  }
  return import;
}

v1::ImportItem ToImportItem(uint32_t line, const tables::v1::ItemRow& row) {
  v1::ImportItem item;
  item.set_line(line);
  item.set_sku(row.sku());
  item.set_external_id(row.external_id());
  item.set_state(row.state());
  item.set_product_id(ProductIdText(row.product_id()));
  item.set_remote_id(row.remote_id());
  item.set_reason(row.reason());
  *item.mutable_problems() = row.problems();
  return item;
}

v1::MappedProduct ToMappedProduct(absl::string_view connection,
                                  const tables::v1::ProductRow& row) {
  v1::MappedProduct product;
  product.set_connection(std::string(connection));
  product.set_product_id(ProductIdText(row.product_id()));
  product.set_sku(row.sku());
  product.set_external_id(row.external_id());
  product.set_remote_id(row.remote_id());
  *product.mutable_duplicate_remote_ids() = row.duplicate_remote_ids();
  *product.mutable_former_remote_ids() = row.former_remote_ids();
  *product.mutable_former_skus() = row.former_skus();
  product.set_state(row.state());
  product.set_revision(row.revision());
  if (row.has_desired()) *product.mutable_desired() = row.desired();
  if (row.has_acknowledged()) {
    *product.mutable_acknowledged() = row.acknowledged();
  }
  product.set_pending_updates(row.pending_updates_size());
  product.set_write_open(row.intent() != 0);
  *product.mutable_differing_fields() = row.differing_fields();
  *product.mutable_drift() = row.drift();
  return product;
}

std::string ProductIdText(uint64_t product_id) {
  return product_id == 0 ? std::string() : absl::StrCat(product_id);
}

}  // namespace qantara::server
