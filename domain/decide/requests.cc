#include "domain/decide/requests.h"

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {
namespace {

RequestKind KindOf(const tables::v1::RequestRow& row) {
  if (row.repair() != 0) return RequestKind::kRepair;
  return row.update() == 0 ? RequestKind::kCreate : RequestKind::kUpdate;
}

}  // namespace

absl::StatusOr<std::optional<tables::v1::RequestRow>> FindRequest(
    const TableReader& state, const std::string& connection,
    const std::string& request_id, const std::string& digest,
    RequestKind kind) {
  QANTARA_ASSIGN_OR_RETURN(
      std::optional<tables::v1::RequestRow> row,
      FindRow<tables::v1::RequestRow>(state, Table::kRequests,
                                      TextKey(connection, request_id)));
  if (!row.has_value()) return row;
  if (row->digest() != digest || KindOf(*row) != kind) {
    return MakeError(
        absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_REQUEST_ID_REUSED,
        absl::StrCat("request id ", request_id, " was used with other content"),
        {{"request_id", request_id}});
  }
  return row;
}

}  // namespace qantara::domain
