#include "server/core/accept_queue.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace qantara::server {
namespace {

std::vector<domain::ParsedLine> Lines(size_t count, size_t bytes = 10) {
  std::vector<domain::ParsedLine> lines(count);
  for (domain::ParsedLine& line : lines) line.payload = std::string(bytes, 'x');
  return lines;
}

// Takes as many commands as may be with the writer.
void TakeAll(AcceptQueue& queue) {
  while (queue.Take().has_value()) {
  }
}

TEST(AcceptQueue, TheFirstBatchIsNotDelayed) {
  ByteBudget budget(64 << 20);
  AcceptQueue queue(budget);
  queue.Add(1, Lines(1));
  const auto batch = queue.Take();
  ASSERT_TRUE(batch.has_value());
  EXPECT_EQ(batch->first_line, 1);
}

TEST(AcceptQueue, ConsecutiveBatchesAreJoined) {
  ByteBudget budget(64 << 20);
  AcceptQueue queue(budget);
  for (uint32_t line = 1; line <= 10; ++line) queue.Add(line, Lines(1));
  EXPECT_EQ(queue.Take()->lines.size(), 10);
}

TEST(AcceptQueue, AGapIsNotJoined) {
  ByteBudget budget(64 << 20);
  AcceptQueue queue(budget);
  queue.Add(1, Lines(2));
  queue.Add(5, Lines(1));
  EXPECT_EQ(queue.Take()->lines.size(), 2);
  EXPECT_EQ(queue.Take()->first_line, 5);
}

TEST(AcceptQueue, CommandsStayWithinTheirBounds) {
  ByteBudget budget(64 << 20);
  AcceptQueue queue(budget);
  queue.Add(1, Lines(600));
  queue.Add(601, Lines(600));
  EXPECT_EQ(queue.Take()->lines.size(), 600);
  queue.Add(1201, Lines(1, AcceptQueue::kMaxCommandBytes));
  EXPECT_EQ(queue.Take()->lines.size(), 600);
}

TEST(AcceptQueue, OnlySoManyCommandsAreWithTheWriter) {
  ByteBudget budget(64 << 20);
  AcceptQueue queue(budget);
  for (uint32_t i = 0; i < 10; ++i) queue.Add(1 + 1000 * i, Lines(1000));
  TakeAll(queue);
  EXPECT_FALSE(queue.Take().has_value());
  queue.Answered(1000, 10'000);
  EXPECT_TRUE(queue.Take().has_value());
}

TEST(AcceptQueue, ReadingStopsAtTheBoundAndGoesOnBelowIt) {
  ByteBudget budget(64 << 20);
  AcceptQueue queue(budget);
  for (uint32_t i = 0; queue.has_room(); ++i) {
    ASSERT_LT(i, 100);
    queue.Add(1 + 1000 * i, Lines(1000));
  }
  TakeAll(queue);
  queue.Answered(1000, 10'000);
  EXPECT_TRUE(queue.has_room());
}

TEST(AcceptQueue, LargeLinesStopReadingToo) {
  ByteBudget budget(64 << 20);
  AcceptQueue queue(budget);
  queue.Add(1, Lines(64, domain::kMaxLineBytes));
  EXPECT_FALSE(queue.has_room());
}

TEST(AcceptQueue, TheBudgetIsSharedAndGivenBack) {
  ByteBudget budget(1000 * AcceptQueue::kLineCost);
  AcceptQueue first(budget);
  AcceptQueue second(budget);
  first.Add(1, Lines(900));
  second.Add(1, Lines(900));
  EXPECT_TRUE(first.Take().has_value());
  EXPECT_FALSE(second.Take().has_value());
  EXPECT_TRUE(second.kept_back());
  first.Answered(900, 9000);
  EXPECT_TRUE(second.Take().has_value());
}

TEST(AcceptQueue, IsIdleWhenAllIsAnsweredOrDropped) {
  ByteBudget budget(64 << 20);
  AcceptQueue queue(budget);
  EXPECT_TRUE(queue.idle());
  queue.Add(1, Lines(1));
  queue.Take();
  queue.Add(5, Lines(1));
  queue.Drop();
  EXPECT_FALSE(queue.idle());
  queue.Answered(1, 10);
  EXPECT_TRUE(queue.idle());
}

}  // namespace
}  // namespace qantara::server
