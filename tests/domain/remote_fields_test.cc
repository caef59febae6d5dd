#include "domain/remote_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kSent[] = R"pb(
  sku: "A"
  name_en: "N"
  name_ar: "كوب"
  type: PRODUCT_TYPE_RAW_MATERIAL
  selling_price: "25.00"
  buying_price: "10"
  track_quantity: true
  category_id: "1"
  tax_id: "2"
  description: "d"
  barcode: "b"
  qoyod {
    sale_item: true
    unit_type_id: "3"
    sales_account_id: "4"
    cogs_account_id: "5"
  })pb";

constexpr char kHeld[] = R"pb(
  id: "77"
  sku: "A"
  name_en: "N"
  name_ar: "كوب"
  type: "RawMaterial"
  selling_price: "25.0"
  buying_price: "10.00"
  is_sold: true
  is_bought: true
  track_quantity: true
  category_id: "1"
  tax_id: "2"
  description: "d"
  barcode: "b"
  unit_type_id: "3"
  sales_account_id: "4"
  cogs_account_id: "5")pb";

v1::Product Sent(const std::string& text) {
  return FromText<v1::Product>(text);
}
v1::RemoteProduct Held(const std::string& text) {
  return FromText<v1::RemoteProduct>(text);
}

// Differences as `field: sent -> held`.
std::vector<std::string> Lines(
    const std::vector<v1::FieldDifference>& differences) {
  std::vector<std::string> lines;
  for (const v1::FieldDifference& difference : differences) {
    lines.push_back(absl::StrCat(difference.field(), ": ", difference.sent(),
                                 " -> ", difference.held()));
  }
  return lines;
}

TEST(TypeWordTest, EveryTypeHasAWordThatLeadsBack) {
  for (int number = v1::ProductType_MIN; number <= v1::ProductType_MAX;
       ++number) {
    const auto type = static_cast<v1::ProductType>(number);
    EXPECT_EQ(TypeOfWord(TypeWord(type)), type);
    EXPECT_EQ(TypeWord(type).empty(), type == v1::PRODUCT_TYPE_UNSPECIFIED);
  }
  EXPECT_EQ(TypeOfWord("FixedAsset"), v1::PRODUCT_TYPE_UNSPECIFIED);
  EXPECT_EQ(TypeOfWord("product"), v1::PRODUCT_TYPE_UNSPECIFIED);
}

TEST(CompareWithRemoteTest, EqualRecordsDifferInNothing) {
  EXPECT_THAT(CompareWithRemote(Sent(kSent), Held(kHeld)), IsEmpty());
}

TEST(CompareWithRemoteTest, ReportsEveryFieldThatIsTold) {
  const v1::RemoteProduct other = Held(R"pb(
    sku: "a"
    name_en: "n"
    name_ar: "كوب "
    type: "FixedAsset"
    selling_price: "25.01"
    buying_price: "0"
    track_quantity: false
    category_id: "01"
    tax_id: "3"
    description: ""
    barcode: "B"
    unit_type_id: "30"
    sales_account_id: "40"
    cogs_account_id: "50")pb");
  EXPECT_THAT(
      Lines(CompareWithRemote(Sent(kSent), other)),
      ElementsAre(
          "sku: A -> a", "name_en: N -> n", "name_ar: كوب -> كوب ",
          "type: RawMaterial -> FixedAsset", "selling_price: 25.00 -> 25.01",
          "buying_price: 10 -> 0", "track_quantity: true -> false",
          "category_id: 1 -> 01", "tax_id: 2 -> 3", "description: d -> ",
          "barcode: b -> B", "qoyod.unit_type_id: 3 -> 30",
          "qoyod.sales_account_id: 4 -> 40", "qoyod.cogs_account_id: 5 -> 50"));
}

TEST(CompareWithRemoteTest, WhatWasNotToldOrNotSentIsNotCompared) {
  EXPECT_THAT(CompareWithRemote(Sent(kSent), Held("id: \"77\"")), IsEmpty());
  EXPECT_THAT(CompareWithRemote(Sent(""), Held(kHeld)), IsEmpty());
  EXPECT_THAT(
      CompareWithRemote(Sent("qoyod { pos_product: true }"), Held(kHeld)),
      IsEmpty());
}

TEST(CompareDerivedTest, APriceSwitchesItsSideOn) {
  const auto off = Held("is_sold: false is_bought: false");
  EXPECT_THAT(
      Lines(CompareDerived(
          Sent(R"pb(selling_price: "1" buying_price: "0.01")pb"), off)),
      ElementsAre("is_sold: true -> false", "is_bought: true -> false"));
  EXPECT_THAT(CompareDerived(Sent(R"pb(selling_price: "0.00")pb"), off),
              IsEmpty());
  EXPECT_THAT(CompareDerived(Sent(R"pb(name_en: "N")pb"), off), IsEmpty());
  EXPECT_THAT(CompareDerived(Sent(R"pb(
                               selling_price: "1"
                               buying_price: "1"
                               qoyod { sale_item: false purchase_item: false }
                             )pb"),
                             off),
              IsEmpty());
  EXPECT_THAT(CompareDerived(Sent(kSent), Held(kHeld)), IsEmpty());
  EXPECT_THAT(CompareDerived(Sent(kSent), Held("")), IsEmpty());
}

