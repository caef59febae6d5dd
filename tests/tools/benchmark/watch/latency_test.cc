#include "tools/benchmark/watch/latency.h"

#include "gtest/gtest.h"

namespace qantara::tools {
namespace {

constexpr int64_t kMilli = 1'000'000;
constexpr int64_t kSecond = 1000 * kMilli;

// Commits 2 ms long, every 10 ms, for two seconds.
std::vector<CommitTime> Commits() {
  std::vector<CommitTime> commits;
  for (int64_t i = 0; i < 200; ++i) {
    const int64_t written = i * 10 * kMilli;
    commits.push_back(
        {static_cast<uint64_t>(i + 1), written, written + 2 * kMilli});
  }
  return commits;
}

TEST(LatencyTest, IsTakenFromTheCommitAndFromTheWrite) {
  std::vector<Delivery> deliveries;
  for (const CommitTime& commit : Commits()) {
    // One in ten is late; of the first second all are.
    const bool late = commit.position % 10 == 0 || commit.written < kSecond;
    deliveries.push_back(
        {commit.position, commit.durable + (late ? 50 : 1) * kMilli});
  }
  const auto figures = LatencyOf(Commits(), {deliveries, deliveries});
  ASSERT_TRUE(figures.ok()) << figures.status();
  EXPECT_FLOAT_EQ(figures->commit_p50, 1);
  EXPECT_FLOAT_EQ(figures->commit_p99, 50);
  EXPECT_FLOAT_EQ(figures->write_p50, 3);
  EXPECT_FLOAT_EQ(figures->write_p99, 52);
}

TEST(LatencyTest, AWatcherThatHearsBeforeTheWriterWaitedForNothing) {
  const CommitTime commit = Commits()[149];
  const std::vector<Delivery> early = {
      {commit.position, commit.durable - kMilli}};
  const auto figures = LatencyOf(Commits(), {early});
  ASSERT_TRUE(figures.ok()) << figures.status();
  EXPECT_EQ(figures->commit_p99, 0);
}

TEST(LatencyTest, WhatNobodyWroteIsRefused) {
  const std::vector<Delivery> strange = {{201, 3 * kSecond}};
  EXPECT_TRUE(absl::IsDataLoss(LatencyOf(Commits(), {strange}).status()));
}

TEST(LatencyTest, WhatComesBeforeItWasWrittenIsRefused) {
  // Of the first second too, which is not counted.
  for (const size_t number : {1, 149}) {
    const CommitTime commit = Commits()[number];
    const std::vector<Delivery> early = {{commit.position, commit.written - 1}};
    EXPECT_TRUE(absl::IsDataLoss(LatencyOf(Commits(), {early}).status()));
  }
}

}  // namespace
}  // namespace qantara::tools
