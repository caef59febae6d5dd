#include "tools/cli/inventory_filter.h"

#include <string>

namespace qantara::tools {
namespace {

using Values = google::protobuf::RepeatedPtrField<std::string>;

void Fill(const Arguments& arguments, absl::string_view option,
          Values* values) {
  for (std::string& value : arguments.Values(option)) {
    values->Add(std::move(value));
  }
}

}  // namespace

v1::InventoryFilter ReadInventoryFilter(const Arguments& arguments) {
  v1::InventoryFilter filter;
  Fill(arguments, "sku", filter.mutable_skus());
  Fill(arguments, "remote_id", filter.mutable_remote_ids());
  Fill(arguments, "external_id", filter.mutable_external_ids());
  Fill(arguments, "location", filter.mutable_location_ids());
  Fill(arguments, "category", filter.mutable_category_ids());
  if (arguments.options.count("below") > 0) {
    filter.set_below_quantity(arguments.Value("below"));
  }
  return filter;
}

}  // namespace qantara::tools
