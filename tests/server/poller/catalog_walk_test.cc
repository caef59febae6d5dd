#include "server/poller/catalog_walk.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

using Step = CatalogWalk::Step;

// A confirmed page with the ids `from` to `to`.
domain::PageAnswer Page(int from, int to,
                        std::optional<uint32_t> total = std::nullopt) {
  domain::PageAnswer answer;
  answer.report.effect = domain::Effect::kConfirmed;
  answer.total = total;
  for (int id = from; id <= to; ++id) {
    answer.records.emplace_back().set_id(absl::StrCat(id));
  }
  answer.row_count = answer.records.size();
  return answer;
}

domain::PageAnswer Failure(v1::ErrorReason reason) {
  domain::PageAnswer answer;
  answer.report.effect = domain::Effect::kNotApplied;
  answer.report.reason = reason;
  return answer;
}

class CatalogWalkTest : public ::testing::Test {
 protected:
  // Takes a page; `fresh_` is then the number of its new records.
  Step Take(const domain::PageAnswer& answer) {
    std::vector<const v1::RemoteProduct*> fresh;
    const Step step = walk_.Take(answer, &fresh);
    fresh_ = fresh.size();
    return step;
  }

  CatalogWalk walk_;
  size_t fresh_ = 0;
};

TEST_F(CatalogWalkTest, IsCompleteWhenAsManyWereSeenAsThereAre) {
  EXPECT_EQ(walk_.Query().page, 1u);
  EXPECT_EQ(Take(Page(1, 100, 150)), Step::kOn);
  EXPECT_EQ(walk_.Query().page, 2u);
  EXPECT_EQ(Take(Page(101, 150, 150)), Step::kComplete);
  EXPECT_EQ(walk_.records(), 150u);
  EXPECT_TRUE(walk_.Contains("150"));
}

TEST_F(CatalogWalkTest, AnEmptyCatalogIsComplete) {
  EXPECT_EQ(Take(Page(1, 0)), Step::kComplete);
  EXPECT_EQ(walk_.records(), 0u);
}

TEST_F(CatalogWalkTest, WithoutATotalAPageWithoutNewRecordsEndsIt) {
  EXPECT_EQ(Take(Page(1, 100)), Step::kOn);
  EXPECT_EQ(Take(Page(101, 120)), Step::kOn);
  EXPECT_EQ(Take(Page(1, 0)), Step::kComplete);
}

TEST_F(CatalogWalkTest, ARecordThatMovedToALaterPageCountsOnce) {
  EXPECT_EQ(Take(Page(1, 100, 199)), Step::kOn);
  EXPECT_EQ(Take(Page(100, 199, 199)), Step::kComplete);
  EXPECT_EQ(fresh_, 99u);
}

TEST_F(CatalogWalkTest, AllRowsOnEveryPageIsCompleteAtOnce) {
  EXPECT_EQ(Take(Page(1, 250, 250)), Step::kComplete);
}

TEST_F(CatalogWalkTest, TheSameRowsOnEveryPageIsIncomplete) {
  EXPECT_EQ(Take(Page(1, 101, 250)), Step::kOn);
  EXPECT_EQ(Take(Page(1, 101, 250)), Step::kIncomplete);
}

TEST_F(CatalogWalkTest, TheLastPageWithTooFewRecordsIsIncomplete) {
  domain::PageAnswer page = Page(1, 90, 100);
  page.total_pages = 1;
  EXPECT_EQ(Take(page), Step::kIncomplete);
}

TEST_F(CatalogWalkTest, APageThatFailsIsAskedForAgainUntilItIsGivenUp) {
  EXPECT_EQ(Take(Page(1, 100, 150)), Step::kOn);
  const auto failure = Failure(v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  for (int i = 1; i < CatalogWalk::kMaxFailures; ++i) {
    EXPECT_EQ(Take(failure), Step::kOn);
    EXPECT_EQ(walk_.Query().page, 2u);
  }
  EXPECT_EQ(Take(failure), Step::kOn);
  EXPECT_EQ(walk_.Query().id_above, "100") << "behind what it saw";
  for (int i = 1; i < CatalogWalk::kMaxFailures; ++i) Take(failure);
  EXPECT_EQ(Take(failure), Step::kIncomplete);
}

TEST_F(CatalogWalkTest, WhereDeepPagesFailItGoesOnById) {
  EXPECT_EQ(Take(Page(1, 100, 250)), Step::kOn);
  const auto failure = Failure(v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  for (int i = 0; i < CatalogWalk::kMaxFailures; ++i) Take(failure);
  EXPECT_EQ(Take(Page(101, 200, 150)), Step::kOn);
  EXPECT_EQ(walk_.Query().id_above, "200");
  EXPECT_EQ(walk_.Query().page, 1u);
  EXPECT_EQ(Take(Page(201, 250, 50)), Step::kComplete);
}

TEST_F(CatalogWalkTest, AFirstPageThatFailsIsGivenUp) {
  const auto failure = Failure(v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  for (int i = 1; i < CatalogWalk::kMaxFailures; ++i) Take(failure);
  EXPECT_EQ(Take(failure), Step::kIncomplete);
}

TEST_F(CatalogWalkTest, WhereTheIdIsIgnoredTooItIsIncomplete) {
  EXPECT_EQ(Take(Page(1, 100, 250)), Step::kOn);
  const auto failure = Failure(v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  for (int i = 0; i < CatalogWalk::kMaxFailures; ++i) Take(failure);
  domain::PageAnswer ignored = Page(1, 0, 250);  // The same rows, left out.
  ignored.row_count = 100;
  ignored.filter_ignored = true;
  EXPECT_EQ(Take(ignored), Step::kIncomplete);
}

TEST_F(CatalogWalkTest, APageThatSucceedsForgetsTheFailures) {
  const auto failure = Failure(v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  for (int i = 1; i < CatalogWalk::kMaxFailures; ++i) Take(failure);
  EXPECT_EQ(Take(Page(1, 100, 150)), Step::kOn);
  EXPECT_EQ(Take(failure), Step::kOn);
}

TEST_F(CatalogWalkTest, BeingThrottledIsNoFailure) {
  for (int i = 0; i < 3 * CatalogWalk::kMaxFailures; ++i) {
    EXPECT_EQ(Take(Failure(v1::ERROR_REASON_OVERLOADED)), Step::kOn);
  }
}

}  // namespace
}  // namespace qantara::server
