#include "tests/domain/support/stock_invariants.h"

#include "absl/strings/str_cat.h"
#include "domain/remote_fields.h"

namespace qantara::domain {
namespace {

using tables::v1::StockRow;

void CheckFigures(const LoadedTables& t, const std::string& id,
                  const StockRow& row, std::vector<std::string>* broken) {
  for (int i = 0; i < row.figures_size(); ++i) {
    const tables::v1::StockFigure& figure = row.figures(i);
    if (figure.quantity().empty() ||
        (i > 0 && row.figures(i - 1).location_id() >= figure.location_id())) {
      broken->push_back("figures of " + id);
    }
    if (t.locations.find(figure.location_id()) == t.locations.end()) {
      broken->push_back("stock of " + id + " at an unknown location");
    }
  }
}

void CheckOwner(const LoadedTables& t, const std::string& id,
                const StockRow& row, std::vector<std::string>* broken) {
  const bool exists = t.products.find(row.product_id()) != t.products.end();
  if (row.product_id() == 0 ? !row.external_id().empty() : !exists) {
    broken->push_back("stock of " + id + " and its owner");
  }
}

}  // namespace

void CheckStock(const LoadedTables& t, std::vector<std::string>* broken) {
  for (const auto& [id, row] : t.stock) {
    const bool figures = row.state() == v1::STOCK_STATE_TRACKED_WITH_STOCK;
    if (row.remote_id() != id || row.last_position() == 0 ||
        row.state() == v1::STOCK_STATE_UNSPECIFIED ||
        figures != (row.figures_size() > 0)) {
      broken->push_back("stock of " + id + " and its figures");
    }
    CheckFigures(t, id, row, broken);
    CheckOwner(t, id, row, broken);
  }
}

void CheckLocations(const LoadedTables& t, std::vector<std::string>* broken) {
  for (const auto& [id, row] : t.locations) {
    if (id.empty() || row.location_id() != id || row.last_position() == 0) {
      broken->push_back("location " + id);
    }
  }
}

void CheckDrift(const LoadedTables& t, std::vector<std::string>* broken) {
  for (const auto& [number, row] : t.products) {
    const v1::Product acknowledged = ProductOfRemote(row.acknowledged());
    for (const v1::FieldDrift& drift : row.drift()) {
      if (row.remote_id().empty() || drift.theirs() == drift.acknowledged() ||
          drift.ours() != FieldText(drift.field(), row.desired()) ||
          drift.acknowledged() != FieldText(drift.field(), acknowledged)) {
        broken->push_back(
            absl::StrCat("drift of product ", number, ": ", drift.field()));
      }
    }
  }
}

}  // namespace qantara::domain
