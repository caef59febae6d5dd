#include "tools/benchmark/watch/feed.h"

#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "tools/benchmark/watch/feed_order.h"

namespace qantara::tools {
namespace {

FeedOrder Order(uint64_t changes, uint32_t per_commit) {
  FeedOrder order;
  order.max_changes = changes;
  order.max_seconds = 1000;
  order.per_commit = per_commit;
  return order;
}

TEST(FeedTest, WritesEveryNumberOnceInOrder) {
  std::vector<std::pair<uint64_t, uint32_t>> written;
  const auto run =
      RunFeed(Order(7, 3), 100,
              [&](uint64_t first, uint32_t changes, const CommitDone& done) {
                written.emplace_back(first, changes);
                done(50 + written.size());
              });
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(written, (std::vector<std::pair<uint64_t, uint32_t>>{
                         {100, 3}, {103, 3}, {106, 1}}));
  EXPECT_EQ(run->result.first, 100U);
  EXPECT_EQ(run->result.changes, 7U);
  EXPECT_EQ(run->result.position, 53U);
  ASSERT_EQ(run->commits.size(), 3U);
  EXPECT_EQ(run->commits[1].position, 52U);
  EXPECT_GE(run->commits[1].durable, run->commits[1].written);
}

TEST(FeedTest, NoMoreThanTheBoundWaitForTheirAnswers) {
  FeedOrder order = Order(100, 1);
  order.in_flight = 4;
  std::vector<CommitDone> open;
  size_t most = 0;
  const auto run =
      RunFeed(order, 1, [&](uint64_t first, uint32_t, CommitDone done) {
        open.push_back(std::move(done));
        most = std::max(most, open.size());
        if (open.size() < 4 && first < 100) return;
        for (const CommitDone& answer : std::exchange(open, {})) answer(1);
      });
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(most, 4U);
}

TEST(FeedTest, AFailedCommitEndsTheRun) {
  size_t written = 0;
  const auto run = RunFeed(Order(100, 1), 1,
                           [&](uint64_t, uint32_t, const CommitDone& done) {
                             ++written;
                             done(absl::UnavailableError("the log is gone"));
                           });
  EXPECT_EQ(run.status().message(), "the log is gone");
  EXPECT_EQ(written, 1U);
}

TEST(FeedOrderTest, OrdersAndResultsComeBackAsTheyWereWritten) {
  FeedOrder order;
  order.max_changes = 5;
  order.max_seconds = 0.25;
  order.per_commit = 2;
  order.changes_per_second = 1000;
  order.in_flight = 3;
  order.figures = 9;
  const auto parsed = ParseFeedOrder(ToLine(order));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(ToLine(*parsed), "5 0.25 2 1000 3 9");
  const auto result = ParseFeedResult(ToLine(FeedResult{9, 5, 0.5, 77}));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->first, 9U);
  EXPECT_EQ(result->position, 77U);
}

// A product would change twice in one command, which counts once.
TEST(FeedOrderTest, ACommitHasNoMoreChangesThanThereAreFigures) {
  EXPECT_FALSE(ParseFeedOrder("5 1 10 0 1 9").ok());
  EXPECT_FALSE(ParseFeedOrder("5 1 0 0 1 9").ok());
  EXPECT_FALSE(ParseFeedOrder("5 1").ok());
}

}  // namespace
}  // namespace qantara::tools
