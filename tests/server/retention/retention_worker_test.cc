#include "server/retention/retention_worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>

#include "tests/server/retention/retention_world.h"

namespace qantara::server {
namespace {

using ::testing::MatchesRegex;

constexpr absl::Duration kLong = absl::Hours(2);
constexpr absl::Duration kRun = absl::Minutes(2);
// Under a sanitizer each process takes many times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kStepsApart = 4;
constexpr int kProcesses = 4;
constexpr int kLeastCuts = 20;
#else
constexpr int kStepsApart = 1;
constexpr int kProcesses = 12;
constexpr int kLeastCuts = 100;
#endif

class RetentionWorkerTest : public ::testing::Test {
 protected:
  RetentionWorkerTest() : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
    options_.env = env_.get();
    options_.pace.least_events = 10;
  }

  RetentionWorld& Start() {
    world_.reset();
    world_ = std::make_unique<RetentionWorld>(options_);
    return *world_;
  }

  // Twenty products, then that many changes of one product each.
  void Fill(int changes) {
    world_->Observe(1, 20, 0);
    for (int i = 0; i < changes; ++i) world_->Observe(1 + i % 20, 1, i + 1);
  }

  const std::unique_ptr<rocksdb::Env> env_;
  RetentionWorld::Options options_;
  std::unique_ptr<RetentionWorld> world_;
};

TEST_F(RetentionWorkerTest, OldChangesBecomeDigestsAndTheTablesStay) {
  RetentionWorld& world = Start();
  Fill(39);
  const auto rows = world.StockRows();
  world.Pass(kLong);
  world.Observe(3, 2, 77);
  const auto later = world.StockRows();
  EXPECT_NE(rows, later);
  world.Run(kRun);
  EXPECT_EQ(world.Kinds(), "40x 1S 1P 1C");
  EXPECT_EQ(world.CutPosition(), 41);  // The first event names locations.
  EXPECT_EQ(world.counted_cuts(), 40);
  EXPECT_EQ(world.StockRows(), later);
  EXPECT_EQ(world.Problem(), "");
  options_.since_begin = 2 * kLong;
  EXPECT_EQ(Start().Problem(), "");
  EXPECT_EQ(world_->StockRows(), later);
}

TEST_F(RetentionWorkerTest, NothingIsCutWithinTheLimits) {
  RetentionWorld& world = Start();
  Fill(39);
  world.Run(absl::Minutes(50));
  EXPECT_EQ(world.Kinds(), "40S");
  EXPECT_EQ(world.CutPosition(), 0);
}

TEST_F(RetentionWorkerTest, FewOldChangesAreNotWorthACut) {
  RetentionWorld& world = Start();
  Fill(8);
  world.Pass(kLong);
  world.Run(kRun);
  EXPECT_EQ(world.Kinds(), "9S");
  world.Observe(1, 1, 99);
  world.Pass(kLong);
  world.Run(kRun);
  EXPECT_EQ(world.Kinds(), "10x 1P 1C");
}

TEST_F(RetentionWorkerTest, CutThatCostsMoreThanItTakesIsNotMade) {
  options_.pace.snapshot_rows = 500;
  RetentionWorld& world = Start();
  world.Observe(1, 500, 0);
  for (int i = 0; i < 20; ++i) world.Observe(1, 1, i + 1);
  world.Pass(kLong);
  world.Run(kRun);
  EXPECT_EQ(world.Kinds(), "21x 1P 1C");
  for (int i = 0; i < 20; ++i) world.Observe(2, 1, i + 1);
  world.Pass(kLong);
  world.Run(kRun);
  EXPECT_EQ(world.Kinds(), "21x 1P 1C 20S");
}

TEST_F(RetentionWorkerTest, NextCutTakesTheSnapshotOfTheOneBefore) {
  options_.pace.snapshot_rows = 7;
  RetentionWorld& world = Start();
  Fill(39);
  for (int round = 0; round < 3; ++round) {
    world.Pass(kLong);
    world.Run(kRun);
    EXPECT_THAT(world.Kinds(), MatchesRegex(".*x 3P 1C"));
    EXPECT_EQ(world.Problem(), "");
    for (int i = 0; i < 40; ++i) world.Observe(1 + i % 20, 1, 100 * round + i);
  }
  world.Pass(kLong);
  world.Run(kRun);
  EXPECT_THAT(world.Kinds(), MatchesRegex("43x 1C 43x 1C 43x 1C 40x 3P 1C"));
  EXPECT_EQ(world.Problem(), "");
}

TEST_F(RetentionWorkerTest, NewestBytesStayWhole) {
  options_.limits = {{}, 64 << 10};
  RetentionWorld& world = Start();
  Fill(900);
  EXPECT_GT(world.WholeBytes(), 100 << 10);
  world.Run(kRun);
  EXPECT_GE(world.WholeBytes(), 64 << 10);
  EXPECT_LE(world.WholeBytes(), 68 << 10);
  EXPECT_THAT(world.Kinds(), MatchesRegex("[0-9]+x [0-9]+S 1P 1C"));
  EXPECT_EQ(world.Problem(), "");
}

TEST_F(RetentionWorkerTest, ChangesBetweenPartsOfTheSnapshotAreKept) {
  options_.pace.snapshot_rows = 3;
  RetentionWorld& world = Start();
  Fill(39);
  world.Pass(kLong);
  for (int i = 0; i < 60; ++i) {
    world.Step();
    world.Pass(absl::Milliseconds(10));
    world.Observe(1 + i % 30, 1, 1000 + i);
  }
  const auto rows = world.StockRows();
  world.Run(kRun);
  EXPECT_THAT(world.Kinds(), MatchesRegex("40x .*1S 1P 1S 1P 1S.* 1C [0-9]+S"));
  EXPECT_EQ(world.StockRows(), rows);
  EXPECT_EQ(world.Problem(), "");
}

TEST_F(RetentionWorkerTest, OtherConnectionsAndOtherFactsStay) {
  RetentionWorld& world = Start();
  Fill(9);
  for (int i = 0; i < 20; ++i) world.Observe(1, 1, i, "other");
  Fill(9);
  world.Pass(kLong);
  world.Run(kRun);
  EXPECT_THAT(world.Kinds(), MatchesRegex("10x 20S 10x 1P 1C"));
  EXPECT_EQ(world.Problem(), "");
}

TEST_F(RetentionWorkerTest, CutGoesOnWhereAProcessEnded) {
  options_.pace.snapshot_rows = 6;
  constexpr int kMostSteps = 18;
  for (int steps = 0; steps < kMostSteps; steps += kStepsApart) {
    options_.directory = "/data" + std::to_string(steps);
    options_.since_begin = absl::ZeroDuration();
    Start();
    Fill(300);
    const auto rows = world_->StockRows();
    world_->Pass(kLong);
    for (int i = 0; i < steps; ++i) {
      world_->Step();
      world_->Pass(absl::Seconds(6));
    }
    options_.since_begin = 2 * kLong;
    RetentionWorld& next = Start();
    EXPECT_EQ(next.Problem(), "") << steps;
    next.Run(kRun);
    EXPECT_THAT(next.Kinds(), MatchesRegex("301x [0-9]+P 1C")) << steps;
    EXPECT_EQ(next.StockRows(), rows) << steps;
    EXPECT_EQ(next.Problem(), "") << steps;
  }
}

TEST_F(RetentionWorkerTest, WriterAndWorkerGoOnSideBySide) {
  options_.limits = {{}, 64 << 10};
  options_.pace.between_cuts = 1;
  options_.pace.between_looks = 1;
  options_.pace.between_steps = 1;
  options_.pace.least_events = 100;
  options_.pace.snapshot_rows = 3;
  RetentionWorld& world = Start();
  world.Start();
  constexpr int kMostChanges = 20'000;
  // Until a second cut was begun.
  domain::Position first_cut = 0;
  int change = 0;
  for (; change < kMostChanges; ++change) {
    world.Observe(1 + change % 20, 1, change + 1);
    world.Pass(absl::Milliseconds(20));
    const domain::Position cut = world.CutPosition();
    if (first_cut == 0) first_cut = cut;
    if (cut > first_cut) break;
  }
  world.Stop();
  EXPECT_LT(change, kMostChanges);
  EXPECT_GT(world.counted_cuts(), 100);
  EXPECT_EQ(world.Problem(), "");
}

// Small pages and pauses, so that everything happens in between everything.
TEST_F(RetentionWorkerTest, RandomSchedulesOfChangesCutsAndEndsKeepTheStock) {
  options_.pace.between_cuts = 1000;
  options_.pace.least_events = 5;
  options_.pace.snapshot_rows = 4;
  std::mt19937 random(7);
  const auto below = [&](int end) {
    return std::uniform_int_distribution<int>(0, end - 1)(random);
  };
  int cuts = 0;
  std::map<std::string, std::string> rows;
  for (int process = 0; process < kProcesses; ++process) {
    options_.since_begin += absl::Hours(3);
    RetentionWorld& world = Start();
    EXPECT_EQ(world.StockRows(), rows) << process;
    EXPECT_EQ(world.Problem(), "") << process;
    for (int i = 20 + below(120); i > 0; --i) {
      const int what = below(8);
      if (what < 3) world.Observe(1 + below(15), 1 + below(4), below(1000));
      if (what == 3) world.Pass(absl::Minutes(below(90)));
      if (what > 3) {
        world.Step();
        world.Pass(absl::Seconds(5));
      }
    }
    rows = world.StockRows();
    cuts += world.counted_cuts();
  }
  EXPECT_GT(cuts, kLeastCuts);
}

}  // namespace
}  // namespace qantara::server
