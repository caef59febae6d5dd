#include "tests/proto/descriptor_text.h"

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/proto/descriptor_set.h"

namespace qantara::tests {
namespace {

using ::testing::ElementsAre;

class DescriptorTextTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(set_.ok()) << set_.status();
    ASSERT_EQ(set_->FilesOf("shop.v1").size(), 1u);
  }

  const google::protobuf::FileDescriptor& Sample() {
    return *set_->FilesOf("shop.v1").front();
  }

  // The sample's lines whose element is `element` or a part of it.
  std::vector<std::string> LinesAbout(absl::string_view element) {
    std::vector<std::string> found;
    for (const std::string& line : DescribeFile(Sample())) {
      if (absl::StrContains(line, element)) found.push_back(line);
    }
    return found;
  }

  absl::StatusOr<DescriptorSet> set_ =
      DescriptorSet::Read("tests/proto/sample.binpb");
};

TEST_F(DescriptorTextTest, FieldsShowNumberLabelAndType) {
  EXPECT_THAT(LinesAbout("Item.tax_id"),
              ElementsAre("field shop.v1.Item.tax_id = 1 string"));
  EXPECT_THAT(LinesAbout("Item.count"),
              ElementsAre("field shop.v1.Item.count = 3 optional int64"));
  EXPECT_THAT(
      LinesAbout("Item.parts"),
      ElementsAre("field shop.v1.Item.parts = 7 repeated shop.v1.Item"));
}

TEST_F(DescriptorTextTest, JsonNameIsShownOnlyWhenChosen) {
  EXPECT_THAT(
      LinesAbout("Item.kind"),
      ElementsAre("field shop.v1.Item.kind = 8 shop.v1.Kind json sort"));
}

TEST_F(DescriptorTextTest, OneofsShowTheirFields) {
  EXPECT_THAT(LinesAbout("Item.provider"),
              ElementsAre("oneof shop.v1.Item.provider: remote",
                          "oneof shop.v1.Item.provider: local"));
}

TEST_F(DescriptorTextTest, ReservedNumbersAndNamesAreShown) {
  EXPECT_THAT(LinesAbout("reserved shop.v1.Item"),
              ElementsAre("reserved shop.v1.Item 4 to 6",
                          "reserved shop.v1.Item 9 to 9",
                          "reserved shop.v1.Item gone"));
  EXPECT_THAT(LinesAbout("reserved shop.v1.Kind"),
              ElementsAre("reserved shop.v1.Kind 2 to 3",
                          "reserved shop.v1.Kind 7 to 7",
                          "reserved shop.v1.Kind KIND_OLD"));
}

TEST_F(DescriptorTextTest, EnumsShowTheirNumbers) {
  EXPECT_THAT(LinesAbout("value "),
              ElementsAre("value shop.v1.Kind.KIND_UNSPECIFIED = 0",
                          "value shop.v1.Kind.KIND_ONE = 1"));
}

TEST_F(DescriptorTextTest, MethodsShowTypesAndStreams) {
  EXPECT_THAT(
      LinesAbout("rpc "),
      ElementsAre("rpc shop.v1.Shop.Get(shop.v1.Item) returns (shop.v1.Item)",
                  "rpc shop.v1.Shop.Talk(stream shop.v1.Item) returns "
                  "(stream shop.v1.Item)"));
}

TEST_F(DescriptorTextTest, NestedMessagesHaveTheirOwnLine) {
  EXPECT_THAT(LinesAbout("Inner"), ElementsAre("message shop.v1.Item.Inner"));
}

TEST_F(DescriptorTextTest, EveryKindOfElementNeedsAComment) {
  EXPECT_THAT(
      UncommentedElements(Sample()),
      ElementsAre("shop.v1.Shop.Talk", "shop.v1.KIND_ONE", "shop.v1.Item.kind",
                  "shop.v1.Item.remote", "shop.v1.Item.provider",
                  "shop.v1.Item.Inner", "shop.v1.Bare"));
}

}  // namespace
}  // namespace qantara::tests
