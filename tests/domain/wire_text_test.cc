#include "domain/wire_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "qantara/v1/product.pb.h"

namespace qantara::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Serializing invalid UTF-8 works; only parsing it fails.
std::string Bytes(const v1::CatalogLine& line) {
  return line.SerializeAsString();
}

const google::protobuf::Descriptor& Type() {
  return *v1::CatalogLine::descriptor();
}

TEST(ReplaceInvalidTextTest, LeavesValidBytesAlone) {
  v1::CatalogLine line;
  line.set_external_id("معرّف");
  line.mutable_product()->set_name_ar("كوب");
  std::string bytes = Bytes(line);
  const std::string before = bytes;
  EXPECT_THAT(ReplaceInvalidText(Type(), &bytes), IsEmpty());
  EXPECT_EQ(bytes, before);
}

TEST(ReplaceInvalidTextTest, NamesEveryTextAndKeepsTheRest) {
  v1::CatalogLine line;
  line.set_external_id("\xff");
  v1::Product& product = *line.mutable_product();
  product.set_sku("MUG");
  product.set_name_ar("كوب\xd9");
  product.mutable_qoyod()->add_reorder_points()->set_location_id("1");
  product.mutable_qoyod()->add_reorder_points()->set_location_id("\x80");
  product.mutable_qwoty()->add_catalog_ids("ok");
  product.mutable_qwoty()->add_catalog_ids("\xc0\x80");
  std::string bytes = Bytes(line);

  EXPECT_THAT(ReplaceInvalidText(Type(), &bytes),
              ElementsAre("external_id", "product.name_ar",
                          "product.qoyod.reorder_points[1].location_id",
                          "product.qwoty.catalog_ids[1]"));

  v1::CatalogLine repaired;
  ASSERT_TRUE(repaired.ParseFromString(bytes));
  EXPECT_EQ(repaired.product().sku(), "MUG");
  EXPECT_EQ(repaired.product().name_ar(), "???????");
  EXPECT_EQ(repaired.product().qwoty().catalog_ids(0), "ok");
}

TEST(ReplaceInvalidTextTest, NamesARepeatedFieldOnceAndListsWithinBounds) {
  v1::CatalogLine line;
  line.mutable_product()->set_name_en("\xff");
  std::string twice = Bytes(line) + Bytes(line);
  EXPECT_THAT(ReplaceInvalidText(Type(), &twice),
              ElementsAre("product.name_en"));

  v1::CatalogLine many;
  for (int i = 0; i < 1'000; ++i) {
    many.mutable_product()->mutable_qwoty()->add_catalog_ids("\xff");
  }
  std::string bytes = Bytes(many);
  EXPECT_EQ(ReplaceInvalidText(Type(), &bytes).size(), kMaxInvalidTexts);
  EXPECT_TRUE(many.ParseFromString(bytes));
}

TEST(FindTextTest, FollowsFieldNumbers) {
  v1::CatalogLine line;
  line.set_external_id("x-1");
  line.mutable_product()->set_sku("MUG");
  const std::string bytes = Bytes(line);
  EXPECT_EQ(FindText(bytes, {1}), "x-1");
  EXPECT_EQ(FindText(bytes, {2, 1}), "MUG");
  EXPECT_EQ(FindText(bytes, {2, 2}), "");
  EXPECT_EQ(FindText(bytes, {9, 1}), "");
}

TEST(FindTextTest, TheLastOneCounts) {
  v1::CatalogLine first;
  first.mutable_product()->set_sku("A");
  v1::CatalogLine second;
  second.mutable_product()->set_sku("B");
  v1::CatalogLine third;
  third.mutable_product()->set_name_en("N");
  EXPECT_EQ(FindText(Bytes(first) + Bytes(second) + Bytes(third), {2, 1}), "B");
}

TEST(FindTextTest, TakesNoPartOfAText) {
  v1::CatalogLine line;
  line.mutable_product()->set_sku("MUG-BLUE-001");
  line.mutable_product()->set_name_en("Blue mug");
  const std::string bytes = Bytes(line);
  // The product is cut off behind the SKU, then inside it.
  EXPECT_EQ(FindText(bytes.substr(0, bytes.size() - 3), {2, 1}),
            "MUG-BLUE-001");
  EXPECT_EQ(FindText(bytes.substr(0, 8), {2, 1}), "");
}

TEST(FindTextTest, TakesNoInvalidText) {
  v1::CatalogLine line;
  line.mutable_product()->set_sku("A\xff");
  EXPECT_EQ(FindText(Bytes(line), {2, 1}), "");
}

TEST(WireTextTest, AnyBytesAreRead) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 200'000; ++i) {
    std::string bytes(random() % 24, '\0');
    for (char& byte : bytes) {
      // Small numbers make more tags and lengths that fit.
      byte = static_cast<char>(random() % (i % 2 == 0 ? 256 : 32));
    }
    FindText(bytes, {2, 1});
    const size_t size = bytes.size();
    ReplaceInvalidText(Type(), &bytes);
    ASSERT_EQ(bytes.size(), size);
    // Nothing that remains is invalid.
    ASSERT_THAT(ReplaceInvalidText(Type(), &bytes), IsEmpty());
  }
}

}  // namespace
}  // namespace qantara::domain
