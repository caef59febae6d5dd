#include "domain/fold/line_keys.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "domain/fold/connection_change.h"
#include "domain/item_state.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {
namespace {

using events::v1::AcceptedLine;
using tables::v1::ImportRow;
using tables::v1::ProductPointer;
using tables::v1::ProductRow;
using tables::v1::SeenLine;

// Imports per key that are remembered. Beyond that many at the same time a
// repeated key counts as a change instead.
constexpr int kMaxImportsSeen = 4;

// Notes that the line carries the key. A single product has no second line.
void RememberLine(const ImportRow& row, uint32_t number,
                  ProductPointer* pointer) {
  if (row.kind() == events::v1::IMPORT_KIND_SINGLE) return;
  auto& seen = *pointer->mutable_seen();
  const auto same =
      std::find_if(seen.begin(), seen.end(), [&](const SeenLine& line) {
        return line.import_position() == row.open_position();
      });
  if (same != seen.end()) {
    seen.erase(same);
  } else if (seen.size() == kMaxImportsSeen) {
    seen.erase(seen.begin());
  }
  SeenLine& added = *seen.Add();
  added.set_import_position(row.open_position());
  added.set_line(number);
}

// Notes that the import has a line with this SKU. A line that answers to a
// former SKU keeps it a former one.
absl::Status TouchSku(const std::string& connection, const ImportRow& row,
                      uint32_t number, const AcceptedLine& line,
                      TableView& view) {
  std::string key = TextKey(connection, line.sku());
  std::optional<ProductPointer> pointer;
  // A new product was made because nothing had its SKU: no need to look.
  if (line.previous_position() != 0) {
    QANTARA_ASSIGN_OR_RETURN(pointer,
                             FindRow<ProductPointer>(view, Table::kSkus, key));
  }
  if (!pointer.has_value()) pointer.emplace();
  pointer->set_product_id(line.product_id());
  RememberLine(row, number, &*pointer);
  PutRow(view, Table::kSkus, std::move(key), *pointer);
  return absl::OkStatus();
}

// Notes that the import has a line with this external id. A line that is
// unchanged may still bring the first one of its product.
absl::Status TouchExternalId(const std::string& connection,
                             const ImportRow& row, uint32_t number,
                             const AcceptedLine& line, TableView& view) {
  std::string key = TextKey(connection, line.external_id());
  QANTARA_ASSIGN_OR_RETURN(
      std::optional<ProductPointer> pointer,
      FindRow<ProductPointer>(view, Table::kExternalIds, key));
  if (!pointer.has_value()) {
    pointer.emplace();
    if (!IsWaiting(line.state())) {
      std::string product_key = NumberKey(connection, line.product_id());
      QANTARA_ASSIGN_OR_RETURN(
          ProductRow product,
          GetRow<ProductRow>(view, Table::kProducts, product_key));
      product.set_external_id(line.external_id());
      PutRow(view, Table::kProducts, std::move(product_key), product);
    }
  }
  pointer->set_product_id(line.product_id());
  RememberLine(row, number, &*pointer);
  PutRow(view, Table::kExternalIds, std::move(key), *pointer);
  return absl::OkStatus();
}

}  // namespace

absl::Status TouchKeys(const std::string& connection, const ImportRow& row,
                       uint32_t number, const AcceptedLine& line,
                       TableView& view) {
  if (line.product_id() == 0 || line.state() == v1::ITEM_STATE_PARKED) {
    return absl::OkStatus();
  }
  if (!line.sku().empty()) {
    QANTARA_RETURN_IF_ERROR(TouchSku(connection, row, number, line, view));
  }
  if (line.external_id().empty()) return absl::OkStatus();
  return TouchExternalId(connection, row, number, line, view);
}

absl::Status RaiseNextProductId(const std::string& connection, uint64_t used,
                                TableView& view) {
  return ChangeConnection(connection, view,
                          [&](tables::v1::ConnectionRow& row) {
                            if (used < row.next_product_id()) return false;
                            row.set_next_product_id(used + 1);
                            return true;
                          });
}

}  // namespace qantara::domain
