#include "domain/decide/line_decider.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

void ParkRepeated(uint32_t line, AcceptedLine* out) {
  Park(v1::ERROR_REASON_SKU_REPEATED, "product.sku",
       line == 0 ? std::string("stands in an earlier line of this batch")
                 : absl::StrCat("stands in line ", line, " already"),
       out);
}

}  // namespace

bool IsUnchanged(const ParsedLine& line, const ProductRow& product) {
  if (product.state() != v1::MAPPING_STATE_MAPPED || product.intent() != 0 ||
      product.pending_updates_size() > 0) {
    return false;
  }
  if (product.content_digest() == line.digest) return true;
  v1::Product wanted = LineOf(line.payload).product();
  // A line under a former SKU does not take the new one back.
  if (wanted.sku() != product.sku()) wanted.clear_sku();
  wanted.clear_type();  // Set once, at creation.
  return PresentFields(DifferingFields(wanted, product.desired())).empty();
}

LineDecider::LineDecider(std::string connection, Position import_position,
                         const TableReader& state)
    : connection_(std::move(connection)),
      import_position_(import_position),
      state_(state) {}

absl::StatusOr<uint64_t> LineDecider::NextProductId() {
  if (next_product_id_ == 0) {
    QANTARA_ASSIGN_OR_RETURN(
        const std::optional<tables::v1::ConnectionRow> row,
        FindRow<tables::v1::ConnectionRow>(state_, Table::kConnections,
                                           TextKey(connection_)));
    next_product_id_ =
        row.has_value() && row->next_product_id() > 0 ? row->next_product_id()
                                                      : 1;
  }
  return next_product_id_++;
}

// Finds the product by SKU, then by external id; parks the line where the two
// disagree or the SKU was seen in this import.
absl::StatusOr<std::optional<ProductRow>> LineDecider::FindProduct(
    const ParsedLine& line, AcceptedLine* out) {
  uint64_t product_id = 0;
  if (!line.sku.empty()) {
    if (skus_.contains(line.sku)) {
      ParkRepeated(0, out);
      return std::optional<ProductRow>();
    }
    QANTARA_ASSIGN_OR_RETURN(
        const std::optional<ProductPointer> pointer,
        FindRow<ProductPointer>(state_, Table::kSkus,
                                TextKey(connection_, line.sku)));
    if (pointer.has_value()) {
      if (pointer->import_position() == import_position_) {
        ParkRepeated(pointer->import_line(), out);
        return std::optional<ProductRow>();
      }
      product_id = pointer->product_id();
    }
  }
  uint64_t by_external_id = 0;
  if (!line.external_id.empty()) {
    const auto local = external_ids_.find(line.external_id);
    if (local != external_ids_.end()) {
      by_external_id = local->second;
    } else {
      QANTARA_ASSIGN_OR_RETURN(
          const std::optional<ProductPointer> pointer,
          FindRow<ProductPointer>(state_, Table::kExternalIds,
                                  TextKey(connection_, line.external_id)));
      if (pointer.has_value()) by_external_id = pointer->product_id();
    }
  }
  if (by_external_id != 0 && by_external_id != product_id &&
      (product_id != 0 || !line.sku.empty())) {
    Park(v1::ERROR_REASON_EXTERNAL_ID_IN_USE, "external_id",
         absl::StrCat("belongs to product ", by_external_id), out);
    return std::optional<ProductRow>();
  }
  if (product_id == 0) product_id = by_external_id;
  if (product_id == 0) return std::optional<ProductRow>();
  return FindRow<ProductRow>(state_, Table::kProducts,
                             NumberKey(connection_, product_id));
}

absl::Status LineDecider::QueueNew(const ParsedLine& line, AcceptedLine* out) {
  QANTARA_ASSIGN_OR_RETURN(const uint64_t product_id, NextProductId());
  out->set_state(v1::ITEM_STATE_QUEUED);
  out->set_product_id(product_id);
  if (!line.sku.empty()) skus_.emplace(line.sku, product_id);
  if (!line.external_id.empty()) {
    external_ids_.emplace(line.external_id, product_id);
  }
  return absl::OkStatus();
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

  out->set_product_id(product->product_id());
  if (!line.external_id.empty() && !product->external_id().empty() &&
      product->external_id() != line.external_id) {
    Park(v1::ERROR_REASON_EXTERNAL_ID_IN_USE, "external_id",
         absl::StrCat("the product has the external id ",
                      product->external_id()),
         out);
    return absl::OkStatus();
  }
  if (!line.sku.empty()) skus_.emplace(line.sku, product->product_id());
  if (product->state() == v1::MAPPING_STATE_DUPLICATE) {
    Park(v1::ERROR_REASON_SKU_DUPLICATE, "product.sku",
         absl::StrCat("exists more than once, as ",
                      absl::StrJoin(product->duplicate_remote_ids(), ", ")),
         out);
    return absl::OkStatus();
  }
  if (IsUnchanged(line, *product)) {
    out->set_state(v1::ITEM_STATE_UNCHANGED);
  } else {
    out->set_state(v1::ITEM_STATE_QUEUED);
  }
  out->set_previous_position(product->last_position());
  return absl::OkStatus();
}

}  // namespace qantara::domain
