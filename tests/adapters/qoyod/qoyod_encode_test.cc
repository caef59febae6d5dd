#include "adapters/qoyod/qoyod_encode.h"

#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

v1::Product Product(const std::string& text) {
  v1::Product product;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &product))
      << text;
  return product;
}

struct Case {
  std::string name;
  std::string product;
  std::string create;  // What stands between {"product": and }.
  std::string update;
};

void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

const Case kCases[] = {
    {"TheSpecificationsExample",
     R"pb(name_en: "Blue Ceramic Mug"
          name_ar: "كوب سيراميك أزرق"
          type: PRODUCT_TYPE_PRODUCT
          sku: "MUG-BLUE-001"
          selling_price: "25.00"
          buying_price: "12.00"
          track_quantity: true
          category_id: "42")pb",
     R"({"en_name":"Blue Ceramic Mug","name":"كوب سيراميك أزرق",)"
     R"("type":"Product","sku":"MUG-BLUE-001","selling_price":25.00,)"
     R"("buying_price":12.00,"track_quantity":1,"category_id":42})",
     R"({"en_name":"Blue Ceramic Mug","name":"كوب سيراميك أزرق",)"
     R"("sku":"MUG-BLUE-001","selling_price":25.00,"buying_price":12.00,)"
     R"("track_quantity":1,"category_id":42})"},
    {"TypeIsAlwaysToldAtCreationAndNeverInAnUpdate", R"pb(sku: "a")pb",
     R"({"type":"Product","sku":"a"})", R"({"sku":"a"})"},
    {"Service", R"pb(type: PRODUCT_TYPE_SERVICE)pb", R"({"type":"Service"})",
     "{}"},
    {"Expense", R"pb(type: PRODUCT_TYPE_EXPENSE)pb", R"({"type":"Expense"})",
     "{}"},
    {"RawMaterial", R"pb(type: PRODUCT_TYPE_RAW_MATERIAL)pb",
     R"({"type":"RawMaterial"})", "{}"},
    {"Recipe", R"pb(type: PRODUCT_TYPE_RECIPE)pb", R"({"type":"Recipe"})",
     "{}"},
    {"DecimalsKeepEveryDigit", R"pb(selling_price: "999999999999999.999999"
                                    buying_price: "0.10")pb",
     R"({"type":"Product","selling_price":999999999999999.999999,)"
     R"("buying_price":0.10})",
     R"({"selling_price":999999999999999.999999,"buying_price":0.10})"},
    {"FalseAndEmptyAreValues", R"pb(track_quantity: false
                                    description: ""
                                    barcode: "")pb",
     R"({"type":"Product","track_quantity":0,"description":"","barcode":""})",
     R"({"track_quantity":0,"description":"","barcode":""})"},
    {"TextsAreEscapedAndArabicIsNot", R"pb(sku: "A&B+C#1"
                                           description: "a\"b\\\n<كوب>")pb",
     R"({"type":"Product","sku":"A&B+C#1","description":"a\"b\\\n<كوب>"})",
     R"({"sku":"A&B+C#1","description":"a\"b\\\n<كوب>"})"},
    {"WhatOnlyQoyodKnows",
     R"pb(tax_id: "1"
          qoyod {
            sale_item: true
            purchase_item: false
            unit_type_id: "7"
            sales_account_id: "8"
            cogs_account_id: "9"
            purchase_account_id: "10"
            pos_product: true
            special_tax_reason_id: "11"
            buying_price_inclusive: false
            selling_price_inclusive: true
            terms_and_conditions: "t"
            attribute_set_id: "12"
            reorder_points { location_id: "3" quantity: "2.5" }
            reorder_points { location_id: "4" quantity: "0" }
          })pb",
     R"({"type":"Product","tax_id":1,"sale_item":1,"purchase_item":0,)"
     R"("product_unit_type_id":7,"sales_account_id":8,"cogs_account_id":9,)"
     R"("purchase_account_id":10,"pos_product":true,)"
     R"("special_tax_reason_id":11,"is_buying_price_inclusive":false,)"
     R"("is_selling_price_inclusive":true,"terms_and_conditions":"t",)"
     R"("product_attribute_set_id":12,"product_inventories_attributes":)"
     R"([{"inventory_id":3,"reorder_point":2.5},)"
     R"({"inventory_id":4,"reorder_point":0}]})",
     R"({"tax_id":1,"sale_item":1,"purchase_item":0,)"
     R"("product_unit_type_id":7,"sales_account_id":8,"cogs_account_id":9,)"
     R"("purchase_account_id":10,"pos_product":true,)"
     R"("special_tax_reason_id":11,"is_buying_price_inclusive":false,)"
     R"("is_selling_price_inclusive":true,"terms_and_conditions":"t",)"
     R"("product_attribute_set_id":12,"product_inventories_attributes":)"
     R"([{"inventory_id":3,"reorder_point":2.5},)"
     R"({"inventory_id":4,"reorder_point":0}]})"},
    {"WhatOnlyQwotyKnowsIsNotSent", R"pb(qwoty { api_name: "a" })pb",
     R"({"type":"Product"})", "{}"},
};

