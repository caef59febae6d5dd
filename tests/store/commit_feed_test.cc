#include "store/commit_feed.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "tests/store/sample_events.h"

namespace qantara::store {
namespace {

std::vector<domain::EventRecordPtr> OneEvent() {
  return {SampleEvent(1, "s", "a").record};
}

TEST(CommitFeedTest, EveryListenerIsToldUntilItUnsubscribes) {
  CommitFeed feed;
  int first = 0;
  int second = 0;
  auto one = feed.Subscribe([&](auto events) { first += events.size(); });
  auto two = feed.Subscribe([&](auto events) { second += events.size(); });
  feed.Publish(OneEvent());
  one.reset();
  feed.Publish(OneEvent());
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 2);
}

TEST(CommitFeedTest, SubscriptionMayOutliveTheFeed) {
  auto feed = std::make_unique<CommitFeed>();
  auto subscription = feed->Subscribe([](auto) {});
  feed.reset();
  subscription.reset();
}

TEST(CommitFeedTest, ListenerDoesNotRunAfterItsEnd) {
  CommitFeed feed;
  std::atomic<bool> stop{false};
  std::thread publisher([&] {
    while (!stop) feed.Publish(OneEvent());
  });
  for (int i = 0; i < 200; ++i) {
    auto alive = std::make_unique<int>(0);
    auto subscription = feed.Subscribe([&alive](auto) { ++*alive; });
    subscription.reset();
    alive.reset();
  }
  stop = true;
  publisher.join();
}

}  // namespace
}  // namespace qantara::store
