// Reading stock now, for many callers at once.
#include "server/poller/stock_refresh.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "tests/server/poller/poller_harness.h"

namespace qantara::server {
namespace {

using Answer = absl::StatusOr<RefreshOutcome>;
using ::testing::Contains;
using ::testing::Not;

class StockRefreshTest : public ::testing::Test {
 protected:
  StockRefreshTest() : harness_(std::nullopt) {}

  // Products FROM to TO of category 7.
  void Fill(int from, int to) {
    for (int id = from; id <= to; ++id) {
      catalog().Put(id, "1").set_category_id("7");
    }
  }
  FakeCatalog& catalog() { return harness_.catalog(); }

  void Refresh(RefreshWish wish, absl::Duration patience = absl::Minutes(5)) {
    const size_t place = answers_.size();
    answers_.emplace_back();
    harness_.refresher().Refresh(
        std::move(wish),
        harness_.clock().BootMillis() + absl::ToInt64Milliseconds(patience),
        [this, place](const Answer& answer) { answers_[place] = answer; });
  }
  // Waits for the first request.
  void AwaitRequest() {
    while (catalog().waiting() == 0) {
      harness_.RunTick();
      harness_.Work();
    }
  }
  // Runs until everybody has an answer, and returns the last one.
  Answer Last() {
    for (int i = 0; i < 1000 && !answers_.back().has_value(); ++i) {
      harness_.RunFor(absl::Milliseconds(500));
    }
    return answers_.back().value_or(absl::InternalError("no answer"));
  }
  v1::ErrorReason LastReason() { return domain::GetReason(Last().status()); }

  PollerHarness harness_;
  std::vector<std::optional<Answer>> answers_;
};

TEST_F(StockRefreshTest, OneProductIsReadByItsIdAndRecorded) {
  harness_.RunSweep();
  catalog().Put(42, "7");
  Refresh({{"42"}, ""});
  const Answer answer = Last();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->read, 1u);
  EXPECT_EQ(answer->gone, 0u);
  EXPECT_EQ(answer->position, harness_.head());
  EXPECT_EQ(harness_.Quantity(42), "7");
  EXPECT_TRUE(harness_.refresher().LastRead("42").has_value());
}

TEST_F(StockRefreshTest, FiftyCallersShareOneRequest) {
  Fill(42, 42);
  for (int i = 0; i < 25; ++i) Refresh({{"42"}, ""});
  AwaitRequest();
  // The request is under way already.
  for (int i = 0; i < 25; ++i) Refresh({{"42"}, ""});
  ASSERT_TRUE(Last().ok());
  for (const auto& answer : answers_) {
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ((*answer)->read, 1u);
  }
  EXPECT_EQ(catalog().CountOf("get 42"), 1u);
}

TEST_F(StockRefreshTest, ACallerThatComesLongAfterTheSendingIsNotShownThat) {
  Fill(42, 42);
  Refresh({{"42"}, ""});
  AwaitRequest();
  for (int64_t waited = 0; waited <= StockRefresh::kShareMillis; waited += 5) {
    harness_.RunTick();
  }
  Refresh({{"42"}, ""});
  ASSERT_TRUE(Last().ok());
  EXPECT_EQ(catalog().CountOf("get 42"), 2u);
}

TEST_F(StockRefreshTest, AProductThatIsGoneIsCounted) {
  Fill(1, 2);
  harness_.RunSweep();
  catalog().records().erase(2);
  Refresh({{"1", "2", "2"}, ""});
  const Answer answer = Last();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->read, 2u);
  EXPECT_EQ(answer->gone, 1u);
  EXPECT_EQ(harness_.Stock(2)->state(), v1::STOCK_STATE_PRODUCT_GONE);
}

