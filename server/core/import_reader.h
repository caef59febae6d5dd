// Answers questions about imports from the tables.
#ifndef QANTARA_SERVER_CORE_IMPORT_READER_H_
#define QANTARA_SERVER_CORE_IMPORT_READER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/tables.h"
#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/catalog_service.pb.h"
#include "server/core/connections.h"
#include "server/core/fresh_tables.h"

namespace qantara::server {

// Returns the row of an import of a client.
//
// Errors: kNotFound (IMPORT_NOT_FOUND), also for single products; kDataLoss.
absl::StatusOr<tables::v1::ImportRow> FindImportRow(
    const domain::TableReader& tables, absl::string_view connection,
    absl::string_view import_id);

// What the reading calls of CatalogService do. Blocks. Thread-safe.
class ImportReader {
 public:
  ImportReader(const Connections& connections, const FreshTables& tables)
      : connections_(connections), tables_(tables) {}

  absl::StatusOr<v1::GetImportResponse> Get(
      const v1::GetImportRequest& request) const;
  absl::StatusOr<v1::ListImportsResponse> List(
      const v1::ListImportsRequest& request) const;
  absl::StatusOr<v1::ListImportItemsResponse> ListItems(
      const v1::ListImportItemsRequest& request) const;

 private:
  const Connections& connections_;
  const FreshTables& tables_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_IMPORT_READER_H_
