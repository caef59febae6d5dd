#include "server/inventory/stock_filter.h"

#include "absl/strings/str_cat.h"
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

bool In(const Set& set, const std::string& value) {
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
  return made;
}

bool StockFilter::Wants(const v1::StockLevel& level) const {
  return In(skus_, level.sku()) && In(remote_ids_, level.remote_id()) &&
         In(location_ids_, level.location_id()) &&
         In(external_ids_, level.external_id());
}

}  // namespace qantara::server
