// Stock: what differs from the last observation.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"
#include "domain/decide/decider.h"
#include "domain/decimal.h"
#include "domain/remote_id.h"
#include "domain/rows.h"
#include "domain/streams.h"
#include "domain/table_keys.h"
#include "domain/timestamps.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using events::v1::ProductStock;
using events::v1::StockChange;
using tables::v1::ConnectionRow;
using tables::v1::StockFigure;
using tables::v1::StockRow;

// The first entry of the location; a second one is noise.
const v1::LocationStock* Find(const v1::RemoteProduct& product,
                              const std::string& location_id) {
  for (const v1::LocationStock& stock : product.stock()) {
    if (stock.location_id() == location_id) return &stock;
  }
  return nullptr;
}

const StockFigure* Find(const StockRow& row, const std::string& location_id) {
  for (const StockFigure& figure : row.figures()) {
    if (figure.location_id() == location_id) return &figure;
  }
  return nullptr;
}

// Whether the location has a figure now. One that is listed and not measured
// keeps the figure that it had.
bool HasFigure(const StockRow& row, const v1::LocationStock& stock) {
  return stock.has_quantity() || Find(row, stock.location_id()) != nullptr;
}

bool WasObserved(const StockRow& row) {
  return row.state() != v1::STOCK_STATE_UNSPECIFIED &&
         row.state() != v1::STOCK_STATE_PRODUCT_GONE;
}

v1::StockState StateOf(const v1::RemoteProduct& product, const StockRow& row) {
  if (!product.has_track_quantity()) {
    return WasObserved(row) ? row.state() : v1::STOCK_STATE_NOT_YET_OBSERVED;
  }
  if (!product.track_quantity()) return v1::STOCK_STATE_UNTRACKED;
  if (!product.stock_told()) {
    // Silence is not an empty list: what is known stays, and it is no more.
    const bool tracked = row.state() == v1::STOCK_STATE_TRACKED_WITH_STOCK ||
                         row.state() == v1::STOCK_STATE_TRACKED_NEVER_MOVED;
    return tracked ? row.state() : v1::STOCK_STATE_NOT_YET_OBSERVED;
  }
  const bool figures =
      std::any_of(product.stock().begin(), product.stock().end(),
                  [&](const auto& stock) { return HasFigure(row, stock); });
  return figures ? v1::STOCK_STATE_TRACKED_WITH_STOCK
                 : v1::STOCK_STATE_TRACKED_NEVER_MOVED;
}

bool IsSame(const StockFigure& figure, const v1::LocationStock& stock) {
  return CompareDecimals(figure.quantity(), stock.quantity()) == 0;
}

void AddRemoved(const StockFigure& figure, v1::StockRemovedReason reason,
                ProductStock* out) {
  StockChange& change = *out->add_changes();
  change.set_location_id(figure.location_id());
  change.set_previous_quantity(figure.quantity());
  change.set_removed_reason(reason);
}

void AddMoved(const StockRow& row, const v1::RemoteProduct& product,
              ProductStock* out) {
  for (const v1::LocationStock& stock : product.stock()) {
    if (!stock.has_quantity() || Find(product, stock.location_id()) != &stock) {
      continue;
    }
    const StockFigure* before = Find(row, stock.location_id());
    if (before != nullptr && IsSame(*before, stock)) continue;
    StockChange& change = *out->add_changes();
    change.set_location_id(stock.location_id());
    change.set_location_name_en(stock.name_en());
    change.set_location_name_ar(stock.name_ar());
    if (before != nullptr) change.set_previous_quantity(before->quantity());
    change.set_quantity(stock.quantity());
  }
}

// Returns whether anything differs from `row`.
bool Compare(const StockRow& row, const v1::RemoteProduct& product,
             ProductStock* out) {
  out->set_remote_id(product.id());
  out->set_sku(product.sku());
  out->set_category_id(product.category_id());
  out->set_state(StateOf(product, row));
  if (out->state() == v1::STOCK_STATE_UNTRACKED) {
    for (const StockFigure& figure : row.figures()) {
      AddRemoved(figure, v1::STOCK_REMOVED_REASON_UNTRACKED, out);
    }
  } else if (product.stock_told() && product.track_quantity()) {
    for (const StockFigure& figure : row.figures()) {
      if (Find(product, figure.location_id()) == nullptr) {
        AddRemoved(figure, v1::STOCK_REMOVED_REASON_LOCATION_GONE, out);
      }
    }
    AddMoved(row, product, out);
  }
  return out->changes_size() > 0 || out->state() != row.state() ||
         out->sku() != row.sku() || out->category_id() != row.category_id();
}

