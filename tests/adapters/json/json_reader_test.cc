#include "adapters/json/json_reader.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

std::string MemberText(const char* json) {
  const auto document = ParseJson(json);
  if (!document.ok()) return "no JSON";
  const rapidjson::Value* member = FindMember(*document, "a");
  return member == nullptr ? "no member" : TextOf(*member).value_or("no text");
}

TEST(JsonReaderTest, NumbersKeepTheirText) {
  EXPECT_EQ(MemberText(R"({"a":25.00})"), "25.00");
  EXPECT_EQ(MemberText(R"({"a":-0.10})"), "-0.10");
  EXPECT_EQ(MemberText(R"({"a":1E+3})"), "1E+3");
  EXPECT_EQ(MemberText(R"({"a":12345678901234567890.123456789})"),
            "12345678901234567890.123456789");
}

TEST(JsonReaderTest, TextsAreTextsAndOtherKindsAreNot) {
  EXPECT_EQ(MemberText(R"({"a":"كوب"})"), "كوب");
  EXPECT_EQ(MemberText(R"({"a":"\u0643\n"})"), "ك\n");
  EXPECT_EQ(MemberText(R"({"a":true})"), "no text");
  EXPECT_EQ(MemberText(R"({"a":[]})"), "no text");
}

TEST(JsonReaderTest, NullAndMissingAreTheSame) {
  EXPECT_EQ(MemberText(R"({"a":null})"), "no member");
  EXPECT_EQ(MemberText(R"({"b":1})"), "no member");
  EXPECT_EQ(MemberText(R"([1])"), "no member");
  EXPECT_EQ(MemberText(R"("a")"), "no member");
}

TEST(JsonReaderTest, AByteOrderMarkIsSkipped) {
  EXPECT_EQ(MemberText("\xef\xbb\xbf{\"a\":1}"), "1");
}

TEST(JsonReaderTest, InvalidBytesAreReplaced) {
  EXPECT_EQ(MemberText("{\"a\":\"x\xffy\"}"), "x\xef\xbf\xbdy");
  EXPECT_EQ(ValidText("a\xc3(\xe2\x82"),
            "a\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(JsonReaderTest, WhatIsCutOffIsNoJson) {
  const std::string whole = R"({"products":[{"id":1,"sku":"a\"b"}]})";
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(ParseJson(whole.substr(0, size)).status().code(),
              absl::StatusCode::kInvalidArgument)
        << size;
  }
  EXPECT_TRUE(ParseJson(whole).ok());
  EXPECT_FALSE(ParseJson(absl::StrCat(whole, "}")).ok());
}

TEST(JsonReaderTest, DepthIsBounded) {
  const auto nested = [](size_t depth) {
    return absl::StrCat(std::string(depth, '['), std::string(depth, ']'));
  };
  EXPECT_TRUE(ParseJson(nested(kMaxJsonDepth)).ok());
  EXPECT_EQ(ParseJson(nested(kMaxJsonDepth + 1)).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ParseJson(std::string(10 << 20, '[')).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(JsonReaderTest, BracketsInTextsAreNoDepth) {
  EXPECT_TRUE(
      ParseJson(absl::StrCat("[\"", std::string(1000, '['), "\\\"[\"]")).ok());
}

TEST(JsonReaderTest, TheNumberOfValuesIsBounded) {
  std::string many = "[";
  for (size_t i = 0; i <= kMaxJsonValues; ++i) many += "0,";
  EXPECT_EQ(ParseJson(many).status().code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace qantara::adapters
