#include "server/operations/event_tail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/server/core/core_fixture.h"
#include "tests/server/core/fake_peer.h"

namespace qantara::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Peer = FakePeerOf<EventTailPeer, v1::TailEventsResponse>;

// Outlives the threads of the fixture.
struct Client {
  Slots slots_{1};
  Peer peer_;
};

class EventTailTest : public Client, public CoreFixture {
 protected:
  void Start(const v1::TailEventsRequest& request) {
    tail_call_ = EventTail::Start(core_, peer_, request, slots_.Take());
  }
  // Reads until the call ends.
  absl::Status Drain() {
    return peer_.Drain([this] { tail_call_->OnWritten(true); });
  }
  // Reads until the log's end is told, and returns what it was.
  domain::Position DrainToEnd() {
    while (peer_.AwaitWrite()) {
      const v1::TailEventsResponse last = peer_.last();
      peer_.Taken();
      tail_call_->OnWritten(true);
      if (last.reached().at_end()) return last.reached().position();
    }
    return 0;
  }
  std::vector<uint64_t> Positions() const {
    std::vector<uint64_t> positions;
    for (const auto& response : peer_.seen()) {
      if (response.has_event()) {
        positions.push_back(response.event().position());
      }
    }
    return positions;
  }
  // Appends an event of the stream `connection/store`.
  void Pause() {
    ASSERT_TRUE(bus_.Execute(domain::PauseConnection{"store", "why"}).ok());
  }

  std::shared_ptr<EventTail> tail_call_;
};

TEST_F(EventTailTest, TellsEveryEventWithItsPayloadAndEnds) {
  Observe("1", "5");
  Pause();
  Start({});
  EXPECT_TRUE(Drain().ok());
  const auto seen = peer_.seen();
  ASSERT_GE(seen.size(), 3u);
  const v1::LoggedEvent& paused = seen[seen.size() - 2].event();
  EXPECT_EQ(paused.position(), storage_->log().head());
  EXPECT_EQ(paused.stream(), "connection/store");
  EXPECT_EQ(paused.revision(), 1u);
  EXPECT_EQ(paused.event_id().size(), 16u);
  EXPECT_EQ(paused.type(), "ConnectionPaused");
  events::v1::ConnectionPaused payload;
  ASSERT_TRUE(paused.payload().UnpackTo(&payload));
  EXPECT_EQ(payload.note(), "why");
  EXPECT_EQ(paused.payload_bytes(), payload.ByteSizeLong());
  EXPECT_EQ(seen.back().reached().position(), storage_->log().head());
  EXPECT_TRUE(seen.back().reached().at_end());
}

TEST_F(EventTailTest, FiltersApplyTogether) {
  Observe("1", "5");
  Pause();
  Observe("2", "5");
  const domain::Position head = storage_->log().head();
  v1::TailEventsRequest request;
  request.set_connection("store");
  request.add_types("StockObserved");
  request.add_types("ConnectionPaused");
  request.set_stream_prefix("stock/");
  Start(request);
  EXPECT_TRUE(Drain().ok());
  for (const auto& response : peer_.seen()) {
    if (response.has_event()) {
      EXPECT_EQ(response.event().type(), "StockObserved");
    }
  }
  EXPECT_EQ(Positions().size(), 2u);
  EXPECT_EQ(peer_.last().reached().position(), head);
}

TEST_F(EventTailTest, BeginsBehindAPositionOrBeforeTheEnd) {
  for (int i = 0; i < 5; ++i) Observe("1", absl::StrCat(i));
  const domain::Position head = storage_->log().head();
  v1::TailEventsRequest request;
  request.set_after_position(head - 2);
  Start(request);
  EXPECT_TRUE(Drain().ok());
  EXPECT_THAT(Positions(), ElementsAre(head - 1, head));
}

TEST_F(EventTailTest, NewestMayBeMoreThanThereAre) {
  Observe("1", "5");
  v1::TailEventsRequest request;
  request.set_newest(1000);
  Start(request);
  EXPECT_TRUE(Drain().ok());
  EXPECT_EQ(Positions().size(), storage_->log().head());
}

TEST_F(EventTailTest, FollowsWhatComesFromNowOn) {
  Observe("1", "5");
  const domain::Position head = storage_->log().head();
  v1::TailEventsRequest request;
  request.set_follow(true);
  Start(request);
  EXPECT_EQ(DrainToEnd(), head);
  EXPECT_THAT(Positions(), IsEmpty());
  Pause();
  ASSERT_TRUE(peer_.AwaitWrite());
  EXPECT_EQ(peer_.last().event().position(), head + 1);
  tail_call_->OnCancelled();
  peer_.Taken();
  tail_call_->OnWritten(true);
  EXPECT_TRUE(absl::IsCancelled(Drain()));
}

// Nothing of what is committed while nobody reads waits in memory.
TEST_F(EventTailTest, ASlowReaderIsGivenEverythingFromTheLog) {
  v1::TailEventsRequest request;
  request.set_after_position(0);
  request.set_follow(true);
  Observe("1", "0");
  Start(request);
  ASSERT_TRUE(peer_.AwaitWrite());
  for (int i = 1; i <= 200; ++i) Observe("1", absl::StrCat(i));
  EXPECT_EQ(peer_.seen().size(), 1u);
  const domain::Position head = storage_->log().head();
  while (DrainToEnd() < head) {
  }
  const std::vector<uint64_t> positions = Positions();
  ASSERT_EQ(positions.size(), head);
  for (size_t i = 0; i < positions.size(); ++i) EXPECT_EQ(positions[i], i + 1);
}

TEST_F(EventTailTest, APayloadThatIsTooLongIsLeftOut) {
  Pause();
  v1::TailEventsRequest request;
  request.set_max_payload_bytes(1);
  Start(request);
  EXPECT_TRUE(Drain().ok());
  const v1::LoggedEvent event = peer_.seen()[0].event();
  EXPECT_FALSE(event.has_payload());
  EXPECT_GT(event.payload_bytes(), 1u);
  EXPECT_EQ(event.type(), "ConnectionPaused");
}

TEST_F(EventTailTest, RefusesWhatItCannotDo) {
  v1::TailEventsRequest request;
  request.add_types("Nonsense");
  Start(request);
  EXPECT_THAT(Drain().message(), HasSubstr("no event is called so"));
}

TEST_F(EventTailTest, APositionBehindTheEndIsRefused) {
  v1::TailEventsRequest request;
  request.set_after_position(1);
  Start(request);
  EXPECT_THAT(Drain().message(), HasSubstr("the log ends at 0"));
}

TEST_F(EventTailTest, AnUnknownConnectionIsRefused) {
  v1::TailEventsRequest request;
  request.set_connection("other");
  Start(request);
  EXPECT_TRUE(absl::IsNotFound(Drain()));
}

TEST_F(EventTailTest, MoreCallsThanPlacesAreRefused) {
  const Slots::Slot taken = slots_.Take();
  Start({});
  EXPECT_TRUE(absl::IsResourceExhausted(Drain()));
}

}  // namespace
}  // namespace qantara::server
