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
                        std::optional<uint32_t> total = std::nullopt,
                        std::optional<uint32_t> pages = std::nullopt) {
  domain::PageAnswer answer;
  answer.report.effect = domain::Effect::kConfirmed;
  answer.total = total;
  answer.total_pages = pages;
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

domain::PageAnswer Fails() {
  return Failure(v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
}

class CatalogWalkTest : public ::testing::Test {
 protected:
  // Asks for a page and takes its answer.
  Step Take(const domain::PageAnswer& answer) {
    EXPECT_TRUE(walk_.WantsPage());
    return Answer(walk_.Ask(), answer);
  }

  // Takes the answer to a page that was asked for; `fresh_` is then the number
  // of its new records.
  Step Answer(const domain::ListQuery& query,
              const domain::PageAnswer& answer) {
    std::vector<const v1::RemoteProduct*> fresh;
    const Step step = walk_.Take(query, answer, &fresh);
    fresh_ = fresh.size();
    return step;
  }

  // Asks for everything that is wanted now.
  std::vector<domain::ListQuery> AskAll() {
    std::vector<domain::ListQuery> queries;
    while (walk_.WantsPage()) queries.push_back(walk_.Ask());
    return queries;
  }

  CatalogWalk walk_;
  size_t fresh_ = 0;
};

TEST_F(CatalogWalkTest, IsCompleteWhenAsManyWereSeenAsThereAre) {
  const domain::ListQuery first = walk_.Ask();
  EXPECT_EQ(first.page, 1u);
  EXPECT_EQ(Answer(first, Page(1, 100, 150)), Step::kOn);
  const domain::ListQuery second = walk_.Ask();
  EXPECT_EQ(second.page, 2u);
  EXPECT_EQ(Answer(second, Page(101, 150, 150)), Step::kComplete);
  EXPECT_EQ(walk_.records(), 150u);
  EXPECT_TRUE(walk_.Contains("150"));
  EXPECT_FALSE(walk_.WantsPage());
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

TEST_F(CatalogWalkTest, WithoutCountsNothingIsAskedAhead) {
  EXPECT_EQ(Take(Page(1, 100)), Step::kOn);
  EXPECT_EQ(AskAll().size(), 1u);
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
  EXPECT_EQ(Take(Page(1, 90, 100, 1)), Step::kIncomplete);
  EXPECT_TRUE(walk_.read_every_page());
}

TEST_F(CatalogWalkTest, ATotalThatIsTooSmallIsNotBelieved) {
  EXPECT_EQ(Take(Page(1, 100, 0, 2)), Step::kOn);
  EXPECT_EQ(Take(Page(101, 120, 0, 2)), Step::kComplete);
  EXPECT_EQ(walk_.records(), 120u);
}

TEST_F(CatalogWalkTest, OnceThePagesAreKnownFourAreAskedForAtATime) {
  EXPECT_EQ(Take(Page(1, 100, 1000, 10)), Step::kOn);
  const auto queries = AskAll();
  ASSERT_EQ(queries.size(), CatalogWalk::kMaxAhead);
  EXPECT_EQ(queries.back().page, 5u);
  EXPECT_EQ(Answer(queries[0], Page(101, 200, 1000, 10)), Step::kOn);
  EXPECT_EQ(AskAll().size(), 1u);
}

TEST_F(CatalogWalkTest, AnswersMayComeInAnyOrder) {
  EXPECT_EQ(Take(Page(1, 100, 450, 5)), Step::kOn);
  const auto queries = AskAll();
  ASSERT_EQ(queries.size(), 4u);
  EXPECT_EQ(Answer(queries[3], Page(401, 450, 450, 5)), Step::kOn);
  EXPECT_EQ(Answer(queries[1], Page(201, 300, 450, 5)), Step::kOn);
  EXPECT_EQ(Answer(queries[2], Page(301, 400, 450, 5)), Step::kOn);
  EXPECT_EQ(Answer(queries[0], Page(101, 200, 450, 5)), Step::kComplete);
  EXPECT_EQ(walk_.records(), 450u);
}

TEST_F(CatalogWalkTest, APageThatWaitsForAnAnswerHoldsThoseFarAheadBack) {
  EXPECT_EQ(Take(Page(1, 100, 2000, 20)), Step::kOn);
  auto queries = AskAll();
  for (size_t i = 1; i < queries.size(); ++i) {
    const int from = static_cast<int>(queries[i].page - 1) * 100 + 1;
    EXPECT_EQ(Answer(queries[i], Page(from, from + 99, 2000, 20)), Step::kOn);
  }
  EXPECT_FALSE(walk_.WantsPage());
  EXPECT_EQ(Answer(queries[0], Fails()), Step::kOn);
  queries = AskAll();
  ASSERT_EQ(queries.size(), 1u);
  EXPECT_EQ(queries[0].page, 2u);
}

TEST_F(CatalogWalkTest, APageBehindTheLastOneEndsIt) {
  EXPECT_EQ(Take(Page(1, 100, 300)), Step::kOn);
  const auto queries = AskAll();
  ASSERT_EQ(queries.size(), 2u);
  EXPECT_EQ(Answer(queries[1], Page(1, 0)), Step::kOn);
  EXPECT_EQ(Answer(queries[0], Page(101, 150, 300)), Step::kIncomplete);
}

TEST_F(CatalogWalkTest, AfterADeletionThePagesAreReadOnceMore) {
  EXPECT_EQ(Take(Page(1, 100, 150, 2)), Step::kOn);
  // A record of the first page went away: 101 is on the first page now.
  EXPECT_EQ(Take(Page(102, 150, 149, 2)), Step::kOn);
  domain::PageAnswer first = Page(2, 101, 149, 2);
  EXPECT_EQ(Take(first), Step::kOn);
  EXPECT_EQ(fresh_, 1u);
  EXPECT_EQ(Take(Page(102, 150, 149, 2)), Step::kComplete);
  EXPECT_EQ(walk_.counted(), 149u) << "the one that is gone is not counted";
  EXPECT_TRUE(walk_.Contains("101"));
}

TEST_F(CatalogWalkTest, PagesThatShiftAgainAndAgainAreIncomplete) {
  EXPECT_EQ(Take(Page(1, 100, 150, 2)), Step::kOn);
  EXPECT_EQ(Take(Page(102, 150, 149, 2)), Step::kOn);
  EXPECT_EQ(Take(Page(2, 101, 149, 2)), Step::kOn);
  EXPECT_EQ(Take(Page(103, 150, 148, 2)), Step::kIncomplete);
  EXPECT_TRUE(walk_.saw_as_many());
}

TEST_F(CatalogWalkTest, RecordsThatCameMeanwhileAreSeenToo) {
  EXPECT_EQ(Take(Page(1, 100, 150, 2)), Step::kOn);
  EXPECT_EQ(Take(Page(101, 200, 230, 3)), Step::kOn);
  EXPECT_EQ(Take(Page(201, 230, 230, 3)), Step::kComplete);
}

TEST_F(CatalogWalkTest, APageThatFailsIsAskedForAgainUntilItIsGivenUp) {
  EXPECT_EQ(Take(Page(1, 100, 150)), Step::kOn);
  for (int i = 1; i < CatalogWalk::kMaxFailures; ++i) {
    const domain::ListQuery query = walk_.Ask();
    EXPECT_EQ(query.page, 2u);
    EXPECT_EQ(Answer(query, Fails()), Step::kOn);
  }
  EXPECT_EQ(Take(Fails()), Step::kOn);
  const domain::ListQuery query = walk_.Ask();
  EXPECT_EQ(query.id_above, "100") << "behind what it saw";
  Answer(query, Fails());
  for (int i = 2; i < CatalogWalk::kMaxFailures; ++i) Take(Fails());
  EXPECT_EQ(Take(Fails()), Step::kIncomplete);
  EXPECT_FALSE(walk_.read_every_page());
}

TEST_F(CatalogWalkTest, WhereDeepPagesFailItGoesOnById) {
  EXPECT_EQ(Take(Page(1, 100, 250)), Step::kOn);
  const auto ahead = AskAll();
  ASSERT_EQ(ahead.size(), 2u);
  EXPECT_EQ(Answer(ahead[1], Page(201, 250, 250)), Step::kOn);
  EXPECT_EQ(Answer(ahead[0], Fails()), Step::kOn);
  for (int i = 1; i < CatalogWalk::kMaxFailures; ++i) Take(Fails());
  const domain::ListQuery query = walk_.Ask();
  EXPECT_EQ(query.id_above, "100") << "not behind the page that came early";
  EXPECT_EQ(query.page, 1u);
  EXPECT_EQ(Answer(query, Page(101, 200, 150)), Step::kComplete);
}

TEST_F(CatalogWalkTest, ByIdItGoesThroughWhatWasSeenAlready) {
  EXPECT_EQ(Take(Page(1, 100, 500)), Step::kOn);
  const auto ahead = AskAll();
  ASSERT_EQ(ahead.size(), 4u);
  EXPECT_EQ(Answer(ahead[1], Page(201, 300, 500)), Step::kOn);
  for (const size_t i : {2, 3, 0}) {
    EXPECT_EQ(Answer(ahead[i], Fails()), Step::kOn);
  }
  domain::ListQuery query = walk_.Ask();
  while (!query.id_above.has_value()) {
    EXPECT_EQ(Answer(query, Fails()), Step::kOn);
    query = walk_.Ask();
  }
  EXPECT_EQ(Answer(query, Page(101, 200, 400)), Step::kOn);
  EXPECT_EQ(Take(Page(201, 300, 300)), Step::kOn);
  EXPECT_EQ(fresh_, 0u);
  EXPECT_EQ(Take(Page(301, 400, 200)), Step::kOn);
  EXPECT_EQ(Take(Page(401, 500, 100)), Step::kComplete);
}

TEST_F(CatalogWalkTest, AFirstPageThatFailsIsGivenUp) {
  for (int i = 1; i < CatalogWalk::kMaxFailures; ++i) Take(Fails());
  EXPECT_EQ(Take(Fails()), Step::kIncomplete);
}

TEST_F(CatalogWalkTest, WhereTheIdIsIgnoredTooItIsIncomplete) {
  EXPECT_EQ(Take(Page(1, 100, 250, 2)), Step::kOn);
  for (int i = 0; i < CatalogWalk::kMaxFailures; ++i) Take(Fails());
  domain::PageAnswer ignored = Page(1, 0, 250);  // The same rows, left out.
  ignored.row_count = 100;
  ignored.filter_ignored = true;
  EXPECT_EQ(Take(ignored), Step::kIncomplete);
}

TEST_F(CatalogWalkTest, APageThatSucceedsForgetsTheFailures) {
  for (int i = 1; i < CatalogWalk::kMaxFailures; ++i) Take(Fails());
  EXPECT_EQ(Take(Page(1, 100, 150)), Step::kOn);
  EXPECT_EQ(Take(Fails()), Step::kOn);
}

TEST_F(CatalogWalkTest, BeingThrottledIsNoFailure) {
  for (int i = 0; i < 3 * CatalogWalk::kMaxFailures; ++i) {
    EXPECT_EQ(Take(Failure(v1::ERROR_REASON_OVERLOADED)), Step::kOn);
  }
}

TEST_F(CatalogWalkTest, WhereACategoryIsIgnoredEveryPageIsReadForIt) {
  walk_ = CatalogWalk("7");
  const auto page = [](int from, int to) {
    domain::PageAnswer answer = Page(from, to, 300, 3);
    answer.row_count = 100;
    answer.filter_ignored = true;
    return answer;
  };
  EXPECT_EQ(Take(page(1, 2)), Step::kOn);
  EXPECT_EQ(Take(page(1, 0)), Step::kOn) << "none of the category here";
  EXPECT_EQ(Take(page(201, 203)), Step::kIncomplete);
  EXPECT_TRUE(walk_.read_every_page());
  EXPECT_EQ(walk_.records(), 5u);
}

}  // namespace
}  // namespace qantara::server
