#include "store/recent_events.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/store/sample_events.h"

namespace qantara::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RecentEventsTest : public ::testing::Test {
 protected:
  // Room for three events of ten bytes.
  RecentEventsTest() : recent_(30 * RecentEvents::kFactor) {
    for (domain::Position i = 1; i <= 5; ++i) {
      recent_.Push(SampleEvent(i, "s", "a").record, 10);
    }
  }

  std::vector<domain::Position> From(domain::Position first,
                                     domain::Position last,
                                     domain::ReadLimit limit = {}) {
    std::vector<domain::Position> positions;
    for (const auto& event : recent_.From(first, last, limit)) {
      positions.push_back(event->position());
    }
    return positions;
  }

  RecentEvents recent_;
};

TEST_F(RecentEventsTest, KeepsTheNewestWithinItsBytes) {
  EXPECT_THAT(From(3, 5), ElementsAre(3, 4, 5));
  EXPECT_THAT(From(4, 5), ElementsAre(4, 5));
  EXPECT_THAT(From(2, 5), IsEmpty());
  EXPECT_THAT(From(6, 9), IsEmpty());
}

TEST_F(RecentEventsTest, StopsAtTheLastPosition) {
  EXPECT_THAT(From(3, 4), ElementsAre(3, 4));
}

TEST_F(RecentEventsTest, LimitsCutButNeverToNothing) {
  EXPECT_THAT(From(3, 5, {2, 100}), ElementsAre(3, 4));
  EXPECT_THAT(From(3, 5, {9, 20}), ElementsAre(3, 4));
  EXPECT_THAT(From(3, 5, {0, 0}), ElementsAre(3));
}

TEST_F(RecentEventsTest, EventLargerThanAllRoomIsNotKept) {
  recent_.Push(SampleEvent(6, "s", "a").record, 31);
  EXPECT_THAT(From(6, 6), IsEmpty());
  recent_.Push(SampleEvent(7, "s", "a").record, 10);
  EXPECT_THAT(From(6, 7), IsEmpty());
  EXPECT_THAT(From(7, 7), ElementsAre(7));
}

TEST_F(RecentEventsTest, ForgetsUpToAPosition) {
  recent_.DropThrough(3);
  EXPECT_THAT(From(3, 5), IsEmpty());
  EXPECT_THAT(From(4, 5), ElementsAre(4, 5));
  recent_.DropThrough(9);
  EXPECT_THAT(From(5, 5), IsEmpty());
  recent_.Push(SampleEvent(6, "s", "a").record, 10);
  EXPECT_THAT(From(6, 6), ElementsAre(6));
}

}  // namespace
}  // namespace qantara::store
