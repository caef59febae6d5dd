// Executor, SerialJob and Timer: what runs where and when.
#include "server/core/executor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include "server/core/serial_job.h"
#include "server/core/timer.h"

namespace qantara::server {
namespace {

TEST(Executor, AFullQueueRefuses) {
  Executor executor({.threads = 1, .waiting = 1});
  std::promise<void> started;
  std::promise<void> release;
  executor.Schedule([&] {
    started.set_value();
    release.get_future().wait();
  });
  started.get_future().wait();
  EXPECT_TRUE(executor.TrySchedule([] {}));
  EXPECT_FALSE(executor.TrySchedule([] {}));
  release.set_value();
}

TEST(Executor, StopRunsWhatWaitsAndTakesNothingMore) {
  Executor executor({.threads = 2, .waiting = 100});
  std::atomic<int> runs{0};
  for (int i = 0; i < 50; ++i) executor.Schedule([&runs] { ++runs; });
  executor.Stop();
  EXPECT_EQ(runs, 50);
  executor.Schedule([&runs] { ++runs; });
  EXPECT_FALSE(executor.TrySchedule([] {}));
  EXPECT_EQ(runs, 50);
}

TEST(SerialJob, SeesEveryPokeAndNeverRunsTwiceAtOnce) {
  constexpr int kThreads = 4;
  constexpr int kPokes = 2000;
  struct Owner {
    explicit Owner(Executor& executor) : job(executor, [this] { Run(); }) {}
    void Run() {
      EXPECT_EQ(running.fetch_add(1), 0);
      seen = poked.load();
      running.fetch_sub(1);
    }
    std::atomic<int> poked{0};
    std::atomic<int> seen{0};
    std::atomic<int> running{0};
    SerialJob job;
  };
  Executor executor({.threads = 3, .waiting = 1});
  const auto owner = std::make_shared<Owner>(executor);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([owner] {
      for (int poke = 0; poke < kPokes; ++poke) {
        ++owner->poked;
        owner->job.Poke(owner);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  executor.Stop();
  EXPECT_EQ(owner->seen, kThreads * kPokes);
}

TEST(Timer, RunsInTheOrderOfTime) {
  Timer timer;
  std::promise<void> last;
  std::vector<int> order;
  timer.After(absl::Milliseconds(20), [&] {
    order.push_back(2);
    last.set_value();
  });
  timer.After(absl::Milliseconds(1), [&] { order.push_back(1); });
  last.get_future().wait();
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST(Timer, WhatIsCancelledDoesNotRun) {
  std::atomic<bool> ran{false};
  {
    Timer timer;
    const auto id = timer.After(absl::Hours(1), [&ran] { ran = true; });
    timer.Cancel(id);
    timer.After(absl::Hours(1), [&ran] { ran = true; });
  }
  EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace qantara::server
