#include "server/inventory/inventory_watch.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "domain/ports/history_cutter.h"
#include "server/core/resume_token.h"
#include "tests/server/core/core_fixture.h"
#include "tests/server/inventory/fake_inventory_peer.h"

namespace qantara::server {
namespace {

class InventoryWatchCoreTest : public CoreFixture {
 protected:
  // The first figure at a location tells of the location too.
  void SetUp() override { Observe("0", "0"); }

  // One call whose messages are read one by one.
  struct Call {
    Call(StockFeeds& feeds, Slots& slots, const v1::WatchInventoryRequest& r)
        : watch(InventoryWatch::Start(feeds, peer, r, slots.Take())) {}
    ~Call() {
      watch->OnCancelled();
      while (peer.Await() != nullptr) watch->OnWritten(false);
    }

    v1::WatchInventoryResponse Next() { return Decode(NextBytes()); }
    EncodedMessage NextBytes() {
      EncodedMessage message = peer.Await();
      if (message != nullptr) watch->OnWritten(true);
      return message;
    }

    // Skips the snapshot.
    bool AwaitCaughtUp() {
      v1::WatchInventoryResponse message = Next();
      while (message.has_rows()) message = Next();
      return message.has_caught_up();
    }

    FakeInventoryPeer peer;
    std::shared_ptr<InventoryWatch> watch;
  };

  // A commit of some 500 KiB.
  void ObserveMany(int quantity) {
    domain::RecordStock command;
    command.connection = "store";
    command.observe_time = absl::Now();
    for (int i = 0; i < 1000; ++i) {
      v1::RemoteProduct& product = command.products.emplace_back();
      product.set_id(absl::StrCat("many-", i));
      product.set_sku(std::string(500, 's'));
      product.set_track_quantity(true);
      product.set_stock_told(true);
      product.add_stock()->set_location_id("main");
      product.mutable_stock(0)->set_quantity(absl::StrCat(quantity));
    }
    ASSERT_TRUE(bus_.Execute(std::move(command)).ok());
  }

