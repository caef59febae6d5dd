#include "server/inventory/stock_filter.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace qantara::server {
namespace {

absl::StatusOr<StockFilter> Make(const std::string& text) {
  v1::InventoryFilter filter;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &filter));
  return StockFilter::Make(filter);
}

bool Wants(const std::string& filter, const std::string& level) {
  v1::StockLevel parsed;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(level, &parsed));
  return Make(filter).value().Wants(parsed);
}

TEST(StockFilterTest, NothingNamedWantsAll) {
  EXPECT_TRUE(Make("")->all());
  EXPECT_FALSE(Make("category_ids: '1'")->all());
  EXPECT_FALSE(Make("below_quantity: '1'")->all());
  EXPECT_TRUE(Wants("", "remote_id: '1'"));
}

TEST(StockFilterTest, EveryFieldMustHold) {
  const std::string filter = "skus: 'A' skus: 'B' category_ids: '7'";
  EXPECT_TRUE(Wants(filter, "sku: 'B' category_id: '7'"));
  EXPECT_FALSE(Wants(filter, "sku: 'B' category_id: '8'"));
  EXPECT_FALSE(Wants(filter, "sku: 'C' category_id: '7'"));
  EXPECT_FALSE(Wants("external_ids: 'e'", "sku: 'A'"));
  EXPECT_TRUE(Wants("location_ids: 'm'", "location_id: 'm' quantity: '1'"));
  EXPECT_FALSE(Wants("location_ids: 'm'", "sku: 'A'"));
}

TEST(StockFilterTest, BelowComparesValues) {
  EXPECT_TRUE(Wants("below_quantity: '10'", "quantity: '9.99'"));
  EXPECT_FALSE(Wants("below_quantity: '10'", "quantity: '10.0'"));
  EXPECT_TRUE(Wants("below_quantity: '-1'", "quantity: '-1.5'"));
  EXPECT_FALSE(Wants("below_quantity: '10'", "sku: 'A'"));
}

std::string Refusal(const std::string& filter) {
  return std::string(Make(filter).status().message());
}

TEST(StockFilterTest, RefusalsNameTheField) {
  EXPECT_TRUE(absl::IsInvalidArgument(Make("skus: 'A' skus: ''").status()));
  EXPECT_NE(Refusal("skus: 'A' skus: ''").find("empty"), std::string::npos);
  EXPECT_FALSE(Make("below_quantity: 'ten'").ok());
  EXPECT_FALSE(Make("below_quantity: ''").ok());
  v1::InventoryFilter many;
  for (int i = 0; i <= StockFilter::kMaxValues; ++i) many.add_category_ids("1");
  EXPECT_TRUE(absl::IsInvalidArgument(StockFilter::Make(many).status()));
}

}  // namespace
}  // namespace qantara::server
