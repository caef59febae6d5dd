#include "adapters/qoyod/qoyod_decode.h"

#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "adapters/json/json_reader.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

using ::testing::ElementsAre;

v1::RemoteProduct Record(const std::string& text) {
  v1::RemoteProduct record;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &record))
      << text;
  return record;
}

struct Case {
  std::string name;
  std::string row;
  std::string record;
};

void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

const Case kCases[] = {
    {"TheSpecificationsExample",
     R"({"id":1087,"name_ar":"كوب","name_en":"Mug","type":"Product",
         "sku":"MUG-BLUE-002","selling_price":30.0,"buying_price":12.0,
         "is_sold":true,"is_bought":true,"track_quantity":1,"category_id":42,
         "created_at":"2026-05-18T08:00:00.000Z",
         "updated_at":"2026-05-18T11:45:00.250Z"})",
     R"pb(id: "1087"
          name_ar: "كوب"
          name_en: "Mug"
          type: "Product"
          sku: "MUG-BLUE-002"
          selling_price: "30.0"
          buying_price: "12.0"
          is_sold: true
          is_bought: true
          track_quantity: true
          category_id: "42"
          create_time { seconds: 1779091200 }
          update_time { seconds: 1779104700 nanos: 250000000 })pb"},
    {"OnlyWhatIsToldIsTold", R"({"id":1})", R"pb(id: "1")pb"},
    {"NullIsNotTold",
     R"({"id":1,"sku":null,"name_en":null,"selling_price":null,
         "category_id":null,"track_quantity":null,"inventories":null,
         "created_at":null,"is_sold":null})",
     R"pb(id: "1")pb"},
    {"AnEmptyTextIsTold", R"({"id":1,"sku":"","name_en":""})",
     R"pb(id: "1" sku: "" name_en: "")pb"},
    {"IdsAsTexts", R"({"id":"1087","category_id":"42","tax_id":"1"})",
     R"pb(id: "1087" category_id: "42" tax_id: "1")pb"},
    {"IdsAsOddNumbers", R"({"id":1.087e3,"category_id":42.0,"tax_id":"007"})",
     R"pb(id: "1087" category_id: "42" tax_id: "7")pb"},
    {"WhatIsNoIdIsNotTold",
     R"({"id":1,"category_id":"x","tax_id":0,"unit_type":-3,
         "sales_account_id":1.5,"expense_account_id":true})",
     R"pb(id: "1")pb"},
    {"PricesAsTexts",
     R"({"id":1,"selling_price":"1000.0","buying_price":"850"})",
     R"pb(id: "1" selling_price: "1000.0" buying_price: "850")pb"},
    {"PricesWithExponents",
     R"({"id":1,"selling_price":1e3,"buying_price":"2.5E-2"})",
     R"pb(id: "1" selling_price: "1000" buying_price: "0.025")pb"},
    {"WhatIsNoPriceIsNotTold",
     R"({"id":1,"selling_price":"1,000","buying_price":{}})", R"pb(id: "1")pb"},
    {"FlagsAsNumbers",
     R"({"id":1,"is_sold":1,"is_bought":0,"track_quantity":0})",
     R"pb(id: "1" is_sold: true is_bought: false track_quantity: false)pb"},
    {"FlagsAsTexts",
     R"({"id":1,"is_sold":"true","is_bought":"False","track_quantity":"1"})",
     R"pb(id: "1" is_sold: true is_bought: false track_quantity: true)pb"},
    {"WhatIsNoFlagIsNotTold",
     R"({"id":1,"is_sold":"yes","is_bought":"","track_quantity":[]})",
     R"pb(id: "1")pb"},
    {"SkuThatIsANumber", R"({"id":1,"sku":00})", ""},
    {"SkuWrittenAsNumber", R"({"id":1,"sku":1.50})",
     R"pb(id: "1" sku: "1.50")pb"},
    {"NamesByTheirAliases", R"({"id":1,"en_name":"e","ar_name":"a"})",
     R"pb(id: "1" name_en: "e" name_ar: "a")pb"},
    {"NameIsArabic", R"({"id":1,"name":"a"})", R"pb(id: "1" name_ar: "a")pb"},
    {"CanonicalNamesComeFirst",
     R"({"id":1,"name":"x","name_ar":"a","en_name":"x","name_en":"e"})",
     R"pb(id: "1" name_en: "e" name_ar: "a")pb"},
    {"FullRecord",
     R"({"id":1,"description":"d","barcode":"b","unit_type":7,"unit":null,
         "sales_account_id":8,"expense_account_id":9,"ingredients":[],
         "unit_conversions":[{"rate":"2.0"}]})",
     R"pb(id: "1"
          description: "d"
          barcode: "b"
          unit_type_id: "7"
          sales_account_id: "8"
          cogs_account_id: "9")pb"},
    {"TimesWithOffset",
     R"({"id":1,"created_at":"2026-05-18T11:00:00.000+03:00",
         "updated_at":"2026-05-18T11:00:00+0300"})",
     R"pb(id: "1"
          create_time { seconds: 1779091200 }
          update_time { seconds: 1779091200 })pb"},
    {"TimesInWords",
     R"({"id":1,"created_at":"2026-05-18 08:00:00 UTC","updated_at":"soon"})",
     R"pb(id: "1"
          create_time { seconds: 1779091200 })pb"},
    {"TimesOutOfRange",
     R"({"id":1,"created_at":"infinite-future","updated_at":"infinite-past"})",
     R"pb(id: "1")pb"},
    {"StockPerLocation",
     R"({"id":1,"inventories":[
         {"id":3,"name_en":"Main","name_ar":"رئيسي","stock":120},
         {"id":"4","stock":"120.0"},{"id":5,"stock":-12.5},
         {"id":6,"stock":null},{"id":7}]})",
     R"pb(id: "1"
          stock_told: true
          stock {
            location_id: "3"
            name_en: "Main"
            name_ar: "رئيسي"
            quantity: "120"
          }
          stock { location_id: "4" quantity: "120.0" }
          stock { location_id: "5" quantity: "-12.5" }
          stock { location_id: "6" }
          stock { location_id: "7" })pb"},
    {"NoMovementYet", R"({"id":1,"inventories":[]})",
     R"pb(id: "1" stock_told: true)pb"},
    {"StockOfAnUnknownFormIsNotTold", R"({"id":1,"inventories":{"3":120}})",
     R"pb(id: "1")pb"},
    {"AListWithAHoleIsNotTold",
     R"({"id":1,"inventories":[{"id":3,"stock":1},{"stock":2}]})",
     R"pb(id: "1")pb"},
    {"InvalidBytesDoNotHideTheRow", "{\"id\":1,\"name_en\":\"a\xff\"}",
     "id: \"1\" name_en: \"a\xef\xbf\xbd\""},
    {"NoId", R"({"sku":"a"})", ""},
    {"IdNull", R"({"id":null,"sku":"a"})", ""},
    {"IdZero", R"({"id":0})", ""},
    {"IdObject", R"({"id":{"$oid":"1"}})", ""},
    {"NoObject", R"([1])", ""},
};