  // Cuts what may be cut of the stock, as retention does.
  void CutThrough(domain::Position through) {
    domain::TakeStockSnapshot take;
    take.connection = "store";
    take.remote_ids = {"0", "1"};
    const auto taken = bus_.Execute(std::move(take));
    ASSERT_TRUE(taken.ok()) << taken.status();
    domain::CutStockHistory cut;
    cut.connection = "store";
    cut.through_position = through;
    cut.snapshot_position = taken->reply.position;
    ASSERT_TRUE(bus_.Execute(std::move(cut)).ok());
    const auto records = storage_->log().Read(
        0, {.events = 10'000, .bytes = std::numeric_limits<size_t>::max()});
    ASSERT_TRUE(records.ok());
    std::vector<domain::Position> positions;
    for (const auto& record : *records) {
      if (record->position() <= through && domain::MayBeCut(record->event())) {
        positions.push_back(record->position());
      }
    }
    ASSERT_TRUE(storage_->log().Cut(positions).ok());
  }

  static v1::WatchInventoryRequest Latest() {
    v1::WatchInventoryRequest request;
    request.set_delivery(v1::WATCH_DELIVERY_LATEST);
    return request;
  }

  Slots slots_{10};
  StockFeeds feeds_{core_};
};

TEST_F(InventoryWatchCoreTest, ASlowClientMissesNoChange) {
  constexpr int kChanges = 300;
  Call call(feeds_, slots_, {});
  ASSERT_TRUE(call.AwaitCaughtUp());
  for (int i = 1; i <= kChanges; ++i) Observe("1", absl::StrCat(i));
  for (int i = 1; i <= kChanges; ++i) {
    const auto message = call.Next();
    ASSERT_EQ(message.changes().changes_size(), 1) << message.DebugString();
    EXPECT_EQ(message.changes().changes(0).change().quantity(),
              absl::StrCat(i));
    EXPECT_EQ(message.resume_token(),
              MakeResumeToken("store", message.changes().position()));
  }
}

TEST_F(InventoryWatchCoreTest, AllWhoWantEverythingGetTheSameBytes) {
  Call one(feeds_, slots_, {});
  Call other(feeds_, slots_, {});
  ASSERT_TRUE(one.AwaitCaughtUp());
  ASSERT_TRUE(other.AwaitCaughtUp());
  Observe("1", "5");
  const EncodedMessage first = one.NextBytes();
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first.get(), other.NextBytes().get());
}

TEST_F(InventoryWatchCoreTest, WhoFallsBehindIsToldOnceAndLosesNothing) {
  Call call(feeds_, slots_, {});
  ASSERT_TRUE(call.AwaitCaughtUp());
  Observe("1", "-1");
  call.peer.AwaitWrite();
  constexpr int kChanges = InventoryWatch::kFellBehindEvents + 50;
  for (int i = 1; i <= kChanges; ++i) Observe("1", absl::StrCat(i));
  EXPECT_EQ(call.Next().changes().changes(0).change().quantity(), "-1");
  const auto behind = call.Next();
  ASSERT_TRUE(behind.has_fell_behind()) << behind.DebugString();
  EXPECT_LT(behind.fell_behind().position(),
            behind.fell_behind().head_position());
  for (int i = 1; i <= kChanges; ++i) {
    const auto message = call.Next();
    ASSERT_TRUE(message.has_changes()) << message.DebugString();
    EXPECT_EQ(message.changes().changes(0).change().quantity(),
              absl::StrCat(i));
  }
}

TEST_F(InventoryWatchCoreTest, TheLatestStandsForWhatAStalledClientMissed) {
  Call call(feeds_, slots_, Latest());
  ASSERT_TRUE(call.AwaitCaughtUp());
  Observe("1", "1");
  call.peer.AwaitWrite();
  for (int i = 2; i <= 500; ++i) Observe("1", absl::StrCat(i));
  Observe("2", "7");
  EXPECT_EQ(call.Next().changes().changes(0).change().quantity(), "1");
  uint32_t counted = 0;
  std::string previous = "1";
  while (counted < 500) {
    const auto message = call.Next();
    for (const auto& news : message.changes().changes()) {
      counted += 1 + news.change().folded_changes();
      if (news.change().remote_id() != "1") continue;
      EXPECT_EQ(news.change().previous_quantity(), previous);
      previous = news.change().quantity();
    }
  }
  EXPECT_EQ(counted, 500);
  EXPECT_EQ(previous, "500");
}

// Of commits that everybody shares only the newest are kept, however many a
// client still has to get.
TEST_F(InventoryWatchCoreTest, AStalledClientHoldsNothingOfWhatItMisses) {
  constexpr int kCommits = 12;
  ObserveMany(0);
  Call every(feeds_, slots_, {});
  Call latest(feeds_, slots_, Latest());
  Call reader(feeds_, slots_, {});
  for (Call* call : {&every, &latest, &reader}) {
    ASSERT_TRUE(call->AwaitCaughtUp());
  }
  Observe("1", "5");
  every.peer.AwaitWrite();
  latest.peer.AwaitWrite();
  ASSERT_NE(reader.NextBytes(), nullptr);

  std::vector<std::weak_ptr<const std::string>> missed;
  for (int i = 1; i <= kCommits; ++i) {
    ObserveMany(i);
    missed.emplace_back(reader.NextBytes());
  }
  for (size_t i = 0; i < kCommits / 2; ++i) {
    EXPECT_TRUE(missed[i].expired()) << i;
  }

  EXPECT_EQ(every.Next().changes().changes(0).change().quantity(), "5");
  for (int i = 1; i <= kCommits; ++i) {
    const auto message = every.Next();
    ASSERT_EQ(message.changes().changes_size(), 1000);
    EXPECT_EQ(message.changes().changes(0).change().quantity(),
              absl::StrCat(i));
  }
  EXPECT_EQ(latest.Next().changes().changes(0).change().quantity(), "5");
  const auto folded = latest.Next();
  ASSERT_EQ(folded.changes().changes_size(), 1000);
  for (const auto& news : folded.changes().changes()) {
    EXPECT_EQ(news.change().quantity(), absl::StrCat(kCommits));
    EXPECT_EQ(news.change().folded_changes(), kCommits - 1);
  }
}

TEST_F(InventoryWatchCoreTest, WhoMeetsHistoryThatWasCutBeginsAnew) {
  Call call(feeds_, slots_, {});
  ASSERT_TRUE(call.AwaitCaughtUp());
  Observe("1", "1");
  call.peer.AwaitWrite();
  // Nobody holds on to these any more when they are cut.
  constexpr int kCommits = 8;
  for (int i = 0; i < kCommits; ++i) ObserveMany(i);
  const domain::Position head = storage_->log().head();
  CutThrough(head);
  EXPECT_EQ(call.Next().changes().changes(0).change().quantity(), "1");
  v1::WatchInventoryResponse message = call.Next();
  while (message.has_changes() || message.has_fell_behind()) {
    message = call.Next();
  }
  EXPECT_EQ(message.resync_required().oldest_position(), head)
      << message.DebugString();
  EXPECT_TRUE(call.peer.AwaitFinish().ok());
}

TEST_F(InventoryWatchCoreTest, ATokenFromBeforeACutIsRefused) {
  Observe("1", "1");
  const domain::Position old = storage_->log().head();
  Observe("1", "2");
  const domain::Position head = storage_->log().head();
  CutThrough(head);
  v1::WatchInventoryRequest request;
  request.set_resume_token(MakeResumeToken("store", old));
  Call refused(feeds_, slots_, request);
  EXPECT_EQ(refused.Next().resync_required().oldest_position(), head);
  request.set_resume_token(MakeResumeToken("store", head));
  Call taken(feeds_, slots_, request);
  EXPECT_TRUE(taken.Next().has_caught_up());
}

TEST_F(InventoryWatchCoreTest, AFlooredWatchTellsZeroAndSaysSo) {
  Observe("1", "-3");
  v1::WatchInventoryRequest request;
  request.set_floor_at_zero(true);
  Call call(feeds_, slots_, request);
  const auto rows = call.Next();
  ASSERT_EQ(rows.rows().levels_size(), 2);
  EXPECT_FALSE(rows.rows().levels(0).floored());
  EXPECT_EQ(rows.rows().levels(1).quantity(), "0");
  EXPECT_TRUE(rows.rows().levels(1).floored());
  ASSERT_TRUE(call.AwaitCaughtUp());
  Observe("1", "2");
  const auto news = call.Next();
  EXPECT_EQ(news.changes().changes(0).change().previous_quantity(), "0");
  EXPECT_FALSE(news.changes().changes(0).change().floored());
}

TEST_F(InventoryWatchCoreTest, OneTooManyIsRefused) {
  Slots none(0);
  FakeInventoryPeer peer;
  const auto watch = InventoryWatch::Start(feeds_, peer, {}, none.Take());
  EXPECT_TRUE(absl::IsResourceExhausted(peer.AwaitFinish()));
}

TEST_F(InventoryWatchCoreTest, WhoLeavesEndsAtOnce) {
  Call call(feeds_, slots_, {});
  ASSERT_TRUE(call.AwaitCaughtUp());
  call.watch->OnCancelled();
  EXPECT_TRUE(absl::IsCancelled(call.peer.AwaitFinish()));
}

}  // namespace
}  // namespace qantara::server
