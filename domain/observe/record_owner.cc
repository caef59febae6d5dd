#include "domain/observe/record_owner.h"

#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {

using tables::v1::ProductPointer;
using tables::v1::ProductRow;

absl::StatusOr<std::optional<ProductRow>> FindOwnerRow(
    const TableReader& state, const std::string& connection,
    const std::string& remote_id) {
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<ProductPointer> pointer,
      FindRow<ProductPointer>(state, Table::kRemoteIds,
                              TextKey(connection, remote_id)));
  if (!pointer.has_value() || pointer->former()) {
    return std::optional<ProductRow>();
  }
  QANTARA_ASSIGN_OR_RETURN(
      ProductRow row,
      GetRow<ProductRow>(state, Table::kProducts,
                         NumberKey(connection, pointer->product_id())));
  return std::optional<ProductRow>(std::move(row));
}

absl::StatusOr<RecordOwner> FindOwner(const TableReader& state,
                                      const std::string& connection,
                                      const std::string& remote_id) {
  QANTARA_ASSIGN_OR_RETURN(const std::optional<ProductRow> row,
                           FindOwnerRow(state, connection, remote_id));
  RecordOwner owner;
  if (row.has_value()) {
    owner.external_id = row->external_id();
    owner.product_id = row->product_id();
  }
  return owner;
}

}  // namespace qantara::domain
