#include "server/inventory/encoded_commits.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace qantara::server {
namespace {

domain::EventRecordPtr Record(domain::Position position, size_t bytes = 10) {
  auto record = std::make_shared<events::v1::EventRecord>();
  record->set_position(position);
  auto& product =
      *record->mutable_event()->mutable_stock_observed()->add_products();
  product.set_sku(std::string(bytes, 's'));
  product.set_state(v1::STOCK_STATE_UNTRACKED);
  return record;
}

TEST(EncodedCommitsTest, FindsWhatFollowsAPosition) {
  EncodedCommits commits("store", 5);
  EXPECT_TRUE(commits.After(4).missing);
  EXPECT_FALSE(commits.After(5).missing);
  EXPECT_EQ(commits.After(5).commit, nullptr);
  commits.Add(Record(7));
  commits.Add(Record(9));
  EXPECT_EQ(commits.After(5).commit->position(), 7);
  EXPECT_EQ(commits.After(6).commit->position(), 7);
  EXPECT_EQ(commits.After(7).commit->position(), 9);
  EXPECT_EQ(commits.After(9).commit, nullptr);
  EXPECT_EQ(commits.After(7).newest, 9);
  EXPECT_EQ(commits.After(7).newest_ordinal, 2);
}

TEST(EncodedCommitsTest, EveryoneGetsTheSameBytes) {
  EncodedCommits commits("store", 0);
  commits.Add(Record(1));
  const auto first = commits.After(0).commit;
  const auto second = commits.After(0).commit;
  ASSERT_EQ(first->Messages().size(), 1);
  EXPECT_EQ(first->Messages()[0].get(), second->Messages()[0].get());
}

TEST(EncodedCommitsTest, OldOnesGoWhereThereAreTooMany) {
  EncodedCommits commits("store", 0);
  constexpr size_t kBytes = 100'000;
  const size_t fit =
      EncodedCommits::kMaxBytes / (EncodedCommits::kBytesFactor * kBytes);
  for (size_t i = 1; i <= fit + 5; ++i) commits.Add(Record(i, kBytes));
  EXPECT_TRUE(commits.After(0).missing);
  EXPECT_TRUE(commits.After(4).missing);
  const domain::Position newest = fit + 5;
  EXPECT_FALSE(commits.After(newest - fit / 2).missing);
  EXPECT_EQ(commits.After(newest).commit, nullptr);
}

TEST(EncodedCommitsTest, AnyOneCommitIsKept) {
  EncodedCommits commits("store", 0);
  commits.Add(Record(1));
  commits.Add(Record(2, EncodedCommits::kMaxBytes));
  EXPECT_TRUE(commits.After(0).missing);
  EXPECT_EQ(commits.After(1).commit->position(), 2);
}

TEST(EncodedCommitsTest, ARestartBehindTheNewestLosesNothing) {
  EncodedCommits commits("store", 0);
  commits.Add(Record(6));
  commits.Restart(2);
  EXPECT_TRUE(commits.After(5).missing);
}

TEST(EncodedCommitsTest, ARestartForgets) {
  EncodedCommits commits("store", 0);
  commits.Add(Record(1));
  commits.Restart(8);
  EXPECT_TRUE(commits.After(7).missing);
  EXPECT_FALSE(commits.After(8).missing);
  EXPECT_EQ(commits.After(8).commit, nullptr);
}

}  // namespace
}  // namespace qantara::server
