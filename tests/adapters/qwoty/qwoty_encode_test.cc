#include "adapters/qwoty/qwoty_encode.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::Product Parse(const std::string& text) {
  v1::Product product;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &product));
  return product;
}

std::vector<std::string> Problems(const std::string& text,
                                  QwotyWriteKind kind) {
  std::vector<std::string> fields;
  for (const v1::ItemProblem& problem :
       CheckQwotyProduct(Parse(text), kind, "product.")) {
    fields.push_back(problem.field());
  }
  return fields;
}

// The request of specification 004, word for word.
constexpr char kSpecified[] = R"pb(
  sku: "WID-PRE-001"
  name_en: "Premium Widget"
  description: "High-quality widget for professional use"
  qwoty {
    api_name: "premium_widget"
    recurrence_type: "one_off"
    reference: "PROD-001"
    is_active: true
    catalog_ids: "660e8400-e29b-41d4-a716-446655440001"
    category_ids: "770e8400-e29b-41d4-a716-446655440002"
    unit_per_pack: "1"
    ledger_account: "4010"
    crm_id: "crm_123"
    erp_id: "erp_456"
    accounting_id: "acc_789"
    weight: "2.5"
    weight_unit: "kg"
    height: "10"
    length: "30"
    width: "20"
    length_unit: "cm"
    country_of_origin: "FR"
    harmonized_system_code: "8471.30"
  })pb";

TEST(QwotyEncodeTest, EveryFieldOfTheSpecificationIsAFlatKey) {
  EXPECT_THAT(Problems(kSpecified, QwotyWriteKind::kCreate), IsEmpty());
  EXPECT_EQ(EncodeQwotyCreate(Parse(kSpecified), "derived"),
            R"({"api_name":"premium_widget","recurrence_type":"one_off",)"
            R"("name":"Premium Widget","reference":"PROD-001",)"
            R"("description":"High-quality widget for professional use",)"
            R"("is_active":true,)"
            R"("category_ids":["770e8400-e29b-41d4-a716-446655440002"],)"
            R"("inventory[sku]":"WID-PRE-001","settings[unit_per_pack]":1,)"
            R"("accounting[ledger_account]":"4010",)"
            R"("identifiers[crm]":"crm_123","identifiers[erp]":"erp_456",)"
            R"("identifiers[accounting]":"acc_789","shipping[weight]":2.5,)"
            R"("shipping[weight_unit]":"kg","shipping[height]":10,)"
            R"("shipping[length]":30,"shipping[width]":20,)"
            R"("shipping[length_unit]":"cm",)"
            R"("shipping[country_of_origin]":"FR",)"
            R"("shipping[harmonized_system_code]":"8471.30",)"
            R"("catalog_ids":["660e8400-e29b-41d4-a716-446655440001"]})");
}

TEST(QwotyEncodeTest, TheLeastProductHasTheThreeRequiredKeys) {
  EXPECT_EQ(EncodeQwotyCreate(Parse(R"pb(name_en: "x")pb"), "x_1"),
            R"({"api_name":"x_1","recurrence_type":"one_off","name":"x"})");
}

TEST(QwotyEncodeTest, DecimalsKeepTheirDigits) {
  EXPECT_EQ(EncodeQwotyUpdate(Parse(R"pb(qwoty {
                                           weight: "0.100000000000000001"
                                           height: "10.00"
                                         })pb")),
            R"({"shipping[weight]":0.100000000000000001,)"
            R"("shipping[height]":10.00})");
}

TEST(QwotyEncodeTest, TheArabicNameStandsInWhereItIsTheOnlyOne) {
  for (const char* names :
       {R"pb(name_ar: "كوب")pb", R"pb(name_en: "" name_ar: "كوب")pb",
        R"pb(name_en: " \t" name_ar: "كوب")pb"}) {
    EXPECT_THAT(
        Problems(absl::StrCat("sku: 'A' ", names), QwotyWriteKind::kCreate),
        IsEmpty());
    EXPECT_EQ(EncodeQwotyCreate(Parse(names), "x"),
              R"({"api_name":"x","recurrence_type":"one_off","name":"كوب"})");
  }
  EXPECT_EQ(EncodeQwotyUpdate(Parse(R"pb(name_en: " " name_ar: "كوب")pb")),
            R"({"name":"كوب"})");
  EXPECT_EQ(EncodeQwotyUpdate(Parse(R"pb(name_en: "Mug" name_ar: "كوب")pb")),
            R"({"name":"Mug"})");
}

TEST(QwotyEncodeTest, TheArabicNameAloneDoesNotReplaceTheEnglishOne) {
  const v1::Product fields = Parse(R"pb(name_ar: "كوب")pb");
  EXPECT_EQ(EncodeQwotyUpdate(fields), "{}");
  EXPECT_THAT(FieldsQwotyLacks(fields, QwotyWriteKind::kUpdate),
              ElementsAre("name_ar"));
}

