#include "tools/cli/catalog/column_mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace qantara::tools {
namespace {

using ::testing::HasSubstr;
using Names = std::vector<std::string>;

// The binding as text: "sku=0 name_en=2"; an error as its message.
std::string Bind(const Names& names, const ColumnMapping& mapping = {},
                 bool all_required = true) {
  const auto bound = BindColumns(names, mapping, all_required);
  if (!bound.ok()) return std::string(bound.status().message());
  std::string out;
  for (const BoundColumn& column : *bound) {
    out += std::string(out.empty() ? "" : " ") +
           std::string(FieldName(column.field)) + "=" +
           std::to_string(column.index);
  }
  return out;
}

ColumnMapping Mapping(const Names& options) {
  ColumnMapping mapping;
  for (const std::string& option : options) {
    EXPECT_TRUE(AddMapOption(option, mapping).ok()) << option;
  }
  return mapping;
}

TEST(ColumnMappingTest, ColumnsAreKnownByNameInBothLanguages) {
  EXPECT_EQ(Bind({"SKU", " Name-EN ", "name ar", "Selling Price", "Other"}),
            "sku=0 name_en=1 name_ar=2 selling_price=3");
  EXPECT_EQ(Bind({"رمز المنتج", "الاسم العربي", "سعر البيع", "سعر الشراء"}),
            "sku=0 name_ar=1 selling_price=2 buying_price=3");
  EXPECT_EQ(Bind({"code", "name", "price", "cost"}),
            "sku=0 name_en=1 selling_price=2 buying_price=3");
  EXPECT_EQ(Bind({"sku", "nameEn", "sellingPrice", "externalId"}),
            "external_id=3 sku=0 name_en=1 selling_price=2");
}

TEST(ColumnMappingTest, ACategoryNameIsNoCategoryId) {
  EXPECT_EQ(Bind({"sku", "category", "Categories", "tax"}), "sku=0");
}

TEST(ColumnMappingTest, BesideAnEnglishNameTheBareNameIsArabic) {
  EXPECT_EQ(Bind({"sku", "name", "en_name"}), "sku=0 name_en=2 name_ar=1");
}

TEST(ColumnMappingTest, TwoColumnsOfOneFieldAreRefused) {
  EXPECT_THAT(Bind({"sku", "price", "selling_price"}),
              HasSubstr("\"price\" and \"selling_price\" both mean"));
}

TEST(ColumnMappingTest, WithAMappingOnlyMappedColumnsCount) {
  EXPECT_EQ(Bind({"Type", "No", "Public price", "sku"},
                 Mapping({"sku=No,selling_price=Public price"})),
            "sku=1 selling_price=2");
}

TEST(ColumnMappingTest, AColumnNameMayHoldCommasAndEqualSigns) {
  EXPECT_EQ(Bind({"a, b=c", "x"}, Mapping({"sku=a, b=c,name_ar=x"})),
            "sku=0 name_ar=1");
}

TEST(ColumnMappingTest, OneColumnMayServeTwoFields) {
  EXPECT_EQ(Bind({"Name"}, Mapping({"name_en=Name", "name_ar=Name"})),
            "name_en=0 name_ar=0");
}

TEST(ColumnMappingTest, AnExactNameComesBeforeASimilarOne) {
  EXPECT_EQ(Bind({"price", "Price"}, Mapping({"selling_price=Price"})),
            "selling_price=1");
  EXPECT_EQ(Bind({"PRICE"}, Mapping({"selling_price=price"})),
            "selling_price=0");
}

TEST(ColumnMappingTest, AMissingMappedColumnIsNamed) {
  const ColumnMapping mapping = Mapping({"sku=Number"});
  EXPECT_THAT(Bind({"a", "b"}, mapping),
              HasSubstr("no column \"Number\" for sku; the columns are a, b"));
  EXPECT_EQ(Bind({"a", "b"}, mapping, false), "");
  EXPECT_THAT(Bind({"Number", "Number"}, mapping), HasSubstr("twice"));
}

TEST(ColumnMappingTest, MalformedOptionsAreRefused) {
  for (const char* option :
       {"", "sku", "price_of_it=x", "sku=", "=x", "sku=a,sku=b"}) {
    ColumnMapping mapping;
    EXPECT_EQ(AddMapOption(option, mapping).code(),
              absl::StatusCode::kInvalidArgument)
        << option;
  }
}

TEST(ColumnMappingTest, AFileSaysOnePairALine) {
  ColumnMapping mapping;
  ASSERT_TRUE(AddMapFile("\xEF\xBB\xBF# ours\r\n\nsku = No, 1\r\n"
                         "name_ar=الاسم التجاري\n",
                         mapping)
                  .ok());
  EXPECT_EQ(mapping.columns.at(CatalogField::kSku), "No, 1");
  EXPECT_EQ(mapping.columns.at(CatalogField::kNameAr), "الاسم التجاري");
  EXPECT_THAT(std::string(AddMapFile("sku=No, 1\nwhat=x", mapping).message()),
              HasSubstr("line 2: \"what\" is no field"));
}

}  // namespace
}  // namespace qantara::tools
