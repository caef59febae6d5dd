#include "domain/decide/line_decider.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/duplicate_text.h"
#include "domain/held_fields.h"
#include "domain/product_fields.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {
namespace {

using events::v1::AcceptedLine;
using tables::v1::ProductPointer;
using tables::v1::ProductRow;

void Park(v1::ErrorReason reason, absl::string_view field, std::string message,
          AcceptedLine* out) {
  out->set_state(v1::ITEM_STATE_PARKED);
  out->set_reason(reason);
  v1::ItemProblem& problem = *out->add_problems();
  problem.set_field(std::string(field));
  problem.set_reason(reason);
  problem.set_message(std::move(message));
}

// The line of the import that carried the key; 0: none did.
uint32_t SeenIn(Position import_position, const ProductPointer& pointer) {
  for (const tables::v1::SeenLine& seen : pointer.seen()) {
    if (seen.import_position() == import_position) return seen.line();
  }
  return 0;
}

void ParkRepeated(uint32_t line, AcceptedLine* out) {
  Park(v1::ERROR_REASON_SKU_REPEATED, "product.sku",
       line == 0 ? std::string("stands in an earlier line of this batch")
                 : absl::StrCat("stands in line ", line, " already"),
       out);
}

}  // namespace

bool IsUnchanged(const ParsedLine& line, const ProductRow& product,
                 v1::ExistingPolicy policy) {
  if (product.state() != v1::MAPPING_STATE_MAPPED || product.intent() != 0 ||
      product.pending_updates_size() > 0) {
    return false;
  }
  const bool compared =
      product.content_unsent() && policy == v1::EXISTING_POLICY_UPDATE;
  // A linked record is left as it is, whoever changes it.
  const bool told = product.drift().empty() || product.content_unsent();
  if (!compared && told && product.content_digest() == line.digest) return true;
  v1::Product wanted = LineOf(line.payload).product();
  // A line under a former SKU does not take the new one back.
  if (wanted.sku() != product.sku()) wanted.clear_sku();
  ClearFixedFields(&wanted);
  return PresentFields(DifferingFields(wanted, HeldFields(product))).empty();
}

LineDecider::LineDecider(std::string connection, Position import_position,
                         v1::ExistingPolicy policy, const TableReader& state)
    : connection_(std::move(connection)),
      import_position_(import_position),
      policy_(policy),
      state_(state) {}

absl::StatusOr<uint64_t> LineDecider::NextProductId() {
  if (next_product_id_ == 0) {
    QANTARA_ASSIGN_OR_RETURN(
        const std::optional<tables::v1::ConnectionRow> row,
        FindRow<tables::v1::ConnectionRow>(state_, Table::kConnections,
                                           TextKey(connection_)));
    next_product_id_ = row.has_value() && row->next_product_id() > 0
                           ? row->next_product_id()
                           : 1;
  }
  return next_product_id_++;
}

// Finds the product by SKU; parks the line where the SKU was seen in this
// import.
absl::StatusOr<uint64_t> LineDecider::FindBySku(const ParsedLine& line,
                                                AcceptedLine* out) {
  if (line.sku.empty()) return 0;
  if (skus_.contains(line.sku)) {
    ParkRepeated(0, out);
    return 0;
  }
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<ProductPointer> pointer,
      FindRow<ProductPointer>(state_, Table::kSkus,
                              TextKey(connection_, line.sku)));
  if (!pointer.has_value()) return 0;
  const uint32_t seen = SeenIn(import_position_, *pointer);
  if (seen != 0) ParkRepeated(seen, out);
  return pointer->product_id();
}

// Finds the product by external id; parks a line that has no other key where
// it was seen in this import.
absl::StatusOr<uint64_t> LineDecider::FindByExternalId(const ParsedLine& line,
                                                       AcceptedLine* out) {
  if (line.external_id.empty()) return 0;
  uint64_t product_id = 0;
  bool seen = false;
  const auto local = external_ids_.find(line.external_id);
  if (local != external_ids_.end()) {
    product_id = local->second;
    seen = true;
  } else {
    QANTARA_ASSIGN_OR_RETURN(
        const std::optional<ProductPointer> pointer,
        FindRow<ProductPointer>(state_, Table::kExternalIds,
                                TextKey(connection_, line.external_id)));
    if (pointer.has_value()) {
      product_id = pointer->product_id();
      seen = SeenIn(import_position_, *pointer) != 0;
    }
  }
  if (seen && line.sku.empty()) {
    Park(v1::ERROR_REASON_EXTERNAL_ID_IN_USE, "external_id",
         "stands in an earlier line of this import", out);
  }
  return product_id;
}