TEST_F(StockRefreshTest, AnAnswerWithoutARecordDoesNotMakeItGone) {
  Fill(2, 2);
  harness_.RunSweep();
  catalog().spoil_record = [](const std::string&,
                              domain::RecordAnswer* answer) {
    answer->record.reset();
  };
  Refresh({{"2"}, ""});
  EXPECT_EQ(LastReason(), v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  EXPECT_NE(harness_.Stock(2)->state(), v1::STOCK_STATE_PRODUCT_GONE);
}

TEST_F(StockRefreshTest, ACategoryIsListed) {
  Fill(1, 230);
  catalog().Put(999, "5");
  Refresh({{}, "7"});
  const Answer answer = Last();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->read, 230u);
  EXPECT_EQ(catalog().CountBeginningWith("list category 7"), 3u);
  EXPECT_EQ(harness_.Quantity(230), "1");
  EXPECT_EQ(harness_.Quantity(999), "");
}

TEST_F(StockRefreshTest, ACategoryThatIsIgnoredIsFoundInTheWholeCatalog) {
  Fill(1, 30);
  for (int id = 101; id <= 330; ++id) catalog().Put(id);
  catalog().spoil_page = [this](const domain::ListQuery& query,
                                domain::PageAnswer* answer) {
    if (!query.category_id.has_value()) return;
    *answer = catalog().PageOf(query.page);
    for (auto record = answer->records.begin();
         record != answer->records.end();) {
      record = record->category_id() == "7" ? record + 1
                                            : answer->records.erase(record);
    }
    answer->filter_ignored = true;
  };
  Refresh({{}, "7"});
  const Answer answer = Last();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->read, 30u);
}

TEST_F(StockRefreshTest, APageThatWasNotRecordedFailsTheCall) {
  Fill(1, 230);
  harness_.RefuseNextCommand();
  Refresh({{}, "7"});
  EXPECT_FALSE(Last().ok());
  EXPECT_EQ(harness_.Quantity(230), "1") << "the other pages were recorded";
}

TEST_F(StockRefreshTest, ManyProductsOfOneCategoryAreListed) {
  Fill(1, 90);
  harness_.RunSweep();
  RefreshWish wish;
  for (int id = 1; id <= 40; ++id) wish.remote_ids.push_back(absl::StrCat(id));
  catalog().records().erase(40);
  Refresh(wish);
  const Answer answer = Last();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->read, 40u);
  EXPECT_EQ(answer->gone, 1u);
  EXPECT_EQ(catalog().CountBeginningWith("list category 7"), 1u);
  EXPECT_EQ(catalog().CountOf("get 40"), 1u) << "the list did not show it";
  EXPECT_THAT(catalog().requests(), Not(Contains("get 39")));
}

TEST_F(StockRefreshTest, WhatAListFailedToRecordIsAskedForById) {
  Fill(1, 90);
  harness_.RunSweep();
  RefreshWish wish;
  for (int id = 1; id <= 40; ++id) {
    wish.remote_ids.push_back(absl::StrCat(id));
    catalog().Put(id, "2").set_category_id("7");
  }
  harness_.RefuseNextCommand();
  Refresh(wish);
  const Answer answer = Last();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->read, 40u);
  EXPECT_EQ(catalog().CountBeginningWith("list category 7"), 1u);
  EXPECT_GE(catalog().CountBeginningWith("get "), 40u);
}

TEST_F(StockRefreshTest, AListLongerThanTheWishIsLeft) {
  Fill(1, 4000);
  harness_.RunSweep();
  RefreshWish wish;
  for (int id = 301; id <= 330; ++id) {
    wish.remote_ids.push_back(absl::StrCat(id));
  }
  Refresh(wish);
  const Answer answer = Last();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->read, 30u);
  EXPECT_EQ(catalog().CountBeginningWith("list category 7"), 1u);
  EXPECT_EQ(catalog().CountOf("get 301"), 1u);
}

TEST_F(StockRefreshTest, TheDeadlineEndsACallNotTheReading) {
  Fill(42, 42);
  Refresh({{"42"}, ""}, absl::Seconds(1));
  AwaitRequest();
  for (int i = 0; i < 300; ++i) harness_.RunTick();
  harness_.Work();
  EXPECT_TRUE(absl::IsDeadlineExceeded(Last().status()));
  harness_.RunFor(absl::Seconds(1));
  EXPECT_EQ(harness_.Quantity(42), "1") << "what was read is recorded";
}