TEST(QwotyEncodeTest, ANameCannotBeCleared) {
  for (const char* names : {R"pb(name_en: "")pb", R"pb(name_en: " ")pb",
                            R"pb(name_en: "" name_ar: "\n")pb"}) {
    const std::vector<v1::ItemProblem> problems =
        CheckQwotyProduct(Parse(names), QwotyWriteKind::kUpdate, "");
    ASSERT_EQ(problems.size(), 1u) << names;
    EXPECT_EQ(problems[0].field(), "name_en");
    EXPECT_EQ(problems[0].reason(), v1::ERROR_REASON_NAME_REQUIRED);
  }
  EXPECT_THAT(
      Problems(R"pb(name_en: " " name_ar: "كوب")pb", QwotyWriteKind::kUpdate),
      IsEmpty());
}

TEST(QwotyEncodeTest, CreatingNeedsANameThatCanBeSeen) {
  EXPECT_THAT(Problems(R"pb(sku: "A" name_en: " " name_ar: "\t")pb",
                       QwotyWriteKind::kCreate),
              ElementsAre("product.name_en"));
}

TEST(QwotyEncodeTest, WithoutSkuTheApiNameIsNeeded) {
  for (const char* sku : {"", R"pb(sku: "")pb", R"pb(sku: " ")pb"}) {
    const std::string text = absl::StrCat("name_en: 'Mug' ", sku);
    EXPECT_THAT(Problems(text, QwotyWriteKind::kCreate),
                ElementsAre("product.qwoty.api_name"));
    EXPECT_THAT(Problems(absl::StrCat(text, " qwoty { api_name: 'mug' }"),
                         QwotyWriteKind::kCreate),
                IsEmpty());
    EXPECT_THAT(Problems(text, QwotyWriteKind::kUpdate), IsEmpty());
  }
}

TEST(QwotyEncodeTest, OneCategoryMayStandAmongTheOthers) {
  constexpr char kOne[] = "770e8400-e29b-41d4-a716-446655440002";
  constexpr char kTwo[] = "770e8400-e29b-41d4-a716-446655440003";
  v1::Product product;
  product.set_category_id(kTwo);
  product.mutable_qwoty()->add_category_ids(kOne);
  product.mutable_qwoty()->add_category_ids(kTwo);
  EXPECT_EQ(
      EncodeQwotyUpdate(product),
      absl::StrCat(R"({"category_ids":[")", kTwo, R"(",")", kOne, R"("]})"));
}

TEST(QwotyEncodeTest, AnUpdateTellsExactlyThePresentFields) {
  EXPECT_EQ(EncodeQwotyUpdate(Parse(R"pb(sku: "B"
                                         qwoty { crm_id: "" })pb")),
            R"({"inventory[sku]":"B","identifiers[crm]":""})");
  EXPECT_EQ(EncodeQwotyUpdate(Parse(R"pb(selling_price: "1")pb")), "{}");
}

TEST(QwotyEncodeTest, WhatCannotBeWrittenIsNamed) {
  EXPECT_THAT(Problems(R"pb(
                         category_id: "7"
                         qwoty {
                           api_name: "A-1"
                           recurrence_type: "weekly"
                           catalog_ids: "main"
                           category_ids: "770e8400-e29b-41d4-a716-44665544000g"
                           unit_per_pack: "01"
                           weight: "1e3"
                           weight_unit: "g"
                           height: "-1"
                           length: "٣"
                           width: "1."
                         })pb",
                       QwotyWriteKind::kCreate),
              ElementsAre("product.name_en", "product.qwoty.api_name",
                          "product.qwoty.recurrence_type",
                          "product.qwoty.catalog_ids[0]", "product.category_id",
                          "product.qwoty.category_ids[0]",
                          "product.qwoty.unit_per_pack", "product.qwoty.weight",
                          "product.qwoty.height", "product.qwoty.length",
                          "product.qwoty.width", "product.qwoty.weight_unit"));
}

TEST(QwotyEncodeTest, WhatIsSetOnceCannotBeChanged) {
  EXPECT_THAT(
      Problems(kSpecified, QwotyWriteKind::kUpdate),
      ElementsAre("product.qwoty.api_name", "product.qwoty.recurrence_type",
                  "product.qwoty.catalog_ids"));
}

TEST(QwotyEncodeTest, FieldsWithoutAPlaceAreListed) {
  constexpr auto kCreate = QwotyWriteKind::kCreate;
  EXPECT_THAT(FieldsQwotyLacks(Parse(kSpecified), kCreate), IsEmpty());
  for (const char* names :
       {R"pb(name_ar: "كوب")pb", R"pb(name_en: " " name_ar: "كوب")pb"}) {
    EXPECT_THAT(FieldsQwotyLacks(Parse(names), kCreate), IsEmpty());
  }
  EXPECT_THAT(FieldsQwotyLacks(Parse(R"pb(
                                 name_en: "Mug"
                                 name_ar: "كوب"
                                 type: PRODUCT_TYPE_SERVICE
                                 selling_price: "1"
                                 buying_price: "1"
                                 track_quantity: false
                                 tax_id: "1"
                                 barcode: "x"
                               )pb"),
                               kCreate),
              ElementsAre("name_ar", "type", "selling_price", "buying_price",
                          "track_quantity", "tax_id", "barcode"));
}

}  // namespace
}  // namespace qantara::adapters