class QoyodDecodeTest : public ::testing::TestWithParam<Case> {};

// An empty `record` stands for a row that cannot be referred to.
TEST_P(QoyodDecodeTest, TellsWhatTheRowTells) {
  const auto row = ParseJson(GetParam().row);
  if (!row.ok()) {
    EXPECT_EQ(GetParam().record, "");
    return;
  }
  const auto record = DecodeProduct(*row);
  ASSERT_EQ(record.has_value(), !GetParam().record.empty());
  if (!record.has_value()) return;
  const v1::RemoteProduct expected = Record(GetParam().record);
  EXPECT_TRUE(
      google::protobuf::util::MessageDifferencer::Equals(*record, expected))
      << record->DebugString();
}

INSTANTIATE_TEST_SUITE_P(All, QoyodDecodeTest, ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

struct RootCase {
  std::string name;
  std::string answer;
  // "ids/rows", or empty where there are no products.
  std::string found;
};

void PrintTo(const RootCase& c, std::ostream* os) { *os << c.name; }

const RootCase kRootCases[] = {
    {"List", R"({"products":[{"id":1},{"id":2}]})", "1,2/2"},
    {"EmptyList", R"({"products":[]})", "/0"},
    {"One", R"({"product":{"id":1}})", "1/1"},
    {"OneInAnArray", R"({"product":[{"id":1}]})", "1/1"},
    {"ListThatIsOne", R"({"products":{"id":1}})", "1/1"},
    {"RowsWithoutIdCount", R"({"products":[{"id":1},{},null,3]})", "1/4"},
    {"Envelope", R"({"data":[{"id":1}],"status":"success"})", "1/1"},
    {"EnvelopeOfOne", R"({"data":{"id":1},"status":"success"})", "1/1"},
    {"EnvelopeOfAList", R"({"data":{"products":[{"id":1}]}})", "1/1"},
    {"EnvelopeOfNothing", R"({"data":{},"status":"success"})", ""},
    {"ErrorsBesideARoot", R"({"products":[],"errors":{"a":["b"]}})", "/0"},
    {"NullRoot", R"({"product":null,"errors":{"a":["b"]}})", ""},
    {"TextRoot", R"({"products":"none"})", ""},
    {"Errors", R"({"errors":{"sku":["taken"]}})", ""},
    {"OtherRoot", R"({"customers":[{"id":1}]})", ""},
    {"Array", R"([{"id":1}])", ""},
    {"Text", R"("We found nothing")", ""},
};

class QoyodRootTest : public ::testing::TestWithParam<RootCase> {};

TEST_P(QoyodRootTest, FindsTheRows) {
  const auto answer = ParseJson(GetParam().answer);
  ASSERT_TRUE(answer.ok());
  const auto products = DecodeProducts(*answer);
  std::string found;
  if (products.has_value()) {
    for (const auto& record : products->records) {
      absl::StrAppend(&found, found.empty() ? "" : ",", record.id());
    }
    absl::StrAppend(&found, "/", products->row_count);
  }
  EXPECT_EQ(found, GetParam().found);
}

INSTANTIATE_TEST_SUITE_P(All, QoyodRootTest, ::testing::ValuesIn(kRootCases),
                         [](const auto& info) { return info.param.name; });

TEST(QoyodPaginationTest, IsReadAsTextsNumbersOrEnvelope) {
  for (const char* pagination :
       {R"("pagination":{"count":1,"total":12,"perPage":"100",)"
        R"("currentPage":"10","totalPages":11})",
        R"("pagination":{"total":12,"currentPage":10,"totalPages":11})",
        R"("meta":{"current_page":10,"total_pages":11,"total_count":12})"}) {
    const auto answer =
        ParseJson(absl::StrCat(R"({"products":[],)", pagination, "}"));
    ASSERT_TRUE(answer.ok());
    const auto products = DecodeProducts(*answer);
    ASSERT_TRUE(products.has_value());
    EXPECT_EQ(products->total, 12u);
    EXPECT_EQ(products->current_page, 10u);
    EXPECT_EQ(products->total_pages, 11u);
  }
}

TEST(QoyodPaginationTest, WhatIsNotToldOrNoNumberIsNotTold) {
  for (const char* json :
       {R"({"products":[]})", R"({"products":[],"pagination":null})",
        R"({"products":[],"pagination":{"total":"many","currentPage":-1,)"
        R"("totalPages":[1]}})"}) {
    const auto answer = ParseJson(json);
    ASSERT_TRUE(answer.ok());
    const auto products = DecodeProducts(*answer);
    ASSERT_TRUE(products.has_value());
    EXPECT_EQ(products->total, std::nullopt);
    EXPECT_EQ(products->current_page, std::nullopt);
    EXPECT_EQ(products->total_pages, std::nullopt);
  }
}

TEST(QoyodIdsTest, AreReadBelowTheirKey) {
  const auto answer = ParseJson(
      R"({"taxes":[{"id":1,"name_en":"VAT"},{"id":"2"},{"name_en":"none"}]})");
  ASSERT_TRUE(answer.ok());
  const auto ids = DecodeIds(*answer, "taxes");
  ASSERT_TRUE(ids.has_value());
  EXPECT_THAT(*ids, ElementsAre("1", "2"));
  EXPECT_EQ(DecodeIds(*answer, "categories"), std::nullopt);
}

}  // namespace
}  // namespace qantara::adapters
