#include "server/inventory/inventory_watch.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/server/core/core_fixture.h"
#include "tests/server/core/fake_peer.h"

namespace qantara::server {
namespace {

using Peer = FakePeerOf<InventoryPeer, v1::WatchInventoryResponse>;

class InventoryWatchCoreTest : public CoreFixture {
 protected:
  Slots slots_{1};
};

TEST_F(InventoryWatchCoreTest, ASlowClientMissesNoChange) {
  constexpr int kChanges = 300;
  Peer peer;
  const auto watch = InventoryWatch::Start(core_, peer, {}, slots_.Take());
  ASSERT_TRUE(peer.AwaitWrite());
  ASSERT_TRUE(peer.last().has_caught_up());
  for (int i = 1; i <= kChanges; ++i) Observe("1", absl::StrCat(i));
  EXPECT_EQ(peer.seen().size(), 1);
  for (int i = 1; i <= kChanges; ++i) {
    peer.Taken();
    watch->OnWritten(true);
    ASSERT_TRUE(peer.AwaitWrite());
    EXPECT_EQ(peer.last().changes().changes(0).change().quantity(),
              absl::StrCat(i));
  }
  watch->OnCancelled();
  EXPECT_TRUE(
      absl::IsCancelled(peer.Drain([&watch] { watch->OnWritten(false); })));
}

TEST_F(InventoryWatchCoreTest, OneTooManyIsRefused) {
  const auto slot = slots_.Take();
  Peer peer;
  const auto watch = InventoryWatch::Start(core_, peer, {}, slots_.Take());
  EXPECT_TRUE(absl::IsResourceExhausted(peer.Drain([] {})));
}

}  // namespace
}  // namespace qantara::server
