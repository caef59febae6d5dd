#include "server/verify/verify_call.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/server/core/fake_peer.h"

namespace qantara::server {
namespace {

using Peer = FakePeerOf<VerifyPeer, v1::VerifyImportResponse>;

v1::VerifyImportResponse Difference(uint32_t line) {
  v1::VerifyImportResponse response;
  response.mutable_difference()->set_line(line);
  return response;
}

class VerifyCallTest : public ::testing::Test {
 protected:
  // The client reads everything; returns how the call ended.
  absl::Status Drain() {
    return peer_.Drain([this] { call_.OnWritten(true); });
  }

  Peer peer_;
  VerifyCall call_{peer_};
};

TEST_F(VerifyCallTest, DifferencesComeInOrderBeforeTheEnd) {
  for (uint32_t line = 1; line <= 3; ++line) call_.Tell(Difference(line));
  call_.End(absl::OkStatus());
  EXPECT_TRUE(Drain().ok());
  const auto seen = peer_.seen();
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[2].difference().line(), 3u);
}

TEST_F(VerifyCallTest, ProgressIsFoldedToTheLatest) {
  call_.Tell(Difference(1));
  v1::VerifyProgress progress;
  for (uint64_t records = 100; records <= 300; records += 100) {
    progress.set_records_read(records);
    call_.TellProgress(progress);
  }
  peer_.Taken();
  call_.OnWritten(true);
  EXPECT_EQ(peer_.last().progress().records_read(), 300u);
  EXPECT_EQ(peer_.seen().size(), 2u);
}

TEST_F(VerifyCallTest, AClientThatDoesNotReadFillsItAndReadingMakesRoom) {
  int changes = 0;
  call_.OnChange([&changes] { ++changes; });
  // The first one is on its way, the others wait.
  for (size_t i = 0; i < VerifyCall::kMaxWaiting; ++i)
    call_.Tell(Difference(1));
  EXPECT_FALSE(call_.is_full());
  call_.Tell(Difference(1));
  EXPECT_TRUE(call_.is_full());
  peer_.Taken();
  call_.OnWritten(true);
  EXPECT_FALSE(call_.is_full());
  EXPECT_EQ(changes, 1);
}

TEST_F(VerifyCallTest, AClientThatIsGoneEndsTheCallAtOnce) {
  int changes = 0;
  call_.OnChange([&changes] { ++changes; });
  call_.OnCancelled();
  EXPECT_TRUE(call_.is_gone());
  EXPECT_EQ(changes, 1);
  EXPECT_TRUE(absl::IsCancelled(Drain()));
  call_.Tell(Difference(1));
  call_.End(absl::OkStatus());
  EXPECT_TRUE(peer_.seen().empty());
}

TEST_F(VerifyCallTest, AMessageUnderWayIsWaitedForBeforeTheEnd) {
  call_.Tell(Difference(1));
  call_.OnCancelled();
  EXPECT_TRUE(peer_.AwaitWrite());
  peer_.Taken();
  call_.OnWritten(false);
  EXPECT_TRUE(absl::IsCancelled(Drain()));
}

}  // namespace
}  // namespace qantara::server