TEST_F(StockRefreshTest, NobodyIsAskedForWhatNobodyWaitsFor) {
  harness_.RunSweep();
  Fill(42, 42);
  harness_.status().SetPaused(true, 1);
  Refresh({{"42"}, ""});
  EXPECT_EQ(LastReason(), v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  harness_.status().SetPaused(false, 2);
  harness_.RunFor(absl::Seconds(5));
  EXPECT_EQ(catalog().CountOf("get 42"), 0u);
}

TEST_F(StockRefreshTest, AProviderThatFailsIsAskedThreeTimes) {
  Fill(42, 42);
  catalog().spoil_record = [](const auto&, domain::RecordAnswer* answer) {
    *answer = {};
    answer->report.effect = domain::Effect::kNotApplied;
    answer->report.http_status = 500;
    answer->report.reason = v1::ERROR_REASON_PROVIDER_UNAVAILABLE;
  };
  Refresh({{"42"}, ""});
  EXPECT_TRUE(absl::IsUnavailable(Last().status()));
  EXPECT_EQ(LastReason(), v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  EXPECT_EQ(catalog().CountOf("get 42"), 3u);
}

TEST_F(StockRefreshTest, NeededCredentialsAreTold) {
  harness_.status().SetState(v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
  Refresh({{"42"}, ""});
  EXPECT_EQ(LastReason(), v1::ERROR_REASON_CREDENTIALS_NEEDED);
}

TEST_F(StockRefreshTest, BeyondTheBoundACallIsRefused) {
  RefreshWish wish;
  for (size_t id = 0; id < StockRefresher::kMaxWaiting; ++id) {
    wish.remote_ids.push_back(absl::StrCat(id + 1000));
  }
  Refresh(wish, absl::Seconds(1));
  Refresh({{"1"}, ""});
  EXPECT_EQ(LastReason(), v1::ERROR_REASON_OVERLOADED);
  answers_.pop_back();
  EXPECT_TRUE(absl::IsDeadlineExceeded(Last().status()));
  Fill(1, 1);
  Refresh({{"1"}, ""});
  EXPECT_TRUE(Last().ok()) << "there is room again";
}

TEST_F(StockRefreshTest, AfterTheStopCallsAreUnavailable) {
  Refresh({{"42"}, ""});
  harness_.sweeper().Stop();
  ASSERT_TRUE(answers_.back().has_value()) << "what waits is answered";
  EXPECT_TRUE(absl::IsUnavailable(answers_.back()->status()));
  Refresh({{"42"}, ""});
  ASSERT_TRUE(answers_.back().has_value());
  EXPECT_TRUE(absl::IsUnavailable(answers_.back()->status()));
}

TEST_F(StockRefreshTest, TheOldestReadingIsToldAfterACompleteSweep) {
  Fill(1, 3);
  EXPECT_FALSE(harness_.refresher().OldestRead().has_value());
  harness_.RunSweep();
  const auto oldest = harness_.refresher().OldestRead();
  ASSERT_TRUE(oldest.has_value());
  EXPECT_LE(*oldest, harness_.clock().Now());
  EXPECT_GE(*oldest, harness_.clock().Now() - absl::Seconds(3));
  EXPECT_FALSE(harness_.refresher().LastRead("77").has_value());
}

TEST(WantedStockTest, WhatIsWantedIsReadMoreOften) {
  PollerHarness harness(absl::Minutes(5));
  for (int id = 1; id <= 30; ++id) harness.catalog().Put(id);
  harness.RunSweep();
  harness.RunFor(absl::Seconds(5));
  const size_t before = harness.catalog().CountOf("get 9");
  harness.refresher().Want({"9"});
  harness.RunFor(absl::Minutes(4));
  EXPECT_GE(harness.catalog().CountOf("get 9"), before + 2);
  EXPECT_LE(harness.catalog().CountOf("get 9"), before + 4);
}

}  // namespace
}  // namespace qantara::server
