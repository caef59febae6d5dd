#include "domain/product_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/error.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// One value for every field.
constexpr char kFull[] = R"pb(
  sku: "A"
  name_en: "N"
  name_ar: "كوب"
  type: PRODUCT_TYPE_SERVICE
  selling_price: "25.00"
  buying_price: "10"
  track_quantity: false
  category_id: "1"
  tax_id: "2"
  description: ""
  barcode: "b"
  qoyod {
    sale_item: true
    purchase_item: false
    unit_type_id: "3"
    sales_account_id: "4"
    cogs_account_id: "5"
    purchase_account_id: "6"
    pos_product: true
    special_tax_reason_id: "7"
    buying_price_inclusive: false
    selling_price_inclusive: true
    terms_and_conditions: "t"
    attribute_set_id: "8"
    reorder_points { location_id: "9" quantity: "1" }
  }
  qwoty {
    api_name: "a"
    recurrence_type: "one_off"
    reference: "r"
    is_active: true
    catalog_ids: "c"
    category_ids: "d"
    unit_per_pack: "1"
    ledger_account: "l"
    crm_id: "m"
    erp_id: "e"
    accounting_id: "i"
    weight: "1"
    weight_unit: "kg"
    height: "1"
    length: "1"
    width: "1"
    length_unit: "cm"
    country_of_origin: "SA"
    harmonized_system_code: "h"
  })pb";

v1::Product Full() { return FromText<v1::Product>(kFull); }
v1::Product Parse(const std::string& text) {
  return FromText<v1::Product>(text);
}

MATCHER_P(IsProduct, text, "") {
  const std::string wanted = Parse(text).DebugString();
  *result_listener << arg.DebugString();
  return arg.DebugString() == wanted;
}

TEST(PresentFieldsTest, NamesEveryFieldInTheOrderOfNumbers) {
  EXPECT_THAT(
      PresentFields(Full()),
      ElementsAre(
          "sku", "name_en", "name_ar", "type", "selling_price", "buying_price",
          "track_quantity", "category_id", "tax_id", "description", "barcode",
          "qoyod.sale_item", "qoyod.purchase_item", "qoyod.unit_type_id",
          "qoyod.sales_account_id", "qoyod.cogs_account_id",
          "qoyod.purchase_account_id", "qoyod.pos_product",
          "qoyod.special_tax_reason_id", "qoyod.buying_price_inclusive",
          "qoyod.selling_price_inclusive", "qoyod.terms_and_conditions",
          "qoyod.attribute_set_id", "qoyod.reorder_points", "qwoty.api_name",
          "qwoty.recurrence_type", "qwoty.reference", "qwoty.is_active",
          "qwoty.catalog_ids", "qwoty.category_ids", "qwoty.unit_per_pack",
          "qwoty.ledger_account", "qwoty.crm_id", "qwoty.erp_id",
          "qwoty.accounting_id", "qwoty.weight", "qwoty.weight_unit",
          "qwoty.height", "qwoty.length", "qwoty.width", "qwoty.length_unit",
          "qwoty.country_of_origin", "qwoty.harmonized_system_code"));
}

TEST(PresentFieldsTest, EmptyIsPresentAbsentIsNot) {
  EXPECT_THAT(PresentFields(Parse("")), IsEmpty());
  EXPECT_THAT(PresentFields(Parse("qoyod {} qwoty {}")), IsEmpty());
  EXPECT_THAT(PresentFields(Parse(R"pb(name_en: "" track_quantity: false)pb")),
              ElementsAre("name_en", "track_quantity"));
}