// Finds the product by SKU, then by external id; parks the line where the two
// disagree or were seen in this import.
absl::StatusOr<std::optional<ProductRow>> LineDecider::FindProduct(
    const ParsedLine& line, AcceptedLine* out) {
  QANTARA_ASSIGN_OR_RETURN(const uint64_t by_sku, FindBySku(line, out));
  if (out->state() == v1::ITEM_STATE_PARKED) return std::optional<ProductRow>();
  QANTARA_ASSIGN_OR_RETURN(const uint64_t by_external_id,
                           FindByExternalId(line, out));
  if (out->state() == v1::ITEM_STATE_PARKED) return std::optional<ProductRow>();
  if (by_external_id != 0 && by_external_id != by_sku && !line.sku.empty()) {
    Park(v1::ERROR_REASON_EXTERNAL_ID_IN_USE, "external_id",
         absl::StrCat("belongs to product ", by_external_id), out);
    return std::optional<ProductRow>();
  }
  const uint64_t product_id = by_sku != 0 ? by_sku : by_external_id;
  if (product_id == 0) return std::optional<ProductRow>();
  return FindRow<ProductRow>(state_, Table::kProducts,
                             NumberKey(connection_, product_id));
}

absl::Status LineDecider::QueueNew(const ParsedLine& line, AcceptedLine* out) {
  QANTARA_ASSIGN_OR_RETURN(const uint64_t product_id, NextProductId());
  out->set_state(v1::ITEM_STATE_QUEUED);
  out->set_product_id(product_id);
  TakeKeys(line, product_id);
  return absl::OkStatus();
}

void LineDecider::TakeKeys(const ParsedLine& line, uint64_t product_id) {
  if (!line.sku.empty()) skus_.emplace(line.sku, product_id);
  if (!line.external_id.empty()) {
    external_ids_.emplace(line.external_id, product_id);
  }
}

// The client's id of the product; one that an earlier line brought counts.
const std::string& LineDecider::ExternalIdOf(const ProductRow& product) const {
  const auto known = known_.find(product.product_id());
  return known == known_.end() || known->second.external_id.empty()
             ? product.external_id()
             : known->second.external_id;
}

void LineDecider::DecideKnown(const ParsedLine& line, const ProductRow& product,
                              AcceptedLine* out) {
  out->set_product_id(product.product_id());
  const std::string& external_id = ExternalIdOf(product);
  if (!line.external_id.empty() && !external_id.empty() &&
      line.external_id != external_id) {
    Park(v1::ERROR_REASON_EXTERNAL_ID_IN_USE, "external_id",
         absl::StrCat("the product has the external id ", external_id), out);
    return;
  }
  if (product.state() == v1::MAPPING_STATE_DUPLICATE) {
    Park(v1::ERROR_REASON_SKU_DUPLICATE, "product.sku", DuplicateText(product),
         out);
    return;
  }
  TakeKeys(line, product.product_id());
  Known& known = known_[product.product_id()];
  if (!line.external_id.empty()) known.external_id = line.external_id;
  // What still waits may change the product before this line's turn.
  const bool waits = product.open_items() > 0 || known.queued;
  if (!waits && IsUnchanged(line, product, policy_)) {
    out->set_state(v1::ITEM_STATE_UNCHANGED);
  } else {
    out->set_state(v1::ITEM_STATE_QUEUED);
    known.queued = true;
  }
  out->set_previous_position(product.last_position());
}

absl::Status LineDecider::Decide(const ParsedLine& line, AcceptedLine* out) {
  out->set_payload(line.payload);
  out->set_digest(line.digest);
  out->set_sku(line.sku);
  out->set_external_id(line.external_id);
  if (!line.problems.empty()) {
    out->set_state(v1::ITEM_STATE_INVALID);
    out->set_reason(line.problems.front().reason());
    for (const v1::ItemProblem& problem : line.problems) {
      *out->add_problems() = problem;
    }
    return absl::OkStatus();
  }
  QANTARA_ASSIGN_OR_RETURN(const std::optional<ProductRow> product,
                           FindProduct(line, out));
  if (out->state() == v1::ITEM_STATE_PARKED) return absl::OkStatus();
  if (!product.has_value()) return QueueNew(line, out);
  DecideKnown(line, *product, out);
  return absl::OkStatus();
}

}  // namespace qantara::domain
