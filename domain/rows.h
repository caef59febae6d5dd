// Typed access to the rows of the derived tables.
#ifndef QANTARA_DOMAIN_ROWS_H_
#define QANTARA_DOMAIN_ROWS_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "domain/error.h"
#include "domain/ports/tables.h"
#include "domain/status_macros.h"

namespace qantara::domain {

// Returns the row, or nothing where there is none.
//
// Errors: kDataLoss (LOG_DAMAGED) when it is not a row of this kind.
template <typename Row>
absl::StatusOr<std::optional<Row>> FindRow(const TableReader& reader,
                                           Table table, absl::string_view key) {
  QANTARA_ASSIGN_OR_RETURN(std::optional<std::string> value,
                           reader.Get(table, key));
  if (!value.has_value()) return std::optional<Row>();
  std::optional<Row> row(std::in_place);
  if (!row->ParseFromString(*value)) {
    return MakeError(
        absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
        absl::StrCat("unreadable row in table ", static_cast<int>(table)));
  }
  return row;
}

// Returns the row, which must exist.
//
// Errors: kDataLoss (LOG_DAMAGED) when it does not.
template <typename Row>
absl::StatusOr<Row> GetRow(const TableReader& reader, Table table,
                           absl::string_view key) {
  QANTARA_ASSIGN_OR_RETURN(std::optional<Row> row,
                           FindRow<Row>(reader, table, key));
  if (!row.has_value()) {
    return MakeError(
        absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
        absl::StrCat("missing row in table ", static_cast<int>(table)));
  }
  return *std::move(row);
}

// Writes the row.
template <typename Row>
void PutRow(TableView& view, Table table, std::string key, const Row& row) {
  std::string value = row.SerializeAsString();
  view.Put(table, std::move(key), std::move(value));
}

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_ROWS_H_
