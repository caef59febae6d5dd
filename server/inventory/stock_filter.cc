#include "server/inventory/stock_filter.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/decimal.h"
#include "domain/status_macros.h"
#include "server/core/invalid.h"

namespace qantara::server {
namespace {

using Values = google::protobuf::RepeatedPtrField<std::string>;
using Set = absl::flat_hash_set<std::string>;

// Longest value in bytes; no stored one is longer.
constexpr size_t kMaxValueBytes = 1024;

absl::Status Fill(absl::string_view field, const Values& values, Set* set) {
  const std::string path = absl::StrCat("filter.", field);
  if (values.size() > StockFilter::kMaxValues) {
    return Invalid(
        path, v1::ERROR_REASON_FIELD_TOO_LONG,
        absl::StrCat("at most ", StockFilter::kMaxValues, " values"));
  }
  for (int i = 0; i < values.size(); ++i) {
    if (values[i].empty()) {
      return Invalid(absl::StrCat(path, "[", i, "]"),
                     v1::ERROR_REASON_FIELD_INVALID, "must not be empty");
    }
    if (values[i].size() > kMaxValueBytes) {
      return Invalid(absl::StrCat(path, "[", i, "]"),
                     v1::ERROR_REASON_FIELD_TOO_LONG, "no value is so long");
    }
    set->insert(values[i]);
  }
  return absl::OkStatus();
}

bool In(const Set& set, absl::string_view value) {
  return set.empty() || set.contains(value);
}

}  // namespace

absl::StatusOr<StockFilter> StockFilter::Make(
    const v1::InventoryFilter& filter) {
  StockFilter made;
  QANTARA_RETURN_IF_ERROR(Fill("skus", filter.skus(), &made.skus_));
  QANTARA_RETURN_IF_ERROR(
      Fill("remote_ids", filter.remote_ids(), &made.remote_ids_));
  QANTARA_RETURN_IF_ERROR(
      Fill("location_ids", filter.location_ids(), &made.location_ids_));
  QANTARA_RETURN_IF_ERROR(
      Fill("external_ids", filter.external_ids(), &made.external_ids_));
  QANTARA_RETURN_IF_ERROR(
      Fill("category_ids", filter.category_ids(), &made.category_ids_));
  if (filter.has_below_quantity()) {
    made.below_ = domain::ParseNumber(filter.below_quantity());
    if (!made.below_.has_value()) {
      return Invalid("filter.below_quantity", v1::ERROR_REASON_FIELD_INVALID,
                     "must be a decimal");
    }
  }
  made.all_ = made.skus_.empty() && made.remote_ids_.empty() &&
              made.location_ids_.empty() && made.external_ids_.empty() &&
              made.category_ids_.empty() && !made.below_.has_value();
  return made;
}

bool StockFilter::WantsProduct(const StockIdentity& product) const {
  return In(skus_, product.sku) && In(remote_ids_, product.remote_id) &&
         In(external_ids_, product.external_id) &&
         In(category_ids_, product.category_id);
}

bool StockFilter::WantsLocation(absl::string_view location_id) const {
  return In(location_ids_, location_id);
}

bool StockFilter::WantsQuantity(
    std::optional<absl::string_view> quantity) const {
  if (!below_.has_value()) return true;
  return quantity.has_value() &&
         domain::CompareDecimals(*quantity, *below_) < 0;
}

bool StockFilter::Wants(const v1::StockLevel& level) const {
  if (all_) return true;
  std::optional<absl::string_view> quantity;
  if (level.has_quantity()) quantity = level.quantity();
  return WantsProduct({.remote_id = level.remote_id(),
                       .sku = level.sku(),
                       .external_id = level.external_id(),
                       .category_id = level.category_id()}) &&
         WantsLocation(level.location_id()) && WantsQuantity(quantity);
}

}  // namespace qantara::server
