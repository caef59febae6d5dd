#include "store/command_queue.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "domain/error.h"
#include "gtest/gtest.h"
#include "tests/store/sample_commands.h"

namespace qantara::store {
namespace {

// Each command has 100 bytes.
class CommandQueueTest : public ::testing::Test {
 protected:
  absl::Status Push(CommandQueue& queue) {
    auto command = Write("a", answers_, {});
    return queue.Push(command);
  }

  Answers answers_;
};

TEST_F(CommandQueueTest, RefusesBeyondItsBoundsButTakesOneAlways) {
  CommandQueue by_count({2, 1000});
  CommandQueue by_bytes({10, 250});
  for (CommandQueue* queue : {&by_count, &by_bytes}) {
    EXPECT_TRUE(Push(*queue).ok());
    EXPECT_TRUE(Push(*queue).ok());
    EXPECT_EQ(domain::GetReason(Push(*queue)), v1::ERROR_REASON_OVERLOADED);
    EXPECT_EQ(queue->size(), 2);
    EXPECT_EQ(queue->bytes(), 200);
    EXPECT_EQ(queue->Take({10, 1000}).size(), 2);
    EXPECT_EQ(queue->bytes(), 0);
    EXPECT_TRUE(Push(*queue).ok());
  }
  CommandQueue tiny({1, 1});
  EXPECT_TRUE(Push(tiny).ok());
  EXPECT_FALSE(Push(tiny).ok());
}

TEST_F(CommandQueueTest, TakesWhatIsThereWithinTheBound) {
  CommandQueue queue({10, 10000});
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(Push(queue).ok());
  EXPECT_EQ(queue.Take({2, 1000}).size(), 2);
  EXPECT_EQ(queue.Take({10, 250}).size(), 2);
  EXPECT_EQ(queue.Take({10, 1}).size(), 1);
  EXPECT_EQ(queue.Take({10, 1000}).size(), 1);
}

TEST_F(CommandQueueTest, RefusedCommandStaysWithTheCaller) {
  CommandQueue queue({10, 1000});
  queue.Close(absl::UnavailableError("closed"));
  auto command = Write("a", answers_, {});
  EXPECT_EQ(queue.Push(command), absl::UnavailableError("closed"));
  EXPECT_NE(command, nullptr);
}

TEST_F(CommandQueueTest, ClosedQueueIsEmptiedFirst) {
  CommandQueue queue({10, 1000});
  EXPECT_TRUE(Push(queue).ok());
  queue.Close(absl::UnavailableError("first"));
  queue.Close(absl::UnavailableError("second"));
  EXPECT_EQ(queue.closed(), absl::UnavailableError("first"));
  EXPECT_EQ(queue.Take({10, 1000}).size(), 1);
  EXPECT_TRUE(queue.Take({10, 1000}).empty());
}

TEST_F(CommandQueueTest, TakeWaitsForACommandOrTheEnd) {
  CommandQueue queue({10, 1000});
  size_t taken = 0;
  std::thread taker([&] {
    for (auto commands = queue.Take({1, 1000}); !commands.empty();
         commands = queue.Take({1, 1000})) {
      taken += commands.size();
    }
  });
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Push(queue).ok());
  queue.Close(absl::UnavailableError("closed"));
  taker.join();
  EXPECT_EQ(taken, 3);
}

}  // namespace
}  // namespace qantara::store
