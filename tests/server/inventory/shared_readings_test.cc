#include "server/inventory/shared_readings.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "tests/adapters/support/fake_clock.h"
#include "tests/server/inventory/fake_refresher.h"

namespace qantara::server {
namespace {

class SharedReadingsTest : public ::testing::Test {
 protected:
  // A caller that takes a reading which began within `max_age` milliseconds.
  void Want(int64_t max_age, int64_t patience, bool needed = true) {
    const int64_t now = clock_.BootMillis();
    results_.emplace_back();
    ReadingWish wish;
    wish.refresher = &refresher_;
    wish.record = {"store", "7"};
    wish.since = now - max_age;
    wish.deadline = now + patience;
    wish.is_needed = [needed] { return needed; };
    wish.done = [this, i = results_.size() - 1](const absl::Status& status) {
      results_[i].push_back(status.code());
    };
    readings_->Read(std::move(wish));
  }

  void Answer(size_t number, absl::StatusOr<RefreshOutcome> outcome) {
    refresher_.Await(number).done(std::move(outcome));
  }

  adapters::FakeClock clock_;
  FakeRefresher refresher_;
  std::shared_ptr<SharedReadings> readings_ = SharedReadings::Make(clock_);
  std::vector<std::vector<absl::StatusCode>> results_;
  const std::vector<absl::StatusCode> ok_ = {absl::StatusCode::kOk};
};

TEST_F(SharedReadingsTest, CallersShareAReadingThatIsRecentEnoughForThem) {
  Want(1000, 5000);
  clock_.Advance(1000);
  Want(1000, 5000);
  ASSERT_EQ(refresher_.asked(), 1);
  EXPECT_EQ(refresher_.Await(0).wish.remote_ids, std::vector<std::string>{"7"});
  Answer(0, RefreshOutcome{.read = 1});
  EXPECT_EQ(results_[0], ok_);
  EXPECT_EQ(results_[1], ok_);
}

TEST_F(SharedReadingsTest, AReadingThatBeganTooEarlyIsNotShared) {
  Want(1000, 5000);
  clock_.Advance(1001);
  Want(1000, 5000);
  Want(2000, 5000);
  ASSERT_EQ(refresher_.asked(), 2);
  Answer(0, RefreshOutcome{.read = 1});
  EXPECT_EQ(results_[0], ok_);
  EXPECT_TRUE(results_[1].empty());
  Want(2000, 5000);
  EXPECT_EQ(refresher_.asked(), 2) << "the newer one is still under way";
  Answer(1, RefreshOutcome{.read = 1});
  for (const auto& result : results_) EXPECT_EQ(result, ok_);
}

TEST_F(SharedReadingsTest, AReadingThatEndedIsNotJoined) {
  Want(1000, 5000);
  Answer(0, RefreshOutcome{.read = 1});
  Want(1000, 5000);
  EXPECT_EQ(refresher_.asked(), 2);
}

TEST_F(SharedReadingsTest, NothingIsAskedWhenTheRecordWasReadMeanwhile) {
  Want(1000, 5000, /*needed=*/false);
  EXPECT_EQ(refresher_.asked(), 0);
  EXPECT_EQ(results_[0], ok_);
}

TEST_F(SharedReadingsTest, WhoHasMoreTimeGoesOnWithOneReading) {
  Want(9000, 100);
  Want(9000, 2000);
  Want(9000, 3000);
  Want(9000, 50);
  clock_.Advance(100);
  Answer(0, absl::DeadlineExceededError("late"));
  EXPECT_EQ(results_[0].front(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(results_[3].front(), absl::StatusCode::kDeadlineExceeded);
  ASSERT_EQ(refresher_.asked(), 2);
  EXPECT_EQ(refresher_.Await(1).deadline - refresher_.Await(0).deadline, 2900);
  Answer(1, RefreshOutcome{.read = 1});
  EXPECT_EQ(results_[1], ok_);
  EXPECT_EQ(results_[2], ok_);
}

TEST_F(SharedReadingsTest, AnErrorEndsTheReadingForEverybody) {
  Want(9000, 100);
  Want(9000, 5000);
  Answer(0, absl::UnavailableError("away"));
  for (const auto& result : results_) {
    EXPECT_EQ(result.front(), absl::StatusCode::kUnavailable);
  }
  EXPECT_EQ(refresher_.asked(), 1);
}

TEST_F(SharedReadingsTest, AnAnswerMayComeWhenNobodyIsThereAnyMore) {
  Want(1000, 5000);
  readings_.reset();
  Answer(0, RefreshOutcome{.read = 1});
  EXPECT_TRUE(results_[0].empty());
}

}  // namespace
}  // namespace qantara::server
