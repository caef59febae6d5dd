#include "domain/observe/stock_changes.h"

#include <algorithm>
#include <string>

#include "domain/decimal.h"

namespace qantara::domain {
namespace {

using events::v1::ProductIdentity;
using events::v1::ProductStock;
using events::v1::StockChange;
using tables::v1::StockFigure;
using tables::v1::StockRow;

bool HasFigureAt(const StockRow& row, const std::string& location_id) {
  return std::any_of(row.figures().begin(), row.figures().end(),
                     [&](const StockFigure& figure) {
                       return figure.location_id() == location_id;
                     });
}

// Whether the location has a figure now. One that is listed and not measured
// keeps the figure that it had.
bool HasFigure(const StockRow& row, const v1::LocationStock& stock) {
  return stock.has_quantity() || HasFigureAt(row, stock.location_id());
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

void AddRemoved(const StockFigure& figure, v1::StockRemovedReason reason,
                ProductStock* out) {
  StockChange& change = *out->add_changes();
  change.set_location_id(figure.location_id());
  change.set_previous_quantity(figure.quantity());
  change.set_removed_reason(reason);
}

void AddAllRemoved(const StockRow& row, v1::StockRemovedReason reason,
                   ProductStock* out) {
  for (const StockFigure& figure : row.figures()) {
    AddRemoved(figure, reason, out);
  }
}

void AddMoved(const StockRow& row, const v1::LocationStock& stock,
              ProductStock* out) {
  const auto before =
      std::find_if(row.figures().begin(), row.figures().end(),
                   [&](const StockFigure& figure) {
                     return figure.location_id() == stock.location_id();
                   });
  const bool known = before != row.figures().end();
  if (known && CompareDecimals(before->quantity(), stock.quantity()) == 0) {
    return;
  }
  StockChange& change = *out->add_changes();
  change.set_location_id(stock.location_id());
  if (known) change.set_previous_quantity(before->quantity());
  change.set_quantity(stock.quantity());
}

void AddFigures(const StockRow& row, const v1::RemoteProduct& product,
                ProductStock* out) {
  for (const StockFigure& figure : row.figures()) {
    if (FindLocation(product, figure.location_id()) == nullptr) {
      AddRemoved(figure, v1::STOCK_REMOVED_REASON_LOCATION_GONE, out);
    }
  }
  for (const v1::LocationStock& stock : product.stock()) {
    const bool counts = FindLocation(product, stock.location_id()) == &stock;
    if (counts && stock.has_quantity()) AddMoved(row, stock, out);
  }
}

void AddHeld(const StockRow& row, ProductStock* out) {
  for (const StockFigure& figure : row.figures()) {
    const bool changed =
        std::any_of(out->changes().begin(), out->changes().end(),
                    [&](const StockChange& change) {
                      return change.location_id() == figure.location_id();
                    });
    if (changed) continue;
    StockChange& held = *out->add_held();
    held.set_location_id(figure.location_id());
    held.set_previous_quantity(figure.quantity());
    held.set_quantity(figure.quantity());
  }
}

// Completes what is told of the product itself; nothing where all of it is as
// it was.
std::optional<ProductStock> Finish(const StockRow& row,
                                   const RecordOwner& owner, ProductStock out) {
  out.set_external_id(owner.external_id);
  out.set_product_id(owner.product_id);
  const bool known = row.state() != v1::STOCK_STATE_UNSPECIFIED;
  const bool renamed = out.sku() != row.sku() ||
                       out.category_id() != row.category_id() ||
                       out.external_id() != row.external_id() ||
                       out.product_id() != row.product_id();
  if (known && renamed) {
    ProductIdentity& before = *out.mutable_before();
    before.set_sku(row.sku());
    before.set_category_id(row.category_id());
    before.set_external_id(row.external_id());
    before.set_product_id(row.product_id());
    AddHeld(row, &out);
  }
  if (out.changes().empty() && out.state() == row.state() && !renamed) {
    return std::nullopt;
  }
  return out;
}

}  // namespace

const v1::LocationStock* FindLocation(const v1::RemoteProduct& product,
                                      const std::string& location_id) {
  for (const v1::LocationStock& stock : product.stock()) {
    if (stock.location_id() == location_id) return &stock;
  }
  return nullptr;
}

bool TellsStock(const v1::RemoteProduct& product) {
  return product.track_quantity() && product.stock_told();
}

std::optional<ProductStock> CompareStock(const StockRow& row,
                                         const RecordOwner& owner,
                                         const v1::RemoteProduct& product) {
  ProductStock out;
  out.set_remote_id(product.id());
  out.set_sku(product.has_sku() ? product.sku() : row.sku());
  out.set_category_id(product.has_category_id() ? product.category_id()
                                                : row.category_id());
  out.set_state(StateOf(product, row));
  if (out.state() == v1::STOCK_STATE_UNTRACKED) {
    AddAllRemoved(row, v1::STOCK_REMOVED_REASON_UNTRACKED, &out);
  } else if (TellsStock(product)) {
    AddFigures(row, product, &out);
  }
  return Finish(row, owner, std::move(out));
}

std::optional<ProductStock> CompareGone(const StockRow& row,
                                        const RecordOwner& owner) {
  ProductStock out;
  out.set_remote_id(row.remote_id());
  out.set_sku(row.sku());
  out.set_category_id(row.category_id());
  out.set_state(v1::STOCK_STATE_PRODUCT_GONE);
  AddAllRemoved(row, v1::STOCK_REMOVED_REASON_PRODUCT_GONE, &out);
  return Finish(row, owner, std::move(out));
}

}  // namespace qantara::domain
