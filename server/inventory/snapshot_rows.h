// The present stock of a connection, page by page.
#ifndef QANTARA_SERVER_INVENTORY_SNAPSHOT_ROWS_H_
#define QANTARA_SERVER_INVENTORY_SNAPSHOT_ROWS_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "domain/ports/tables.h"
#include "qantara/v1/inventory_watch.pb.h"
#include "server/inventory/location_names.h"
#include "server/inventory/stock_filter.h"

namespace qantara::server {

// Reads one state of the tables, however long it takes. Not thread-safe.
class SnapshotRows {
 public:
  // Rows of the tables that are read at once, and levels after which a page is
  // full.
  static constexpr size_t kMaxRows = 4096;
  static constexpr int kMaxLevels = 256;

  SnapshotRows(std::unique_ptr<domain::TableSnapshot> tables,
               const std::string& connection);

  domain::Position position() const { return tables_->position(); }

  // Fills a page with levels that `filter` wants, as the last events told them;
  // it may stay empty. Returns whether there is more.
  //
  // Errors: kDataLoss.
  absl::StatusOr<bool> Next(const StockFilter& filter, v1::InventoryRows* page);

 private:
  absl::Status AddRow(absl::string_view value, const StockFilter& filter,
                      v1::InventoryRows* page);

  const std::unique_ptr<domain::TableSnapshot> tables_;
  LocationNames names_;
  std::string next_;
  const std::string end_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_SNAPSHOT_ROWS_H_