TEST(HoldsAllTest, TakesAValueForEachField) {
  EXPECT_TRUE(HoldsAll(Sent(kSent), Held(kHeld)));
  EXPECT_TRUE(HoldsAll(Sent(R"pb(selling_price: "25")pb"), Held(kHeld)));
  EXPECT_FALSE(HoldsAll(Sent(R"pb(selling_price: "26")pb"), Held(kHeld)));
  EXPECT_FALSE(
      HoldsAll(Sent(R"pb(sku: "A" barcode: "b")pb"), Held(R"pb(sku: "A")pb")));
  EXPECT_FALSE(HoldsAll(Sent("track_quantity: false"), Held(kHeld)));
}

TEST(HoldsAllTest, WhatNoRecordTellsProvesNothing) {
  EXPECT_TRUE(HoldsAll(Sent(R"pb(sku: "A"
                                 qoyod { pos_product: true })pb"),
                       Held(kHeld)));
  EXPECT_FALSE(HoldsAll(Sent("qoyod { pos_product: true }"), Held(kHeld)));
  EXPECT_FALSE(HoldsAll(Sent(""), Held(kHeld)));
}

TEST(ProductOfRemoteTest, IsWhatClientsWouldHaveAsked) {
  v1::Product expected = Sent(kSent);
  expected.set_selling_price("25.0");
  expected.set_buying_price("10.00");
  expected.mutable_qoyod()->clear_sale_item();
  EXPECT_EQ(ProductOfRemote(Held(kHeld)).DebugString(), expected.DebugString());
  EXPECT_TRUE(HoldsAll(ProductOfRemote(Held(kHeld)), Held(kHeld)));
}

TEST(ProductOfRemoteTest, KeepsAbsenceAndUnknownTypes) {
  EXPECT_EQ(ProductOfRemote(Held("id: \"7\"")).ByteSizeLong(), 0u);
  const v1::Product product =
      ProductOfRemote(Held(R"pb(type: "FixedAsset" track_quantity: false)pb"));
  EXPECT_EQ(product.type(), v1::PRODUCT_TYPE_UNSPECIFIED);
  EXPECT_TRUE(product.has_track_quantity());
}

TEST(FieldTextTest, IsTheTextOfARecord) {
  const v1::Product sent = Sent(kSent);
  EXPECT_EQ(FieldText("selling_price", sent), "25.00");
  EXPECT_EQ(FieldText("type", sent), "RawMaterial");
  EXPECT_EQ(FieldText("track_quantity", sent), "true");
  EXPECT_EQ(FieldText("qoyod.unit_type_id", sent), "3");
  EXPECT_EQ(FieldText("qoyod.sale_item", sent), "");
  EXPECT_EQ(FieldText("no_such_field", sent), "");
  EXPECT_EQ(FieldText("qoyod.unit_type_id", v1::Product()), "");
}

TEST(QwotyFieldsTest, AreComparedAsFarAsTheRecordTellsThem) {
  const v1::Product sent = Sent(
      "sku: 'A' qwoty { api_name: 'a' weight: '2.50' reference: 'R' "
      "catalog_ids: 'c' is_active: false }");
  EXPECT_THAT(Lines(CompareWithRemote(
                  sent, Held("sku: 'A' qwoty { api_name: 'a' weight: '2.5' "
                             "reference: 'S' catalog_ids: 'd' }"))),
              ElementsAre("qwoty.reference: R -> S"));
  EXPECT_THAT(CompareWithRemote(sent, Held("sku: 'A'")), IsEmpty());
  EXPECT_FALSE(HoldsAll(sent, Held("sku: 'A' qwoty { api_name: 'a' }")));
  EXPECT_TRUE(HoldsAll(Sent("qwoty { weight: '2.50' }"),
                       Held("qwoty { weight: '2.5' }")));
}

TEST(QwotyFieldsTest, MakeAProductOfARecord) {
  const v1::Product product = ProductOfRemote(
      Held("id: 'u' sku: 'A' qwoty { api_name: 'a' is_active: true }"));
  EXPECT_EQ(product.qwoty().api_name(), "a");
  EXPECT_TRUE(product.qwoty().is_active());
  EXPECT_FALSE(ProductOfRemote(Held("sku: 'A' qwoty {}")).has_qwoty());
  EXPECT_EQ(FieldText("qwoty.api_name", product), "a");
}

TEST(QwotyFieldsTest, TheArabicNameStandsInForABlankEnglishOne) {
  const v1::Product sent = Sent("name_en: '' name_ar: 'كوب'");
  EXPECT_TRUE(HoldsAll(sent, Held("name_en: 'كوب' qwoty {}")));
  EXPECT_THAT(CompareWithRemote(sent, Held("name_en: 'كوب' qwoty {}")),
              IsEmpty());
  EXPECT_FALSE(HoldsAll(sent, Held("name_en: 'كوب'"))) << "two names";
}

}  // namespace
}  // namespace qantara::domain
