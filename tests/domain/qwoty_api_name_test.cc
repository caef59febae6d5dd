#include "domain/qwoty_api_name.h"

#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace qantara::domain {
namespace {

using ::testing::MatchesRegex;
using ::testing::StartsWith;

TEST(QwotyApiNameTest, IsTheSkuAsASlugAndTenHexDigits) {
  EXPECT_THAT(DeriveApiName("main", "", "WID-PRE-001"),
              MatchesRegex("wid_pre_001_[0-9a-f]{10}"));
  EXPECT_THAT(DeriveApiName("main", "", " -A&B+ C#1- "),
              MatchesRegex("a_b_c_1_[0-9a-f]{10}"));
}

TEST(QwotyApiNameTest, NeverChanges) {
  EXPECT_EQ(DeriveApiName("main", "", "A-1"), DeriveApiName("main", "", "A-1"));
  // What is stored at the provider: this must hold for ever.
  EXPECT_EQ(DeriveApiName("main", "", "A-1"), "a_1_92a47c0a14");
  EXPECT_EQ(DeriveApiName("main", "ext-7", "A-1"), "a_1_d146620e61");
}

TEST(QwotyApiNameTest, LookalikesAndConnectionsDiffer) {
  const std::set<std::string> names = {
      DeriveApiName("main", "", "A-1"),    DeriveApiName("main", "", "A_1"),
      DeriveApiName("main", "", "a-1"),    DeriveApiName("other", "", "A-1"),
      DeriveApiName("main", "x", "A-1"),   DeriveApiName("main", "y", "A-1"),
      DeriveApiName("main", "A-1", "A-1"), DeriveApiName("mai", "", "nA-1"),
      DeriveApiName("main", "", "سكر"),    DeriveApiName("main", "", "شاي"),
  };
  EXPECT_EQ(names.size(), 10u);
}

TEST(QwotyApiNameTest, AnArabicSkuStillGivesAValidName) {
  EXPECT_THAT(DeriveApiName("main", "", "سكر"),
              MatchesRegex("product_[0-9a-f]{10}"));
  EXPECT_THAT(DeriveApiName("main", "ext", ""), StartsWith("product_"));
}

TEST(QwotyApiNameTest, ALongSkuIsCut) {
  const std::string name = DeriveApiName("main", "", std::string(250, 'A'));
  EXPECT_EQ(name.size(), kMaxDerivedApiName);
  EXPECT_THAT(name, MatchesRegex("a+_[0-9a-f]{10}"));
}

}  // namespace
}  // namespace qantara::domain
