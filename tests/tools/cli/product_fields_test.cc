#include "tools/cli/product_fields.h"

#include <gtest/gtest.h>

namespace qantara::tools {
namespace {

// All fields, as far as the enumeration goes.
std::vector<CatalogField> AllFields() {
  std::vector<CatalogField> fields;
  for (int i = 0; !FieldName(static_cast<CatalogField>(i)).empty(); ++i) {
    fields.push_back(static_cast<CatalogField>(i));
  }
  return fields;
}

TEST(ProductFieldsTest, EveryFieldHasAPlaceInTheMessage) {
  for (const CatalogField field : AllFields()) {
    if (field == CatalogField::kExternalId) continue;
    v1::Product product;
    const char* value = field == CatalogField::kType ? "Service" : "1";
    EXPECT_TRUE(SetProductField(field, value, product).ok())
        << FieldName(field);
    EXPECT_GT(product.ByteSizeLong(), 0u) << FieldName(field);
  }
  EXPECT_EQ(ProductPath(CatalogField::kSku), "sku");
  EXPECT_EQ(ProductPath(CatalogField::kPosProduct), "qoyod.pos_product");
}

TEST(ProductFieldsTest, EmptyTextIsAValue) {
  v1::Product product;
  ASSERT_TRUE(SetProductField(CatalogField::kSellingPrice, "", product).ok());
  EXPECT_TRUE(product.has_selling_price());
}

TEST(ProductFieldsTest, SwitchesAndTypesAreReadInBothLanguages) {
  v1::Product product;
  EXPECT_TRUE(
      SetProductField(CatalogField::kTrackQuantity, "نعم", product).ok());
  EXPECT_TRUE(product.track_quantity());
  EXPECT_TRUE(
      SetProductField(CatalogField::kTrackQuantity, "FALSE", product).ok());
  EXPECT_FALSE(product.track_quantity());
  EXPECT_TRUE(product.has_track_quantity());
  EXPECT_TRUE(
      SetProductField(CatalogField::kType, "Raw Material", product).ok());
  EXPECT_EQ(product.type(), v1::PRODUCT_TYPE_RAW_MATERIAL);
  EXPECT_TRUE(SetProductField(CatalogField::kType, "خدمة", product).ok());
  EXPECT_EQ(product.type(), v1::PRODUCT_TYPE_SERVICE);
}

TEST(ProductFieldsTest, WhatCannotBeReadChangesNothing) {
  v1::Product product;
  EXPECT_FALSE(
      SetProductField(CatalogField::kTrackQuantity, "maybe", product).ok());
  EXPECT_FALSE(SetProductField(CatalogField::kSaleItem, "2", product).ok());
  EXPECT_FALSE(SetProductField(CatalogField::kType, "variable", product).ok());
  EXPECT_FALSE(SetProductField(CatalogField::kExternalId, "x", product).ok());
  EXPECT_EQ(product.ByteSizeLong(), 0u);
}

TEST(ProductFieldsTest, ARecordBecomesALine) {
  CatalogRecord record;
  record.line = 7;
  record.fields = {{CatalogField::kExternalId, "e"},
                   {CatalogField::kNameAr, " كوب\n"}};
  const auto line = ToCatalogLine(record);
  ASSERT_TRUE(line.ok());
  EXPECT_EQ(line->external_id(), "e");
  EXPECT_EQ(line->product().name_ar(), " كوب\n");
  record.fields.emplace_back(CatalogField::kType, "boat");
  EXPECT_EQ(ToCatalogLine(record).status().message(),
            "row 7, type: \"boat\" is none of Product, Service, Expense, "
            "RawMaterial, Recipe");
}

}  // namespace
}  // namespace qantara::tools