// The sweep's count, where it is one: a product that was being created during
// the sweep, or that the provider's lists did not show yet, may be in it or
// not.
std::optional<uint64_t> CountOf(const RecordSweep& sweep,
                                const ConnectionRow& row) {
  if (row.open_creates() > 0 || row.last_create_position() > sweep.began ||
      IsAboveRemoteId(row.highest_remote_id(), sweep.highest_remote_id)) {
    return std::nullopt;
  }
  return sweep.total;
}

bool IsSameCount(const ConnectionRow& row, uint64_t total) {
  return row.counted() &&
         row.other_records() + static_cast<int64_t>(row.created_records()) ==
             static_cast<int64_t>(total);
}

// Returns whether the product was there before.
bool CompareGone(const StockRow& row, ProductStock* out) {
  out->set_remote_id(row.remote_id());
  out->set_sku(row.sku());
  out->set_category_id(row.category_id());
  out->set_state(v1::STOCK_STATE_PRODUCT_GONE);
  for (const StockFigure& figure : row.figures()) {
    AddRemoved(figure, v1::STOCK_REMOVED_REASON_PRODUCT_GONE, out);
  }
  return row.state() != v1::STOCK_STATE_PRODUCT_GONE;
}

}  // namespace

absl::StatusOr<Decided<NoReply>> Decide(const RecordStock& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  Decided<NoReply> decided;
  PendingEvent event{StockStream(command.connection)};
  auto& observed = *event.event.mutable_stock_observed();
  observed.set_connection(command.connection);
  *observed.mutable_observe_time() = ToTimestamp(command.observe_time);
  // A product that pages show twice is compared once, its last row counting.
  absl::flat_hash_set<std::string> seen;
  for (auto product = command.products.rbegin();
       product != command.products.rend(); ++product) {
    if (!seen.insert(product->id()).second) continue;
    QANTARA_ASSIGN_OR_RETURN(
        std::optional<StockRow> row,
        FindRow<StockRow>(state, Table::kStock,
                          TextKey(command.connection, product->id())));
    ProductStock stock;
    if (Compare(row.value_or(StockRow()), *product, &stock)) {
      *observed.add_products() = std::move(stock);
    }
  }
  std::reverse(observed.mutable_products()->begin(),
               observed.mutable_products()->end());
  for (const std::string& id : command.gone_ids) {
    if (!seen.insert(id).second) continue;
    QANTARA_ASSIGN_OR_RETURN(
        std::optional<StockRow> row,
        FindRow<StockRow>(state, Table::kStock,
                          TextKey(command.connection, id)));
    ProductStock stock;
    if (row.has_value() && CompareGone(*row, &stock)) {
      *observed.add_products() = std::move(stock);
    }
  }
  if (observed.products_size() > 0) decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<NoReply>> Decide(const RecordSweep& command,
                                        const TableReader& state,
                                        const DecisionContext&) {
  QANTARA_ASSIGN_OR_RETURN(const std::optional<ConnectionRow> row,
                           FindRow<ConnectionRow>(state, Table::kConnections,
                                                  TextKey(command.connection)));
  Decided<NoReply> decided;
  const ConnectionRow known = row.value_or(ConnectionRow());
  const std::optional<uint64_t> total = CountOf(command, known);
  const bool same_id =
      known.swept() && known.swept_remote_id() == command.highest_remote_id;
  if (same_id && (!total.has_value() || IsSameCount(known, *total))) {
    return decided;
  }
  PendingEvent event{StockStream(command.connection)};
  auto& swept = *event.event.mutable_catalog_swept();
  swept.set_connection(command.connection);
  swept.set_highest_remote_id(command.highest_remote_id);
  if (total.has_value()) swept.set_total(*total);
  decided.events.push_back(std::move(event));
  return decided;
}

}  // namespace qantara::domain