TEST(SelectFieldsTest, KeepsExactlyTheNamedFields) {
  const auto selected =
      SelectFields(Full(), {"selling_price", "description", "track_quantity",
                            "qoyod.sale_item", "selling_price"});
  ASSERT_TRUE(selected.ok()) << selected.status();
  EXPECT_THAT(*selected, IsProduct(R"pb(
    selling_price: "25.00"
    track_quantity: false
    description: ""
    qoyod { sale_item: true })pb"));
}

TEST(SelectFieldsTest, EveryFieldExceptTypeCanBeNamed) {
  for (const std::string& path : PresentFields(Full())) {
    const auto selected = SelectFields(Full(), {path});
    if (path == "type") {
      EXPECT_EQ(GetReason(selected.status()), v1::ERROR_REASON_FIELD_IMMUTABLE);
      continue;
    }
    ASSERT_TRUE(selected.ok()) << selected.status();
    EXPECT_THAT(PresentFields(*selected), ElementsAre(path));
  }
}

TEST(SelectFieldsTest, RefusesWrongPathsByName) {
  for (const char* path :
       {"", "qoyod", "qwoty", "qoyod.", "qoyod.sku", "Sku", "sellingPrice",
        "is_sold", "qoyod.reorder_points.quantity", "product.sku", "*"}) {
    const auto selected = SelectFields(Full(), {"sku", path});
    EXPECT_EQ(selected.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(GetReason(selected.status()), v1::ERROR_REASON_MASK_INVALID);
    EXPECT_THAT(std::string(selected.status().message()), HasSubstr(path));
    EXPECT_THAT(Summaries(GetProblems(selected.status())),
                ElementsAre("MASK_INVALID update_mask"));
  }
}

TEST(SelectFieldsTest, RefusesAnEmptyMask) {
  EXPECT_EQ(GetReason(SelectFields(Full(), {}).status()),
            v1::ERROR_REASON_MASK_INVALID);
}

TEST(SelectFieldsTest, RefusesAPathWithoutAValue) {
  const auto selected = SelectFields(Parse(R"pb(sku: "A")pb"), {"name_en"});
  EXPECT_EQ(GetReason(selected.status()), v1::ERROR_REASON_MASK_INVALID);
  EXPECT_THAT(std::string(selected.status().message()), HasSubstr("name_en"));
}

TEST(SelectFieldsTest, ReportsEveryWrongPathWithinBounds) {
  const auto two = SelectFields(Full(), {"type", "nope"});
  EXPECT_THAT(
      Summaries(GetProblems(two.status())),
      ElementsAre("FIELD_IMMUTABLE update_mask", "MASK_INVALID update_mask"));
  const auto many =
      SelectFields(Full(), std::vector<std::string>(5'000, "nope"));
  EXPECT_EQ(GetProblems(many.status()).size(), 100u);
}

TEST(MergeFieldsTest, LaterValuesWinAndListsAreReplaced) {
  v1::Product product = Parse(R"pb(
    sku: "A"
    name_en: "old"
    track_quantity: true
    qoyod {
      sale_item: true
      reorder_points { location_id: "1" quantity: "1" }
      reorder_points { location_id: "2" quantity: "2" }
    })pb");
  MergeFields(
      Parse(R"pb(
        name_en: ""
        track_quantity: false
        selling_price: "1"
        qoyod { reorder_points { location_id: "3" quantity: "3" } })pb"),
      &product);
  EXPECT_THAT(product, IsProduct(R"pb(
                sku: "A"
                name_en: ""
                selling_price: "1"
                track_quantity: false
                qoyod {
                  sale_item: true
                  reorder_points { location_id: "3" quantity: "3" }
                })pb"));
}

TEST(MergeFieldsTest, NothingChangesNothing) {
  v1::Product product = Full();
  MergeFields(Parse("qoyod {}"), &product);
  EXPECT_THAT(product, IsProduct(kFull));
  v1::Product empty;
  MergeFields(Parse("qoyod {} qwoty {}"), &empty);
  EXPECT_THAT(empty, IsProduct(""));
}

TEST(IsFieldTest, KnowsPathsOfFieldsOnly) {
  EXPECT_TRUE(IsField("sku"));
  EXPECT_TRUE(IsField("qoyod.sale_item"));
  EXPECT_FALSE(IsField("qoyod"));
  EXPECT_FALSE(IsField(""));
  EXPECT_FALSE(IsField("price"));
}

TEST(ClearFieldTest, RemovesOneField) {
  for (const std::string& path : PresentFields(Full())) {
    v1::Product product = Full();
    ClearField(path, &product);
    auto expected = PresentFields(Full());
    std::erase(expected, path);
    EXPECT_EQ(PresentFields(product), expected);
  }
}

TEST(ClearFieldTest, UnknownAndAbsentPathsChangeNothing) {
  v1::Product product = Parse(R"pb(sku: "A")pb");
  for (const char* path : {"nope", "qoyod", "qoyod.sale_item", "barcode"}) {
    ClearField(path, &product);
  }
  EXPECT_THAT(product, IsProduct(R"pb(sku: "A")pb"));
}

TEST(DifferingFieldsTest, EqualProductsDifferInNothing) {
  EXPECT_THAT(DifferingFields(Full(), Full()), IsProduct(""));
  EXPECT_THAT(DifferingFields(Parse(""), Full()), IsProduct(""));
}

TEST(DifferingFieldsTest, WhatIsAbsentInTheBaseDiffers) {
  EXPECT_THAT(DifferingFields(Full(), Parse("")), IsProduct(kFull));
}

TEST(DifferingFieldsTest, DecimalsAreNumbersTextsAreBytes) {
  const v1::Product base = Parse(R"pb(
    sku: "007"
    selling_price: "25.0"
    buying_price: "10"
    description: "1.0"
    qoyod { reorder_points { location_id: "1" quantity: "5.00" } }
    qwoty { weight: "1.50" unit_per_pack: "6" })pb");
  const v1::Product wanted = Parse(R"pb(
    sku: "7"
    selling_price: "25.00"
    buying_price: "10.01"
    description: "1.00"
    qoyod { reorder_points { location_id: "1" quantity: "5" } }
    qwoty { weight: "1.5" unit_per_pack: "7" })pb");
  EXPECT_THAT(DifferingFields(wanted, base), IsProduct(R"pb(
                sku: "7"
                buying_price: "10.01"
                description: "1.00"
                qwoty { unit_per_pack: "7" })pb"));
}

TEST(DifferingFieldsTest, ListsAreComparedEntryByEntry) {
  const v1::Product base = Parse(R"pb(
    qoyod { reorder_points { location_id: "1" quantity: "5" } }
    qwoty { catalog_ids: "a" catalog_ids: "b" category_ids: "c" })pb");
  const v1::Product wanted = Parse(R"pb(
    qoyod { reorder_points { location_id: "2" quantity: "5" } }
    qwoty { catalog_ids: "a" category_ids: "c" })pb");
  EXPECT_THAT(DifferingFields(wanted, base), IsProduct(R"pb(
                qoyod { reorder_points { location_id: "2" quantity: "5" } }
                qwoty { catalog_ids: "a" })pb"));
}

TEST(DifferingFieldsTest, SwitchesAndTypesDiffer) {
  EXPECT_THAT(
      DifferingFields(Parse("type: PRODUCT_TYPE_RECIPE track_quantity: false"),
                      Parse("type: PRODUCT_TYPE_PRODUCT track_quantity: true")),
      IsProduct("type: PRODUCT_TYPE_RECIPE track_quantity: false"));
}

}  // namespace
}  // namespace qantara::domain
