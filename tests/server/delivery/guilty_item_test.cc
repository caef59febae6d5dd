// What it costs to find an item that the provider refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/item_state.h"
#include "tests/server/delivery/delivery_harness.h"

namespace qantara::server {
namespace {

using ::testing::IsEmpty;

constexpr int kChunk = 50;
constexpr int kExtraPosts = 8;

// Imports a chunk after the other into one company. In each, the items at some
// places are bad.
class GuiltyItemTest : public ::testing::Test {
 protected:
  GuiltyItemTest() : harness_(Quick()) {
    // The first import shows what the provider honours.
    harness_.Import("first", Lines("FIRST-", 3));
    harness_.Finish("first");
  }

  static DeliveryHarness::Options Quick() {
    DeliveryHarness::Options options;
    options.bounds = {absl::Seconds(10), absl::Milliseconds(50),
                      absl::Milliseconds(5)};
    return options;
  }

  void Try(const std::vector<int>& bad) {
    const std::string prefix = absl::StrCat(++imports_, "-");
    std::vector<std::string> skus;
    for (const int place : bad) {
      skus.push_back(absl::StrCat("\"", prefix, place, "\""));
    }
    ASSERT_TRUE(harness_.qoyod()
                    .SetFaults(absl::StrCat(R"({"bad_item":{"skus":[)",
                                            absl::StrJoin(skus, ","), "]}}"))
                    .ok());
    const int64_t posts = Posts();
    const int settles = harness_.metrics().CountOf("settle");
    const std::string name = absl::StrCat("import", imports_);
    harness_.Import(name, Lines(prefix, kChunk));
    const auto row = harness_.Finish(name);
    EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_REJECTED), bad.size());
    EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_CREATED),
              kChunk - bad.size());
    const int64_t most = 1 + kExtraPosts * static_cast<int64_t>(bad.size());
    EXPECT_LE(Posts() - posts, most) << "bad: " << absl::StrJoin(bad, ", ");
    EXPECT_LE(harness_.metrics().CountOf("settle") - settles, Posts() - posts);
    for (const int place : bad) {
      const auto item = harness_.Item(name, static_cast<uint32_t>(place));
      EXPECT_EQ(item.state(), v1::ITEM_STATE_REJECTED);
      EXPECT_GT(item.problems_size(), 0);
    }
  }

  int64_t Posts() { return harness_.qoyod().RequestCount("POST", "/products"); }

  DeliveryHarness harness_;
  int imports_ = 0;
};

TEST_F(GuiltyItemTest, OneBadItemCostsAtMostEightRequestsWhereverItStands) {
  for (int place = 1; place <= kChunk; ++place) Try({place});
  EXPECT_THAT(harness_.qoyod().RepeatedSkus(), IsEmpty());
}

TEST_F(GuiltyItemTest, TwoBadItemsCostAtMostTwiceAsMuch) {
  for (const auto& [first, second] : std::vector<std::pair<int, int>>{
           {1, 2}, {1, 50}, {24, 25}, {25, 26}, {12, 37}, {49, 50}}) {
    Try({first, second});
  }
  EXPECT_THAT(harness_.qoyod().RepeatedSkus(), IsEmpty());
}

TEST_F(GuiltyItemTest, TheOthersDoNotWaitForTheSearch) {
  ASSERT_TRUE(harness_.qoyod().SetFaults(R"({"bad_item":{"sku":"X-7"}})").ok());
  harness_.Import("bad", Lines("X-", kChunk));
  harness_.Import("good", Lines("Y-", 3 * kChunk));
  EXPECT_EQ(domain::CountOf(harness_.Finish("good"), v1::ITEM_STATE_CREATED),
            3 * kChunk);
  EXPECT_EQ(domain::CountOf(harness_.Finish("bad"), v1::ITEM_STATE_REJECTED),
            1);
}

}  // namespace
}  // namespace qantara::server
