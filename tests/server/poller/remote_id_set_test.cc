#include "server/poller/remote_id_set.h"

#include <gtest/gtest.h>

namespace qantara::server {
namespace {

TEST(RemoteIdSetTest, EveryIdCountsOnce) {
  RemoteIdSet ids;
  for (const char* id :
       {"1", "0", "9999999999999999999", "18446744073709551616", "01", "+1",
        " 1", "-1", "", "b1946ac9"}) {
    EXPECT_FALSE(ids.Contains(id)) << id;
    EXPECT_TRUE(ids.Insert(id)) << id;
    EXPECT_FALSE(ids.Insert(id)) << id;
    EXPECT_TRUE(ids.Contains(id)) << id;
  }
  EXPECT_EQ(ids.size(), 10u);
  ids.Clear();
  EXPECT_EQ(ids.size(), 0u);
  EXPECT_FALSE(ids.Contains("1"));
}

TEST(RemoteIdSetTest, OnlyTheUsualWayToWriteANumberIsOne) {
  EXPECT_EQ(NumberOfRemoteId("42"), 42u);
  EXPECT_EQ(NumberOfRemoteId("0"), 0u);
  EXPECT_FALSE(NumberOfRemoteId("042").has_value());
  EXPECT_FALSE(NumberOfRemoteId("4 2").has_value());
  EXPECT_FALSE(NumberOfRemoteId("").has_value());
}

}  // namespace
}  // namespace qantara::server
