#include "tools/cli/catalog/open_catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace qantara::tools {
namespace {

using ::testing::HasSubstr;

// All records as text, `line{field=value|field=value}` each; then the error.
std::string Read(const std::string& text, const CatalogOptions& options = {},
                 CatalogFormat format = CatalogFormat::kDetect) {
  auto reader = OpenCatalog(ReadText(text, 5), format, options);
  if (!reader.ok()) return std::string(reader.status().message());
  std::string out;
  CatalogRecord record;
  while (true) {
    const absl::StatusOr<bool> more = (*reader)->Next(record);
    if (!more.ok()) return out + std::string(more.status().message());
    if (!*more) return out;
    absl::StrAppend(&out, record.line, "{");
    for (size_t i = 0; i < record.fields.size(); ++i) {
      absl::StrAppend(&out, i == 0 ? "" : "|",
                      FieldName(record.fields[i].first), "=",
                      record.fields[i].second);
    }
    absl::StrAppend(&out, "}", record.notice);
  }
}

TEST(OpenCatalogTest, CsvValuesArriveByteForByte) {
  EXPECT_EQ(Read("\xEF\xBB\xBFsku,الاسم,price\r\n"
                 "001,\" كوب\r\nأزرق \",٢٥٫٠٠\r\n"
                 "002,\"كوب \"\"كبير\"\"\",25.00"),
            "1{sku=001|name_ar= كوب\r\nأزرق |selling_price=٢٥٫٠٠}"
            "2{sku=002|name_ar=كوب \"كبير\"|selling_price=25.00}");
}

TEST(OpenCatalogTest, OuterWhiteSpaceOfKeysIsLeftOut) {
  EXPECT_EQ(Read("sku,name,category_id,description\n"
                 " A-1\t, cup , 42 , red \n"
                 "A 2,cup,,\n"
                 "\t,cup,,\n"),
            "1{sku=A-1|name_en= cup |category_id=42|description= red }"
            "2{sku=A 2|name_en=cup}"
            "3{name_en=cup}");
}

TEST(OpenCatalogTest, JsonValuesArriveAsWritten) {
  EXPECT_EQ(Read("{\"sku\":\"001\",\"name_ar\":\"\\u0643وب\\n\","
                 "\"selling_price\":25.00,\"track_quantity\":true,"
                 "\"category\":\"Mugs\",\"images\":[{\"a\":[1,null,{}]}]}\r\n"
                 "\n"
                 "{\"sku\":2,\"name_en\":null,\"buying_price\":1e3}"),
            "1{sku=001|name_ar=كوب\n|selling_price=25.00|track_quantity=true}"
            "2{sku=2|buying_price=1e3}");
}

TEST(OpenCatalogTest, ABlankPriceIsSentAndOtherBlanksAreAbsent) {
  const std::string csv = "sku,name,price,cost\nA,,, \n,B,1,\n";
  EXPECT_EQ(Read(csv),
            "1{sku=A|selling_price=|buying_price= }"
            "2{name_en=B|selling_price=1|buying_price=}");
  CatalogOptions omit;
  omit.omit_blank_price = true;
  EXPECT_EQ(Read(csv, omit), "1{sku=A}2{name_en=B|selling_price=1}");
  EXPECT_EQ(Read("{\"sku\":\"A\",\"price\":\"\",\"cost\":null}"),
            "1{sku=A|selling_price=}");
}

TEST(OpenCatalogTest, UnmappedColumnsAreAbsent) {
  CatalogOptions options;
  ASSERT_TRUE(AddMapOption("sku=No,name_en=Trade", options.mapping).ok());
  EXPECT_EQ(Read("No,Trade,price\n1,X,3\n", options), "1{sku=1|name_en=X}");
  EXPECT_EQ(Read("{\"No\":1,\"price\":3}\n{\"Trade\":\"X\"}", options),
            "1{sku=1}2{name_en=X}");
}

TEST(OpenCatalogTest, WhatIsNotUtf8IsReportedAndPassedOn) {
  EXPECT_EQ(Read("sku,name\nA,caf\xE9\n"),
            "1{sku=A|name_en=caf\xE9}row 1, line 2, column \"name\": byte 4 "
            "is not valid UTF-8");
  EXPECT_EQ(Read("{\"name\":\"caf\xE9\"}"),
            "1{name_en=caf\xE9}row 1, line 1, column \"name\": byte 4 is not "
            "valid UTF-8");
  EXPECT_THAT(Read("sku,\xE9\n"), HasSubstr("header, line 1: byte 1 is not"));
}

TEST(OpenCatalogTest, Utf16IsRead) {
  EXPECT_EQ(Read(std::string("\xFF\xFEs\0k\0u\0\n\0\x33\x06\n\0", 14)),
            "1{sku=س}");
}

TEST(OpenCatalogTest, MalformedCsvNamesRowAndLine) {
  EXPECT_EQ(Read("sku,name\n\"A\nB\",x\nC\n"),
            "1{sku=A\nB|name_en=x}row 2, line 4: 1 cells, but the header has "
            "2");
  EXPECT_THAT(Read("sku,name\nA,\"x\n"),
              HasSubstr("row 1, line 3: the file ends inside a quote"));
  EXPECT_THAT(Read(""), HasSubstr("the file is empty"));
  EXPECT_THAT(Read("a,b\n1,2\n"), HasSubstr("no column is known by its name"));
}

TEST(OpenCatalogTest, MalformedJsonNamesRowAndLine) {
  const std::string good = "{\"sku\":\"A\"}\n\n";
  EXPECT_THAT(Read(good + "{\"sku\":}"), HasSubstr("}row 2, line 3: column"));
  EXPECT_THAT(Read(good + "[1]"),
              HasSubstr("row 2, line 3: not a JSON object"));
  EXPECT_THAT(Read(good + "{\"sku\":\"A\"} {}"), HasSubstr("row 2, line 3"));
  EXPECT_THAT(Read(good + "{\"sku\":{\"a\":1}}"),
              HasSubstr("\"sku\" holds an object or array"));
  EXPECT_THAT(Read(good + "{\"sku\":1,\"sku\":2}"), HasSubstr("both mean sku"));
  EXPECT_THAT(Read(good + std::string("{\"sku\":1}\0", 10)),
              HasSubstr("a NUL byte"));
  EXPECT_THAT(Read(good + "{\"x\":" + std::string(100'000, '[')),
              HasSubstr("row 2, line 3"));
}

TEST(OpenCatalogTest, FormatsAreKnownByName) {
  EXPECT_EQ(FormatOfName("a/b.CSV"), CatalogFormat::kCsv);
  EXPECT_EQ(FormatOfName("b.jsonl"), CatalogFormat::kJsonl);
  EXPECT_EQ(FormatOfName("-"), CatalogFormat::kDetect);
}

}  // namespace
}  // namespace qantara::tools