class QoyodEncodeTest : public ::testing::TestWithParam<Case> {};

TEST_P(QoyodEncodeTest, WritesExactlyWhatIsPresent) {
  const v1::Product product = Product(GetParam().product);
  EXPECT_THAT(CheckQoyodProduct(product, ""), ::testing::IsEmpty());
  EXPECT_EQ(EncodeCreate({product}, true),
            "{\"product\":" + GetParam().create + "}");
  EXPECT_EQ(EncodeUpdate(product), "{\"product\":" + GetParam().update + "}");
}

INSTANTIATE_TEST_SUITE_P(All, QoyodEncodeTest, ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

TEST(QoyodEncodeBatchTest, ABatchIsAnArrayEvenOfOne) {
  EXPECT_EQ(EncodeCreate({Product("sku: 'a'"), Product("sku: 'b'")}, false),
            R"({"product":[{"type":"Product","sku":"a"},)"
            R"({"type":"Product","sku":"b"}]})");
  EXPECT_EQ(EncodeCreate({Product("sku: 'a'")}, false),
            R"({"product":[{"type":"Product","sku":"a"}]})");
}

struct BadCase {
  std::string name;
  std::string product;
  std::string field;
  v1::ErrorReason reason = v1::ERROR_REASON_FIELD_INVALID;
};

void PrintTo(const BadCase& c, std::ostream* os) { *os << c.name; }

const BadCase kBadCases[] = {
    {"Uuid", R"pb(category_id: "5f0c-42")pb", "p.category_id"},
    {"EmptyId", R"pb(tax_id: "")pb", "p.tax_id"},
    {"NegativeId", R"pb(tax_id: "-1")pb", "p.tax_id"},
    {"IdWithZeroInFront", R"pb(tax_id: "01")pb", "p.tax_id"},
    {"IdWithJsonInIt", R"pb(tax_id: "1,\"is_sold\":true")pb", "p.tax_id"},
    {"IdTooLong", R"pb(tax_id: "1234567890123456789")pb", "p.tax_id"},
    {"ArabicDigitsInId", R"pb(tax_id: "١")pb", "p.tax_id"},
    {"Unit", R"pb(qoyod { unit_type_id: "x" })pb", "p.qoyod.unit_type_id"},
    {"SalesAccount", R"pb(qoyod { sales_account_id: "x" })pb",
     "p.qoyod.sales_account_id"},
    {"CogsAccount", R"pb(qoyod { cogs_account_id: "x" })pb",
     "p.qoyod.cogs_account_id"},
    {"PurchaseAccount", R"pb(qoyod { purchase_account_id: "x" })pb",
     "p.qoyod.purchase_account_id"},
    {"TaxReason", R"pb(qoyod { special_tax_reason_id: "x" })pb",
     "p.qoyod.special_tax_reason_id"},
    {"AttributeSet", R"pb(qoyod { attribute_set_id: "x" })pb",
     "p.qoyod.attribute_set_id"},
    {"Location",
     R"pb(qoyod { reorder_points { location_id: "x" quantity: "1" } })pb",
     "p.qoyod.reorder_points[0].location_id"},
    {"Quantity",
     R"pb(qoyod { reorder_points { location_id: "1" quantity: "1e3" } })pb",
     "p.qoyod.reorder_points[0].quantity"},
    {"ArabicPrice", R"pb(selling_price: "٢٥")pb", "p.selling_price",
     v1::ERROR_REASON_PRICE_INVALID},
    {"NegativePrice", R"pb(buying_price: "-1")pb", "p.buying_price",
     v1::ERROR_REASON_PRICE_INVALID},
    {"PriceWithZeroInFront", R"pb(selling_price: "025")pb", "p.selling_price",
     v1::ERROR_REASON_PRICE_INVALID},
    {"PriceThatEndsInAPoint", R"pb(selling_price: "25.")pb", "p.selling_price",
     v1::ERROR_REASON_PRICE_INVALID},
    {"PriceWithJsonInIt", R"pb(selling_price: "1,\"a\":2")pb",
     "p.selling_price", v1::ERROR_REASON_PRICE_INVALID},
};

class QoyodCheckTest : public ::testing::TestWithParam<BadCase> {};

TEST_P(QoyodCheckTest, NamesWhatCannotBeWritten) {
  const auto problems = CheckQoyodProduct(Product(GetParam().product), "p.");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].field(), GetParam().field);
  EXPECT_EQ(problems[0].reason(), GetParam().reason);
  EXPECT_FALSE(problems[0].message().empty());
}

INSTANTIATE_TEST_SUITE_P(All, QoyodCheckTest, ::testing::ValuesIn(kBadCases),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace qantara::adapters
