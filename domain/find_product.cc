#include "domain/find_product.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {
namespace {

using Kind = ProductSelector::Kind;
using tables::v1::ProductPointer;
using tables::v1::ProductRow;

absl::StatusOr<uint64_t> FindId(const TableReader& state,
                                const std::string& connection,
                                const ProductSelector& selector) {
  Table table = Table::kSkus;
  switch (selector.kind) {
    case Kind::kProductId: {
      uint64_t id = 0;
      return absl::SimpleAtoi(selector.value, &id) ? id : 0;
    }
    case Kind::kSku:
      break;
    case Kind::kExternalId:
      table = Table::kExternalIds;
      break;
    case Kind::kRemoteId:
      table = Table::kRemoteIds;
      break;
  }
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<ProductPointer> pointer,
      FindRow<ProductPointer>(state, table,
                              TextKey(connection, selector.value)));
  return pointer.has_value() ? pointer->product_id() : 0;
}

}  // namespace

absl::StatusOr<ProductRow> FindProduct(const TableReader& state,
                                       const std::string& connection,
                                       const ProductSelector& selector) {
  QANTARA_ASSIGN_OR_RETURN(const uint64_t id,
                           FindId(state, connection, selector));
  std::optional<ProductRow> row;
  if (id != 0) {
    QANTARA_ASSIGN_OR_RETURN(row,
                             FindRow<ProductRow>(state, Table::kProducts,
                                                 NumberKey(connection, id)));
  }
  if (!row.has_value()) {
    return MakeError(
        absl::StatusCode::kNotFound, v1::ERROR_REASON_PRODUCT_NOT_FOUND,
        absl::StrCat("no product ", selector.value), {{"key", selector.value}});
  }
  return *std::move(row);
}

bool IsMappedRemoteId(const TableReader& state, const std::string& connection,
                      const std::string& remote_id) {
  const auto pointer = FindRow<ProductPointer>(state, Table::kRemoteIds,
                                               TextKey(connection, remote_id));
  return pointer.ok() && pointer->has_value() && !(*pointer)->former();
}

}  // namespace qantara::domain
