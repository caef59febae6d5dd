#include "domain/line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "domain/digest.h"
#include "domain/field_problems.h"
#include "domain/utf8.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr LineRules kRules;

constexpr char kMug[] = R"pb(
  external_id: "shop-1"
  product {
    sku: "MUG-BLUE-001"
    name_en: "Blue mug"
    name_ar: "كوب أزرق"
    type: PRODUCT_TYPE_PRODUCT
    selling_price: "25.00"
    track_quantity: true
    category_id: "1"
    tax_id: "2"
  })pb";

std::string MugBytes() {
  return FromText<v1::CatalogLine>(kMug).SerializeAsString();
}

TEST(ParseLineTest, KeepsTheBytesOfAValidLine) {
  const std::string bytes = MugBytes();
  const ParsedLine line = ParseLine(bytes, kRules);
  EXPECT_THAT(line.problems, IsEmpty());
  EXPECT_EQ(line.payload, bytes);
  EXPECT_EQ(line.digest, Digest16(bytes));
  EXPECT_EQ(line.sku, "MUG-BLUE-001");
  EXPECT_EQ(line.external_id, "shop-1");
  EXPECT_EQ(LineOf(line.payload).DebugString(),
            FromText<v1::CatalogLine>(kMug).DebugString());
}

TEST(ParseLineTest, KeepsFieldsOfALaterVersionAndTheirOrder) {
  // Field 99, a text, in front of everything: never written so by us.
  const std::string bytes = std::string("\x9a\x06\x02hi") + MugBytes();
  const ParsedLine line = ParseLine(bytes, kRules);
  EXPECT_THAT(line.problems, IsEmpty());
  EXPECT_EQ(line.payload, bytes);
}

TEST(ParseLineTest, NormalizesArabicPrices) {
  auto arabic = FromText<v1::CatalogLine>(kMug);
  arabic.mutable_product()->set_selling_price("٢٥٫٠٠");
  const ParsedLine line = ParseLine(arabic.SerializeAsString(), kRules);
  EXPECT_THAT(line.problems, IsEmpty());
  EXPECT_EQ(line.payload, MugBytes());
  EXPECT_EQ(line.digest, Digest16(MugBytes()));
  EXPECT_EQ(line.sku, "MUG-BLUE-001");
}

TEST(ParseLineTest, KeepsNamesByteForByte) {
  v1::CatalogLine sent;
  sent.mutable_product()->set_sku("A");
  sent.mutable_product()->set_name_ar(" \u200fكوب\r\n\tأزرق\u0640 ");
  const ParsedLine line = ParseLine(sent.SerializeAsString(), kRules);
  EXPECT_THAT(line.problems, IsEmpty());
  EXPECT_EQ(LineOf(line.payload).product().name_ar(), sent.product().name_ar());
}

TEST(ParseLineTest, ReportsAllProblemsAndChangesNothing) {
  const auto sent = FromText<v1::CatalogLine>(R"pb(
    external_id: " x"
    product { sku: "A" selling_price: "12,50" buying_price: "٢٥" })pb");
  const ParsedLine line = ParseLine(sent.SerializeAsString(), kRules);
  EXPECT_THAT(Summaries(line.problems),
              ElementsAre("INVISIBLE_CHARACTER external_id",
                          "NAME_REQUIRED product.name_en",
                          "PRICE_INVALID product.selling_price"));
  EXPECT_EQ(line.payload, sent.SerializeAsString());
  EXPECT_EQ(line.digest, Digest16(line.payload));
  EXPECT_EQ(line.sku, "A");
  EXPECT_EQ(line.external_id, " x");
}

TEST(ParseLineTest, AnEmptyLineHasNoKeyAndNoName) {
  const ParsedLine line = ParseLine("", kRules);
  EXPECT_THAT(
      Summaries(line.problems),
      ElementsAre("SKU_REQUIRED product.sku", "NAME_REQUIRED product.name_en"));
}

TEST(ParseLineTest, MissingSkuPassesWhereAllowed) {
  const auto sent =
      FromText<v1::CatalogLine>(R"pb(product { sku: "" name_en: "N" })pb");
  const ParsedLine line =
      ParseLine(sent.SerializeAsString(), LineRules{.allow_missing_sku = true});
  EXPECT_THAT(line.problems, IsEmpty());
  EXPECT_EQ(line.sku, "");
}

TEST(ParseLineTest, InvalidUtf8IsReportedByPathWithEverythingElse) {
  auto sent = FromText<v1::CatalogLine>(kMug);
  sent.mutable_product()->set_name_ar("كوب\xd9");
  sent.mutable_product()->set_selling_price("1\xff");
  sent.mutable_product()->set_tax_id("x");
  const std::string bytes = sent.SerializeAsString();
  const ParsedLine line = ParseLine(bytes, kRules);
  EXPECT_THAT(Summaries(line.problems),
              ElementsAre("INVALID_UTF8 product.name_ar",
                          "INVALID_UTF8 product.selling_price",
                          "FIELD_INVALID product.tax_id"));
  EXPECT_EQ(line.payload, bytes);
  EXPECT_EQ(line.sku, "MUG-BLUE-001");
  EXPECT_EQ(line.external_id, "shop-1");
}

