#include "tools/cli/stock_table.h"

#include <google/protobuf/util/time_util.h>

#include "absl/strings/str_cat.h"
#include "tools/cli/printable.h"
#include "tools/cli/stock_text.h"
#include "tools/cli/text_table.h"

namespace qantara::tools {
namespace {

std::string Place(const v1::StockLevel& level) {
  const std::string& name = level.location_name_en().empty()
                                ? level.location_name_ar()
                                : level.location_name_en();
  return name.empty() ? level.location_id()
                      : absl::StrCat(level.location_id(), " ", name);
}

std::string Since(const v1::StockLevel& level) {
  if (!level.has_observe_time()) return "";
  return google::protobuf::util::TimeUtil::ToString(level.observe_time());
}

std::string KeyText(const v1::ProductKey& key) {
  switch (key.key_case()) {
    case v1::ProductKey::kSku:
      return absl::StrCat("SKU ", key.sku());
    case v1::ProductKey::kExternalId:
      return absl::StrCat("external id ", key.external_id());
    case v1::ProductKey::kRemoteId:
      return absl::StrCat("remote id ", key.remote_id());
    case v1::ProductKey::kProductId:
      return absl::StrCat("product id ", key.product_id());
    case v1::ProductKey::KEY_NOT_SET:
      break;
  }
  return "no key";
}

}  // namespace

std::string StockTable(
    const google::protobuf::RepeatedPtrField<v1::StockLevel>& levels,
    bool head) {
  std::vector<std::vector<std::string>> rows;
  if (head) rows.push_back({"SKU", "REMOTE ID", "LOCATION", "STOCK", "SINCE"});
  for (const v1::StockLevel& level : levels) {
    rows.push_back(
        {level.sku(), level.remote_id(), Place(level),
         level.has_quantity() ? level.quantity() : ShortName(level.state()),
         Since(level)});
  }
  return TextTable(rows);
}

std::string LocationTable(
    const google::protobuf::RepeatedPtrField<v1::StockLocation>& locations) {
  std::vector<std::vector<std::string>> rows;
  rows.push_back({"LOCATION", "ENGLISH", "ARABIC", ""});
  for (const v1::StockLocation& location : locations) {
    rows.push_back({location.location_id(), location.name_en(),
                    location.name_ar(),
                    location.is_default() ? "default" : ""});
  }
  return TextTable(rows);
}

std::string RefreshText(const v1::RefreshInventoryResponse& response) {
  std::string out = absl::StrCat(
      Grouped(response.products_read()),
      response.products_read() == 1 ? " product" : " products", " read");
  if (response.products_gone() > 0) {
    absl::StrAppend(&out, ", ", Grouped(response.products_gone()),
                    " of them gone at the provider");
  }
  absl::StrAppend(&out, "\n");
  for (const v1::ProductKey& key : response.unknown_keys()) {
    absl::StrAppend(&out, "not known: ", Printable(KeyText(key)), "\n");
  }
  return out;
}

}  // namespace qantara::tools
