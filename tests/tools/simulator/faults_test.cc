#include "tools/simulator/faults.h"

#include <string>

#include "gtest/gtest.h"

namespace qantara::simulator {
namespace {

void Set(FaultBook& book, const char* switches) {
  const absl::Status status = book.Set(Json::Parse(switches).value());
  ASSERT_TRUE(status.ok()) << status;
}

std::string Pattern(FaultBook& book, const FaultSubject& subject) {
  std::string pattern;
  for (int i = 0; i < 50; ++i) {
    pattern += book.Hit("lost_answer", subject) ? 'x' : '.';
  }
  return pattern;
}

TEST(FaultsTest, RateIsDecidedBySeedAndOrder) {
  FaultBook a(1);
  FaultBook b(1);
  FaultBook c(2);
  for (FaultBook* book : {&a, &b, &c}) {
    Set(*book, R"({"lost_answer":{"rate":0.5}})");
  }
  const std::string pattern = Pattern(a, {});
  EXPECT_EQ(pattern, Pattern(b, {}));
  EXPECT_NE(pattern, Pattern(c, {}));
}

TEST(FaultsTest, StickyRateBelongsToTheSku) {
  FaultBook book(1);
  Set(book, R"({"lost_answer":{"rate":0.5}})");
  FaultSubject subject;
  subject.sku = "A";
  subject.sticky = true;
  const std::string pattern = Pattern(book, subject);
  EXPECT_EQ(pattern, std::string(50, pattern[0]));
}

TEST(FaultsTest, SelectsByMethodPathCompanyAndSku) {
  FaultBook book(1);
  Set(book, R"({"drop_items":{"methods":["POST"],"path":"/products",
                              "company":"a","skus":["S"]}})");
  const FaultSubject fits = {"POST", "/products", "a", "S", false};
  EXPECT_TRUE(book.Hit("drop_items", fits));
  for (const FaultSubject& other :
       {FaultSubject{"GET", "/products", "a", "S", false},
        FaultSubject{"POST", "/taxes", "a", "S", false},
        FaultSubject{"POST", "/products", "b", "S", false},
        FaultSubject{"POST", "/products", "a", "T", false}}) {
    EXPECT_FALSE(book.Hit("drop_items", other));
  }
}

TEST(FaultsTest, SkipAndCountBoundTheStrikes) {
  FaultBook book(1);
  Set(book, R"({"lost_answer":{"skip":2,"count":3}})");
  EXPECT_EQ(Pattern(book, {}), "..xxx" + std::string(45, '.'));
}

TEST(FaultsTest, AProviderHasItsOwnSwitchesOnly) {
  FaultBook qoyod(1);
  FaultBook qwoty(1, SwitchOwner::kQwoty);
  const Json batch = Json::Parse(R"({"batch_500":true})").value();
  const Json old_form = Json::Parse(R"({"old_form":true})").value();
  const Json both = Json::Parse(R"({"throttle":"1"})").value();
  EXPECT_TRUE(qoyod.Set(batch).ok());
  EXPECT_FALSE(qoyod.Set(old_form).ok());
  EXPECT_FALSE(qwoty.Set(batch).ok());
  EXPECT_TRUE(qwoty.Set(old_form).ok());
  EXPECT_TRUE(qoyod.Set(both).ok());
  EXPECT_TRUE(qwoty.Set(both).ok());
}

}  // namespace
}  // namespace qantara::simulator
