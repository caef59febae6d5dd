// Page tokens, resume tokens, result queue, slots: small parts without threads.
#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

#include "domain/error.h"
#include "server/core/page_token.h"
#include "server/core/result_queue.h"
#include "server/core/resume_token.h"
#include "server/core/slots.h"

namespace qantara::server {
namespace {

TEST(PageToken, GivesBackTheKeyToTheSameCall) {
  const std::string key("a\0b", 3);
  const std::string token = MakePageToken("List/store", key);
  EXPECT_EQ(*ReadPageToken("List/store", token), key);
  EXPECT_EQ(*ReadPageToken("List/store", ""), "");
}

TEST(PageToken, RefusesWhatItDidNotMake) {
  for (const std::string& token :
       {MakePageToken("List/other", "key"), std::string("made up"),
        MakePageToken("List/store", ""), std::string(10'000, 'A')}) {
    EXPECT_EQ(domain::GetReason(ReadPageToken("List/store", token).status()),
              v1::ERROR_REASON_TOKEN_INVALID);
  }
}

TEST(PageSize, HasADefaultAndABound) {
  EXPECT_EQ(*ReadPageSize(0, 50), 50);
  EXPECT_EQ(*ReadPageSize(1000, 50), 1000);
  EXPECT_FALSE(ReadPageSize(1001, 50).ok());
}

TEST(ResumeToken, GivesBackThePosition) {
  for (const domain::Position position :
       {domain::Position{0}, domain::Position{1}, ~domain::Position{0}}) {
    EXPECT_EQ(*ReadResumeToken("store", MakeResumeToken("store", position)),
              position);
  }
}

TEST(ResumeToken, RefusesThoseOfOtherConnections) {
  EXPECT_FALSE(ReadResumeToken("store", MakeResumeToken("other", 1)).ok());
  EXPECT_FALSE(ReadResumeToken("store", "AAAA").ok());
}

TEST(ResultQueue, WhatIsBeyondTheBoundBecomesOneRange) {
  ResultQueue queue;
  std::vector<uint32_t> lines(ResultQueue::kMaxWaiting + 3);
  std::iota(lines.begin(), lines.end(), 1);
  queue.Add(lines);
  EXPECT_EQ(queue.Take(5000).front(), 1);
  EXPECT_EQ(queue.Take(50'000).size(), ResultQueue::kMaxWaiting - 5000);
  EXPECT_FALSE(queue.empty());
  const auto skipped = queue.TakeSkipped();
  ASSERT_TRUE(skipped.has_value());
  EXPECT_EQ(skipped->from_line(), ResultQueue::kMaxWaiting + 1);
  EXPECT_EQ(skipped->to_line(), ResultQueue::kMaxWaiting + 3);
  EXPECT_TRUE(queue.empty());
}

TEST(Slots, AreFreeAgainWhenDropped) {
  Slots slots(1);
  auto first = slots.Take();
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(slots.Take(), nullptr);
  EXPECT_EQ(slots.taken(), 1);
  first.reset();
  EXPECT_NE(slots.Take(), nullptr);
}

}  // namespace
}  // namespace qantara::server
