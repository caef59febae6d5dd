#include "store/stream_revisions.h"

#include <optional>

#include "gtest/gtest.h"

namespace qantara::store {
namespace {

TEST(StreamRevisionsTest, KeepsTheLastRevision) {
  StreamRevisions revisions(2);
  EXPECT_EQ(revisions.Find("a"), std::nullopt);
  revisions.Set("a", 1);
  revisions.Set("a", 2);
  EXPECT_EQ(revisions.Find("a"), 2);
  EXPECT_EQ(revisions.size(), 1);
}

TEST(StreamRevisionsTest, ForgetsWhatWasUsedLeastRecently) {
  StreamRevisions revisions(2);
  revisions.Set("a", 1);
  revisions.Set("b", 1);
  EXPECT_EQ(revisions.Find("a"), 1);
  revisions.Set("c", 1);
  EXPECT_EQ(revisions.Find("b"), std::nullopt);
  EXPECT_EQ(revisions.Find("a"), 1);
  revisions.Set("c", 2);
  revisions.Set("d", 1);
  EXPECT_EQ(revisions.Find("a"), std::nullopt);
  EXPECT_EQ(revisions.Find("c"), 2);
  EXPECT_EQ(revisions.size(), 2);
}

TEST(StreamRevisionsTest, StaysBoundedOverManyStreams) {
  StreamRevisions revisions(10);
  for (int i = 0; i < 1000; ++i) revisions.Set(std::to_string(i), i);
  EXPECT_EQ(revisions.size(), 10);
  EXPECT_EQ(revisions.Find("999"), 999);
  EXPECT_EQ(revisions.Find("990"), 990);
  EXPECT_EQ(revisions.Find("989"), std::nullopt);
}

}  // namespace
}  // namespace qantara::store
