#include "server/poller/hot_products.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

constexpr int64_t kPause = 5000;

class HotProductsTest : public ::testing::Test {
 protected:
  ReadTimes times_;
  HotProducts hot_{times_, kPause};
};

TEST_F(HotProductsTest, AProductIsDueAPauseAfterItWasLastRead) {
  hot_.Add("42", 1000);
  EXPECT_FALSE(hot_.TakeDue(1000 + kPause - 1).has_value());
  times_.Read("42", 3000);
  EXPECT_FALSE(hot_.TakeDue(3000 + kPause - 1).has_value());
  EXPECT_EQ(hot_.TakeDue(3000 + kPause), "42");
  EXPECT_FALSE(hot_.TakeDue(3000 + kPause).has_value()) << "it was asked for";
  EXPECT_EQ(hot_.next_due(), 3000 + 2 * kPause);
}

TEST_F(HotProductsTest, TheOneThatIsDueForTheLongestTimeGoesFirst) {
  hot_.Add("1", 0);
  hot_.Add("2", 0);
  times_.Read("1", 2000);
  times_.Read("2", 1000);
  EXPECT_EQ(hot_.TakeDue(10'000), "2");
  EXPECT_EQ(hot_.TakeDue(10'000), "1");
}

TEST_F(HotProductsTest, InterestFades) {
  hot_.Add("1", 0);
  EXPECT_FALSE(hot_.TakeDue(HotProducts::kHotMillis).has_value());
  EXPECT_EQ(hot_.size(), 0u);
}

TEST_F(HotProductsTest, BeyondTheBoundTheOldestInterestIsForgotten) {
  for (size_t i = 0; i <= HotProducts::kMost; ++i) {
    hot_.Add(absl::StrCat(i), 0);
  }
  EXPECT_EQ(hot_.size(), HotProducts::kMost);
  hot_.Add("1", 1);
  EXPECT_EQ(hot_.size(), HotProducts::kMost) << "known already";
  for (size_t i = 0; i < HotProducts::kMost; ++i) {
    EXPECT_NE(hot_.TakeDue(kPause + 1), "0");
  }
}

TEST_F(HotProductsTest, WhatIsGoneIsNotAskedForAnyMore) {
  hot_.Add("1", 0);
  hot_.Remove("1");
  EXPECT_FALSE(hot_.TakeDue(kPause).has_value());
}

}  // namespace
}  // namespace qantara::server