TEST(ParseLineTest, InvalidUtf8InAKeyLeavesItEmpty) {
  auto sent = FromText<v1::CatalogLine>(kMug);
  sent.mutable_product()->set_sku("MUG\xff");
  const ParsedLine line = ParseLine(sent.SerializeAsString(), kRules);
  EXPECT_THAT(Summaries(line.problems),
              ElementsAre("INVALID_UTF8 product.sku"));
  EXPECT_EQ(line.sku, "");
  EXPECT_EQ(line.external_id, "shop-1");
}

TEST(ParseLineTest, CutOffBytesAreMalformed) {
  const std::string whole = MugBytes();
  const std::string bytes = whole.substr(0, whole.size() - 2);
  const ParsedLine line = ParseLine(bytes, kRules);
  EXPECT_THAT(Summaries(line.problems), ElementsAre("MESSAGE_MALFORMED "));
  EXPECT_EQ(line.payload, bytes);
  EXPECT_EQ(line.sku, "MUG-BLUE-001");
  EXPECT_EQ(line.external_id, "shop-1");
}

TEST(ParseLineTest, TextInsteadOfAMessageIsMalformed) {
  const ParsedLine line = ParseLine("sku,name\nA,Mug\n", kRules);
  EXPECT_THAT(Summaries(line.problems), ElementsAre("MESSAGE_MALFORMED "));
  EXPECT_EQ(line.sku, "");
}

TEST(ParseLineTest, OnlyTheHeadOfAnOversizedLineIsKept) {
  auto sent = FromText<v1::CatalogLine>(kMug);
  sent.mutable_product()->set_description(std::string(kMaxLineBytes, 'x'));
  const std::string bytes = sent.SerializeAsString();
  const ParsedLine line = ParseLine(bytes, kRules);
  EXPECT_THAT(Summaries(line.problems), ElementsAre("MESSAGE_TOO_LARGE "));
  EXPECT_EQ(line.payload, bytes.substr(0, kKeptHeadBytes));
  EXPECT_EQ(line.digest, Digest16(line.payload));
  EXPECT_EQ(line.sku, "MUG-BLUE-001");
  EXPECT_EQ(line.external_id, "shop-1");
}

TEST(ParseLineTest, ALineOfTheLargestSizeIsRead) {
  auto sent = FromText<v1::CatalogLine>(kMug);
  sent.mutable_product()->set_description(
      std::string(kMaxLineBytes - MugBytes().size() - 7, 'x'));
  const std::string bytes = sent.SerializeAsString();
  ASSERT_LE(bytes.size(), kMaxLineBytes);
  const ParsedLine line = ParseLine(bytes, kRules);
  EXPECT_THAT(Summaries(line.problems),
              ElementsAre("FIELD_TOO_LONG product.description"));
  EXPECT_EQ(line.payload, bytes);
}

TEST(ParseLineTest, KeysForTheReportAreCut) {
  auto sent = FromText<v1::CatalogLine>(kMug);
  sent.set_external_id(std::string(200'000, 'e'));
  sent.mutable_product()->set_sku(std::string(300, 's'));
  const ParsedLine line = ParseLine(sent.SerializeAsString(), kRules);
  EXPECT_THAT(
      Summaries(line.problems),
      ElementsAre("FIELD_TOO_LONG external_id", "FIELD_TOO_LONG product.sku"));
  EXPECT_EQ(line.sku, std::string(250, 's'));
  EXPECT_EQ(line.external_id, std::string(128, 'e'));
}

TEST(LineOfTest, OtherBytesAreAnEmptyLine) {
  EXPECT_EQ(LineOf("\xff\xff").ByteSizeLong(), 0u);
}

// Whatever comes in, what goes into the log is bounded and valid.
void ExpectSound(const ParsedLine& line) {
  ASSERT_LE(line.payload.size(), kMaxLineBytes);
  ASSERT_LE(line.problems.size(), kMaxProblems);
  ASSERT_EQ(line.digest.size(), 16u);
  ASSERT_TRUE(IsValidUtf8(line.sku));
  ASSERT_TRUE(IsValidUtf8(line.external_id));
  for (const v1::ItemProblem& problem : line.problems) {
    ASSERT_TRUE(IsValidUtf8(problem.message())) << problem.field();
    ASSERT_NE(problem.reason(), v1::ERROR_REASON_UNSPECIFIED);
  }
  if (!line.problems.empty()) return;
  // An accepted line is stable: read again, it is the same.
  const ParsedLine again = ParseLine(line.payload, kRules);
  ASSERT_THAT(again.problems, IsEmpty());
  ASSERT_EQ(again.payload, line.payload);
  ASSERT_EQ(again.digest, line.digest);
}

TEST(ParseLineTest, RandomBytesGiveALine) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes(random() % 40, '\0');
    for (char& byte : bytes) {
      byte = static_cast<char>(random() % (i % 2 == 0 ? 256 : 24));
    }
    ExpectSound(ParseLine(bytes, kRules));
  }
}

TEST(ParseLineTest, DamagedLinesGiveALine) {
  std::mt19937_64 random(6);
  auto mug = FromText<v1::CatalogLine>(kMug);
  mug.mutable_product()->mutable_qoyod()->add_reorder_points()->set_quantity(
      "1");
  const std::string whole = mug.SerializeAsString();
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = whole.substr(0, random() % (whole.size() + 1));
    for (size_t n = random() % 4; n > 0 && !bytes.empty(); --n) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    ExpectSound(ParseLine(bytes, kRules));
  }
}

}  // namespace
}  // namespace qantara::domain
