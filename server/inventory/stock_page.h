// One page of figures.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_PAGE_H_
#define QANTARA_SERVER_INVENTORY_STOCK_PAGE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "domain/ports/tables.h"
#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/inventory_service.pb.h"
#include "server/inventory/location_names.h"
#include "server/inventory/stock_cursor.h"
#include "server/inventory/stock_filter.h"

namespace qantara::server {

// What a page is to hold. `filter` must outlive the page.
struct StockPageSpec {
  std::string connection;
  const StockFilter* filter = nullptr;
  // Whether `filter` names external ids: then the owner of every row is needed.
  bool by_external_id = false;
  // Levels that fit.
  size_t size = 0;
  // Where the page before ended; nothing: this is the first.
  std::optional<StockCursor> after;
};

// Takes rows in the order of their keys until the page is full. Not
// thread-safe.
class StockPage {
 public:
  // Rows of the tables that are looked at for one page.
  static constexpr size_t kMaxRows = 10'000;

  // `tables` must outlive it.
  StockPage(const domain::TableSnapshot& tables, StockPageSpec spec)
      : tables_(tables),
        spec_(std::move(spec)),
        names_(tables, spec_.connection) {}

  // Adds the wanted levels of a product that stand behind the cursor. Returns
  // whether there is room for more rows; if not, `end` says where it ended.
  //
  // Errors: kDataLoss.
  absl::StatusOr<bool> Add(const tables::v1::StockRow& row);

  // Says that nothing of what follows `remote_id` may be looked at any more,
  // although there may be more.
  void EndAfter(std::string remote_id);

  // Where the next page begins; nothing: there is none.
  const std::optional<StockCursor>& end() const { return end_; }
  std::vector<v1::StockLevel>& levels() { return levels_; }

 private:
  absl::StatusOr<std::vector<v1::StockLevel>> WantedOf(
      const tables::v1::StockRow& row);

  const domain::TableSnapshot& tables_;
  const StockPageSpec spec_;
  LocationNames names_;
  std::vector<v1::StockLevel> levels_;
  size_t rows_ = 0;
  size_t bytes_ = 0;
  std::optional<StockCursor> end_;
};

// Fills a page with the rows of all products, or with those that `filter` can
// name, which are found by their keys.
//
// Errors: kDataLoss.
absl::Status FillStockPage(const domain::TableSnapshot& tables,
                           const StockPageSpec& spec,
                           const v1::InventoryFilter& filter, StockPage& page);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_PAGE_H_
