#include "domain/verify/product_check.h"

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

constexpr char kRow[] = R"pb(
  sku: "A"
  remote_id: "11"
  desired {
    sku: "A"
    name_en: "Mug"
    type: PRODUCT_TYPE_PRODUCT
    selling_price: "25.00"
    track_quantity: true
    category_id: "7"
  }
  acknowledged {
    id: "11"
    sku: "A"
    name_en: "Mug"
    type: "Product"
    selling_price: "25.0"
    track_quantity: true
    category_id: "7"
    description: "as made"
  })pb";

// Differences as `field: sent -> held`.
std::vector<std::string> Differences(const std::string& row,
                                     const std::string& held) {
  std::vector<std::string> texts;
  for (const auto& one : CompareFields(FromText<tables::v1::ProductRow>(row),
                                       FromText<v1::RemoteProduct>(held))) {
    texts.push_back(
        absl::StrCat(one.field(), ": ", one.sent(), " -> ", one.held()));
  }
  return texts;
}

TEST(ProductCheckTest, DecimalsAreComparedAsNumbers) {
  EXPECT_THAT(Differences(kRow, "selling_price: '25' category_id: '7'"),
              IsEmpty());
  EXPECT_THAT(Differences(kRow, "selling_price: '25.0000000000000001'"),
              ElementsAre("selling_price: 25.00 -> 25.0000000000000001"));
}

TEST(ProductCheckTest, EveryChangedFieldIsNamed) {
  EXPECT_THAT(
      Differences(kRow,
                  "name_en: 'Cup' type: 'Service' track_quantity: false "
                  "category_id: '8'"),
      ElementsAre("name_en: Mug -> Cup", "type: Product -> Service",
                  "track_quantity: true -> false", "category_id: 7 -> 8"));
}

TEST(ProductCheckTest, AFieldThatNobodyAskedForIsComparedWithWhatWasTold) {
  EXPECT_THAT(Differences(kRow, "description: 'edited'"),
              ElementsAre("description: as made -> edited"));
}

TEST(ProductCheckTest, WhatWasAskedForCountsMoreThanWhatWasTold) {
  EXPECT_THAT(Differences("desired { description: 'new' } "
                          "acknowledged { id: '11' description: 'as made' }",
                          "description: 'as made'"),
              ElementsAre("description: new -> as made"));
}

TEST(ProductCheckTest, AFieldThatIsNotToldIsNoDifference) {
  EXPECT_THAT(Differences(kRow, "id: '11'"), IsEmpty());
}

TEST(ProductCheckTest, AnotherSkuIsNoDifferenceOfFields) {
  EXPECT_THAT(Differences(kRow, "sku: 'B'"), IsEmpty());
}

TEST(ProductCheckTest, ATypeThatClientsCannotAskForIsNotCompared) {
  EXPECT_THAT(Differences("acknowledged { id: '1' type: 'FixedAsset' }",
                          "type: 'FixedAsset'"),
              IsEmpty());
}

TEST(ProductCheckTest, AProductIsNotSettledWhileAWriteIsOpen) {
  EXPECT_TRUE(IsSettled(FromText<tables::v1::ProductRow>(kRow)));
  EXPECT_FALSE(IsSettled(
      FromText<tables::v1::ProductRow>(absl::StrCat(kRow, "intent: 5"))));
}

}  // namespace
}  // namespace qantara::domain
