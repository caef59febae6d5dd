#include "domain/observe/stock_reading.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "domain/observe/record_owner.h"
#include "domain/observe/seen_locations.h"
#include "domain/observe/stock_changes.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using events::v1::ProductStock;
using tables::v1::StockRow;
using Ids = absl::flat_hash_set<absl::string_view>;

absl::StatusOr<std::optional<StockRow>> FindStock(const RecordStock& command,
                                                  const std::string& remote_id,
                                                  const TableReader& state) {
  return FindRow<StockRow>(state, Table::kStock,
                           TextKey(command.connection, remote_id));
}

// The records that count, in the order of the reading.
std::vector<const v1::RemoteProduct*> LastRecords(const RecordStock& command,
                                                  Ids* seen) {
  std::vector<const v1::RemoteProduct*> records;
  for (auto product = command.products.rbegin();
       product != command.products.rend(); ++product) {
    if (seen->insert(product->id()).second) records.push_back(&*product);
  }
  std::reverse(records.begin(), records.end());
  return records;
}

absl::Status SeeLocations(const v1::RemoteProduct& product,
                          SeenLocations* locations) {
  if (!TellsStock(product)) return absl::OkStatus();
  for (const v1::LocationStock& stock : product.stock()) {
    if (FindLocation(product, stock.location_id()) != &stock) continue;
    QANTARA_RETURN_IF_ERROR(locations->See(
        {stock.location_id(), stock.name_en(), stock.name_ar(), std::nullopt}));
  }
  return absl::OkStatus();
}

absl::Status AddGone(const RecordStock& command, const TableReader& state,
                     Ids* seen, StockNews* news) {
  for (const std::string& id : command.gone_ids) {
    if (!seen->insert(id).second) continue;
    QANTARA_ASSIGN_OR_RETURN(const std::optional<StockRow> row,
                             FindStock(command, id, state));
    if (!row.has_value()) continue;
    QANTARA_ASSIGN_OR_RETURN(const RecordOwner owner,
                             FindOwner(state, command.connection, id));
    std::optional<ProductStock> stock = CompareGone(*row, owner);
    if (stock.has_value()) news->products.push_back(*std::move(stock));
  }
  return absl::OkStatus();
}

// Whether the product, or another record of the reading, tells news of a
// location that the product lists.
bool TellsLocation(const v1::RemoteProduct& product,
                   const SeenLocations& locations) {
  return std::any_of(
      product.stock().begin(), product.stock().end(),
      [&](const auto& stock) { return locations.IsNews(stock.location_id()); });
}

absl::StatusOr<StockNews> Compare(const RecordStock& command,
                                  const TableReader& state,
                                  SeenLocations* seen_locations) {
  StockNews news;
  Ids seen;
  SeenLocations& locations = *seen_locations;
  for (const v1::RemoteProduct* product : LastRecords(command, &seen)) {
    QANTARA_RETURN_IF_ERROR(SeeLocations(*product, &locations));
    QANTARA_ASSIGN_OR_RETURN(const std::optional<StockRow> row,
                             FindStock(command, product->id(), state));
    QANTARA_ASSIGN_OR_RETURN(
        const RecordOwner owner,
        FindOwner(state, command.connection, product->id()));
    std::optional<ProductStock> stock =
        CompareStock(row.value_or(StockRow()), owner, *product);
    if (stock.has_value()) news.products.push_back(*std::move(stock));
  }
  QANTARA_RETURN_IF_ERROR(AddGone(command, state, &seen, &news));
  for (ProductStock& stock : news.products) {
    QANTARA_RETURN_IF_ERROR(locations.Name(&stock));
  }
  news.locations = locations.Changes(command.observe_time);
  return news;
}

}  // namespace

absl::StatusOr<StockNews> StockNewsOf(const RecordStock& command,
                                      const TableReader& state) {
  SeenLocations locations(state, command.connection);
  return Compare(command, state, &locations);
}

absl::StatusOr<RecordStock> KeepNews(RecordStock command,
                                     const TableReader& state) {
  SeenLocations locations(state, command.connection);
  QANTARA_ASSIGN_OR_RETURN(const StockNews news,
                           Compare(command, state, &locations));
  Ids products;
  for (const ProductStock& stock : news.products) {
    products.insert(stock.remote_id());
  }
  if (products.empty() && news.locations.locations().empty()) {
    command.products.clear();
    command.gone_ids.clear();
    return command;
  }
  Ids seen;
  std::vector<v1::RemoteProduct> kept;
  for (const v1::RemoteProduct* product : LastRecords(command, &seen)) {
    if (products.contains(product->id()) ||
        TellsLocation(*product, locations)) {
      kept.push_back(*product);
    }
  }
  std::erase_if(command.gone_ids,
                [&](const std::string& id) { return !products.contains(id); });
  // Until here `seen` looks at the former ones.
  command.products = std::move(kept);
  return command;
}

}  // namespace qantara::domain
