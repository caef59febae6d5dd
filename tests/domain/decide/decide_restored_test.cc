// What a log that was restored from a backup holds back.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "domain/restored.h"
#include "domain/streams.h"
#include "tests/domain/support/scenario.h"
#include "tests/domain/support/steps.h"

namespace qantara::domain {
namespace {

class DecideRestoredTest : public ::testing::Test {
 protected:
  DecideRestoredTest() {
    Do(Imported("spring", {Line("sku: 'A'"), Line("sku: 'B'")}));
  }

  void Do(const Step& step) { ASSERT_TRUE(step(scenario_).ok()); }
  void Restore() {
    PendingEvent event{LogStream()};
    event.event.mutable_log_restored()->set_backup_position(scenario_.head());
    event.event.mutable_log_restored()->set_note("disk lost");
    Events events;
    events.push_back(std::move(event));
    scenario_.Commit(events);
    restored_ = scenario_.head();
  }
  // A complete sweep that began at `began`, or, with 0, a part of one.
  void Sweep(Position began) {
    RecordSweep sweep{kConnection, "7"};
    sweep.began = began;
    ASSERT_TRUE(scenario_.Do(sweep).ok());
  }
  absl::Status Claim() {
    return ClaimForCreate("items { import_id: 'spring' line: 1 }")(scenario_);
  }
  PauseState PauseNow() {
    return PauseOf(scenario_.tables(), kConnection).value_or(PauseState());
  }

  Scenario scenario_;
  Position restored_ = 0;
};

TEST_F(DecideRestoredTest, NothingIsHeldBackWithoutARestore) {
  EXPECT_FALSE(PauseNow().paused);
  EXPECT_EQ(AwaitedSweep(scenario_.tables(), kConnection).value_or(1), 0u);
  EXPECT_TRUE(Claim().ok());
}

TEST_F(DecideRestoredTest, EveryConnectionIsPausedUntilItIsResumed) {
  Restore();
  EXPECT_TRUE(PauseNow().paused);
  EXPECT_EQ(PauseNow().note, "disk lost");
  const auto unknown = PauseOf(scenario_.tables(), "never-seen");
  ASSERT_TRUE(unknown.ok());
  EXPECT_TRUE(unknown->paused);
  Do(Resume("looked at it"));
  EXPECT_EQ(scenario_.last().size(), 1u);
  EXPECT_FALSE(PauseNow().paused);
  EXPECT_TRUE(PauseOf(scenario_.tables(), "never-seen")->paused);
}

TEST_F(DecideRestoredTest, APauseAddsNothingToIt) {
  Restore();
  ASSERT_TRUE(scenario_.Do(PauseConnection{kConnection, "again"}).ok());
  EXPECT_EQ(scenario_.head(), restored_);
}

TEST_F(DecideRestoredTest, NothingIsCreatedBeforeACompleteSweepThatBeganSince) {
  Sweep(scenario_.head());
  Restore();
  Do(Resume());
  EXPECT_TRUE(absl::IsAborted(Claim()));
  Sweep(0);
  EXPECT_TRUE(absl::IsAborted(Claim()));
  Sweep(restored_ - 1);
  EXPECT_TRUE(absl::IsAborted(Claim()));
  // Nothing else is new in it.
  Sweep(restored_);
  EXPECT_EQ(scenario_.last().size(), 1u);
  EXPECT_TRUE(Claim().ok());
}

TEST_F(DecideRestoredTest, ASecondRestoreHoldsBackAgain) {
  Restore();
  Do(Resume());
  Sweep(restored_);
  Restore();
  EXPECT_TRUE(PauseNow().paused);
  Do(Resume());
  EXPECT_TRUE(absl::IsAborted(Claim()));
  Sweep(restored_);
  EXPECT_TRUE(Claim().ok());
}

TEST_F(DecideRestoredTest, AnUpdateNeedsNoSweep) {
  Do(Created("spring", 1, "7"));
  Do(Update("u", "A", "selling_price: '6'"));
  const Position update = scenario_.head();
  Restore();
  Do(Resume());
  EXPECT_TRUE(ClaimForUpdate("product_id: 1 remote_id: '7' updates: " +
                             std::to_string(update))(scenario_)
                  .ok());
}

}  // namespace
}  // namespace qantara::domain
