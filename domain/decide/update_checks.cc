#include "domain/decide/update_checks.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/duplicate_text.h"
#include "domain/error.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {

using tables::v1::ProductPointer;
using tables::v1::ProductRow;

absl::Status CheckMapped(const ProductRow& row, absl::string_view name) {
  switch (row.state()) {
    case v1::MAPPING_STATE_MAPPED:
      return absl::OkStatus();
    case v1::MAPPING_STATE_STALE:
      return MakeError(absl::StatusCode::kFailedPrecondition,
                       v1::ERROR_REASON_MAPPING_STALE,
                       "the mapped record is gone; import the product again",
                       {{"product_id", absl::StrCat(row.product_id())}});
    case v1::MAPPING_STATE_DUPLICATE: {
      const std::string ids = absl::StrJoin(row.duplicate_remote_ids(), ",");
      return MakeError(absl::StatusCode::kFailedPrecondition,
                       v1::ERROR_REASON_SKU_DUPLICATE,
                       absl::StrCat("SKU ", row.sku(), " ", DuplicateText(row)),
                       {{"remote_ids", ids}});
    }
    default:
      return MakeError(absl::StatusCode::kFailedPrecondition,
                       v1::ERROR_REASON_PRODUCT_NOT_MAPPED,
                       absl::StrCat("product ", name,
                                    " has no remote id yet; import it first"),
                       {{"product_id", absl::StrCat(row.product_id())}});
  }
}

absl::Status CheckSkuFree(const std::string& connection,
                          const v1::Product& fields, const ProductRow& row,
                          const TableReader& state) {
  if (!fields.has_sku() || fields.sku() == row.sku()) {
    return absl::OkStatus();
  }
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<ProductPointer> pointer,
      FindRow<ProductPointer>(state, Table::kSkus,
                              TextKey(connection, fields.sku())));
  if (!pointer.has_value() || pointer->product_id() == row.product_id()) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kAlreadyExists,
                   v1::ERROR_REASON_SKU_IN_USE,
                   absl::StrCat("SKU ", fields.sku(), " belongs to product ",
                                pointer->product_id()),
                   {{"sku", fields.sku()},
                    {"product_id", absl::StrCat(pointer->product_id())}});
}

}  // namespace qantara::domain
