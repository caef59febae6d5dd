#include "domain/fold/pending_updates.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {

using tables::v1::ProductPointer;
using tables::v1::ProductRow;
using tables::v1::UpdateRow;

void Enqueue(const std::string& connection, const ProductRow& product,
             TableView& view) {
  if (product.pending_updates_size() == 0) return;
  tables::v1::UpdateQueueRow row;
  row.set_product_id(product.product_id());
  PutRow(view, Table::kUpdateQueue,
         NumberKey(connection, product.pending_updates(0)), row);
}

void Dequeue(const std::string& connection, const ProductRow& product,
             TableView& view) {
  if (product.pending_updates_size() == 0) return;
  view.Delete(Table::kUpdateQueue,
              NumberKey(connection, product.pending_updates(0)));
}

absl::Status PointSku(const std::string& connection, const std::string& sku,
                      const ProductRow& product, bool former, TableView& view) {
  std::string key = TextKey(connection, sku);
  QANTARA_ASSIGN_OR_RETURN(std::optional<ProductPointer> pointer,
                           FindRow<ProductPointer>(view, Table::kSkus, key));
  if (!pointer.has_value()) pointer.emplace();
  pointer->set_product_id(product.product_id());
  pointer->set_former(former);
  PutRow(view, Table::kSkus, std::move(key), *pointer);
  return absl::OkStatus();
}

absl::Status ChangeSku(const std::string& connection, const std::string& sku,
                       ProductRow* product, TableView& view) {
  if (product->sku() == sku) return absl::OkStatus();
  QANTARA_RETURN_IF_ERROR(PointSku(connection, sku, *product, false, view));
  auto& former = *product->mutable_former_skus();
  former.erase(std::remove(former.begin(), former.end(), sku), former.end());
  if (!product->sku().empty()) {
    QANTARA_RETURN_IF_ERROR(
        PointSku(connection, product->sku(), *product, true, view));
    product->add_former_skus(product->sku());
  }
  product->set_sku(sku);
  return absl::OkStatus();
}

namespace {

// Whether an update that is still pending wants to take the SKU.
absl::StatusOr<bool> IsWanted(const std::string& connection,
                              const std::string& sku, const ProductRow& product,
                              const TableView& view) {
  for (const uint64_t update : product.pending_updates()) {
    QANTARA_ASSIGN_OR_RETURN(const UpdateRow row,
                             GetRow<UpdateRow>(view, Table::kUpdates,
                                               NumberKey(connection, update)));
    if (row.fields().has_sku() && row.fields().sku() == sku) return true;
  }
  return false;
}

// A reserved SKU that was not taken after all is free again, unless it is one
// that the product had before.
absl::Status ReleaseSku(const std::string& connection, const std::string& sku,
                        const ProductRow& product, TableView& view) {
  if (sku == product.sku()) return absl::OkStatus();
  QANTARA_ASSIGN_OR_RETURN(const bool wanted,
                           IsWanted(connection, sku, product, view));
  if (wanted) return absl::OkStatus();
  const auto& former = product.former_skus();
  if (std::find(former.begin(), former.end(), sku) != former.end()) {
    return PointSku(connection, sku, product, true, view);
  }
  view.Delete(Table::kSkus, TextKey(connection, sku));
  return absl::OkStatus();
}

}  // namespace

absl::Status ReleaseSkus(const std::string& connection,
                         absl::Span<const uint64_t> updates,
                         const ProductRow& product, TableView& view) {
  for (const uint64_t update : updates) {
    QANTARA_ASSIGN_OR_RETURN(const UpdateRow row,
                             GetRow<UpdateRow>(view, Table::kUpdates,
                                               NumberKey(connection, update)));
    if (!row.fields().has_sku()) continue;
    QANTARA_RETURN_IF_ERROR(
        ReleaseSku(connection, row.fields().sku(), product, view));
  }
  return absl::OkStatus();
}

}  // namespace qantara::domain
