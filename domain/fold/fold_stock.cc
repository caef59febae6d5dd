#include "domain/fold/fold_stock.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "domain/fold/connection_change.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using events::v1::EventRecord;
using events::v1::ProductStock;
using events::v1::StockChange;
using tables::v1::StockFigure;
using tables::v1::StockRow;

void ApplyChange(const events::v1::StockObserved& event,
                 const StockChange& change, StockRow* row) {
  auto& figures = *row->mutable_figures();
  const auto place = std::find_if(
      figures.begin(), figures.end(), [&](const StockFigure& figure) {
        return figure.location_id() == change.location_id();
      });
  if (!change.has_quantity()) {
    if (place != figures.end()) figures.erase(place);
    return;
  }
  StockFigure* figure = place == figures.end() ? figures.Add() : &*place;
  figure->set_location_id(change.location_id());
  figure->set_quantity(change.quantity());
  *figure->mutable_observe_time() = event.observe_time();
}

// Writes a row of stock, and its place in the index by SKU. `former_sku` is the
// SKU of the row before; empty where there was none.
void PutStock(const std::string& connection, absl::string_view former_sku,
              const StockRow& row, TableView& view) {
  if (former_sku != row.sku()) {
    if (!former_sku.empty()) {
      view.Delete(Table::kStockBySku,
                  TextKey(connection, former_sku, row.remote_id()));
    }
    if (!row.sku().empty()) {
      view.Put(Table::kStockBySku,
               TextKey(connection, row.sku(), row.remote_id()), "");
    }
  }
  PutRow(view, Table::kStock, TextKey(connection, row.remote_id()), row);
}

}  // namespace

absl::Status FoldStockObserved(const EventRecord& record,
                               const events::v1::StockObserved& event,
                               TableView& view) {
  for (const ProductStock& product : event.products()) {
    QANTARA_ASSIGN_OR_RETURN(
        std::optional<StockRow> found,
        FindRow<StockRow>(view, Table::kStock,
                          TextKey(event.connection(), product.remote_id())));
    StockRow row = std::move(found).value_or(StockRow());
    const std::string former_sku = row.sku();
    row.set_remote_id(product.remote_id());
    row.set_sku(product.sku());
    row.set_category_id(product.category_id());
    row.set_state(product.state());
    row.set_external_id(product.external_id());
    row.set_product_id(product.product_id());
    row.set_last_position(record.position());
    for (const StockChange& change : product.changes()) {
      ApplyChange(event, change, &row);
    }
    std::sort(row.mutable_figures()->begin(), row.mutable_figures()->end(),
              [](const StockFigure& left, const StockFigure& right) {
                return left.location_id() < right.location_id();
              });
    PutStock(event.connection(), former_sku, row, view);
  }
  return absl::OkStatus();
}

absl::Status FoldCatalogSwept(const EventRecord&,
                              const events::v1::CatalogSwept& event,
                              TableView& view) {
  return ChangeConnection(
      event.connection(), view, [&](tables::v1::ConnectionRow& row) {
        row.set_swept(true);
        row.set_swept_remote_id(event.highest_remote_id());
        if (event.began_position() > 0) {
          row.set_swept_since_position(event.began_position());
        }
        if (event.has_total()) {
          row.set_counted(true);
          row.set_other_records(static_cast<int64_t>(event.total()) -
                                static_cast<int64_t>(row.created_records()));
        }
        return true;
      });
}

absl::Status FoldLocationsObserved(const EventRecord& record,
                                   const events::v1::LocationsObserved& event,
                                   TableView& view) {
  for (const events::v1::LocationChange& change : event.locations()) {
    tables::v1::LocationRow row;
    row.set_location_id(change.location_id());
    row.set_name_en(change.name_en());
    row.set_name_ar(change.name_ar());
    if (change.has_is_default()) row.set_is_default(change.is_default());
    row.set_last_position(record.position());
    PutRow(view, Table::kLocations,
           TextKey(event.connection(), change.location_id()), row);
  }
  return absl::OkStatus();
}

absl::Status FoldStockSnapshotTaken(const events::v1::StockSnapshotTaken& event,
                                    TableView& view) {
  for (const events::v1::KeptStock& kept : event.rows()) {
    QANTARA_ASSIGN_OR_RETURN(
        const std::optional<StockRow> found,
        FindRow<StockRow>(view, Table::kStock,
                          TextKey(event.connection(), kept.remote_id())));
    StockRow row;
    row.set_remote_id(kept.remote_id());
    row.set_sku(kept.sku());
    row.set_state(kept.state());
    row.set_last_position(kept.last_position());
    row.set_category_id(kept.category_id());
    row.set_external_id(kept.external_id());
    row.set_product_id(kept.product_id());
    for (const events::v1::KeptFigure& kept_figure : kept.figures()) {
      StockFigure& figure = *row.add_figures();
      figure.set_location_id(kept_figure.location_id());
      figure.set_quantity(kept_figure.quantity());
      *figure.mutable_observe_time() = kept_figure.observe_time();
    }
    PutStock(event.connection(), found.has_value() ? found->sku() : "", row,
             view);
  }
  return absl::OkStatus();
}

absl::Status FoldStockHistoryCut(const events::v1::StockHistoryCut& event,
                                 TableView& view) {
  return ChangeConnection(
      event.connection(), view, [&](tables::v1::ConnectionRow& row) {
        row.set_stock_cut_position(event.through_position());
        return true;
      });
}

}  // namespace qantara::domain
