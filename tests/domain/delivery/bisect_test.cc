#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/domain/support/fake_provider.h"
#include "tests/domain/support/model_worker.h"
#include "tests/domain/support/scenario.h"
#include "tests/domain/support/steps.h"

namespace qantara::domain {
namespace {

constexpr int kChunk = 50;
constexpr int kMostExtraCreates = 8;

std::string SkuOf(int i) { return absl::StrCat("S", 1000 + i); }

// An import of `count` lines, with these guilty, delivered to its end.
struct Search {
  Search(int count, const std::vector<int>& guilty, bool applies_in_part)
      : worker(scenario, provider) {
    worker.chunk_size = kChunk;
    provider.applies_in_part = applies_in_part;
    for (const int i : guilty) provider.guilty_skus.insert(SkuOf(i));
    std::vector<ParsedLine> lines;
    for (int i = 0; i < count; ++i) {
      lines.push_back(Line(absl::StrCat("sku: '", SkuOf(i), "'")));
    }
    scenario.set_checks_every_event(false);
    EXPECT_TRUE(Imported("spring", lines)(scenario).ok());
    EXPECT_TRUE(worker.Drain());
    EXPECT_TRUE(scenario.CheckRules());
  }

  void ExpectOnlyTheseRejected(int count, const std::vector<int>& guilty) {
    for (int i = 0; i < count; ++i) {
      const bool is_guilty =
          std::find(guilty.begin(), guilty.end(), i) != guilty.end();
      const tables::v1::ItemRow item =
          scenario.Item("spring", static_cast<uint32_t>(i) + 1);
      EXPECT_EQ(item.state(),
                is_guilty ? v1::ITEM_STATE_REJECTED : v1::ITEM_STATE_CREATED)
          << SkuOf(i);
      EXPECT_EQ(provider.WithSku(SkuOf(i)).size(), is_guilty ? 0u : 1u);
      if (!is_guilty) continue;
      ASSERT_EQ(item.problems_size(), 1) << "the provider's own message";
      EXPECT_EQ(item.problems(0).message(), "is refused");
      EXPECT_EQ(item.reason(), v1::ERROR_REASON_PROVIDER_REJECTED);
    }
  }

  Scenario scenario;
  FakeProvider provider;
  ModelWorker worker;
};

class BisectTest : public ::testing::TestWithParam<bool> {};

TEST_P(BisectTest, OneGuiltyOfFiftyCostsAtMostEightMoreRequests) {
  int most = 0;
  for (int guilty = 0; guilty < kChunk; guilty += 7) {
    SCOPED_TRACE(guilty);
    Search search(kChunk, {guilty}, GetParam());
    search.ExpectOnlyTheseRejected(kChunk, {guilty});
    const int extra = search.provider.creates() - 1;
    EXPECT_LE(extra, kMostExtraCreates);
    most = std::max(most, extra);
  }
  EXPECT_GT(most, 1) << "nothing was searched";
}

TEST_P(BisectTest, FindsSeveralGuiltyOnes) {
  for (const std::vector<int>& guilty : std::vector<std::vector<int>>{
           {0, 1}, {0, 49}, {24, 25}, {3, 17, 41}, {10, 11, 12, 13}}) {
    SCOPED_TRACE(guilty.front());
    Search search(kChunk, guilty, GetParam());
    search.ExpectOnlyTheseRejected(kChunk, guilty);
    EXPECT_LE(search.provider.creates(),
              1 + kMostExtraCreates * static_cast<int>(guilty.size()));
  }
}

TEST_P(BisectTest, FindsThemWhenAllAreGuilty) {
  const std::vector<int> all = {0, 1, 2, 3, 4};
  Search search(5, all, GetParam());
  search.ExpectOnlyTheseRejected(5, all);
}

TEST_P(BisectTest, TheOtherChunksOfTheImportGoOn) {
  Search search(4 * kChunk, {60}, GetParam());
  search.ExpectOnlyTheseRejected(4 * kChunk, {60});
  EXPECT_LE(search.provider.creates(), 4 + kMostExtraCreates);
}

INSTANTIATE_TEST_SUITE_P(Providers, BisectTest, ::testing::Bool(),
                         [](const auto& info) {
                           return info.param ? "AppliesInPart" : "AllOrNothing";
                         });

}  // namespace
}  // namespace qantara::domain
