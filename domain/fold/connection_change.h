// Changes of a connection's row.
#ifndef QANTARA_DOMAIN_FOLD_CONNECTION_CHANGE_H_
#define QANTARA_DOMAIN_FOLD_CONNECTION_CHANGE_H_

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Gives `change` the row of the connection, an empty one where there is none,
// and writes it, unless `change` returns false.
//
// Errors: kDataLoss (LOG_DAMAGED) when it is not a row of a connection.
absl::Status ChangeConnection(
    const std::string& connection, TableView& view,
    absl::FunctionRef<bool(tables::v1::ConnectionRow& row)> change);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_CONNECTION_CHANGE_H_
