// The plan of a hostile run: the same number gives the same one.
#include "tools/hostile/plan.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace qantara::tools {
namespace {

std::string TextOf(const HostilePlan& plan) {
  std::string text;
  for (const PlannedImport& import : plan.imports) {
    for (const PlannedLine& line : import.lines) {
      text += ToLine(plan, line).SerializeAsString();
    }
  }
  for (const PlannedUpdate& update : plan.updates) {
    text += update.request_id + update.fields.SerializeAsString();
  }
  return text;
}

TEST(PlanTest, ANumberDeterminesThePlan) {
  HostileOptions options;
  options.creates = 1000;
  options.updates = 200;
  const std::string first = TextOf(MakePlan(options));
  EXPECT_EQ(TextOf(MakePlan(options)), first);
  options.seed = 2;
  EXPECT_NE(TextOf(MakePlan(options)), first);
}

TEST(PlanTest, TheFullPlanHasWhatTheRunIsFor) {
  const HostilePlan plan = MakePlan(HostileOptions());
  EXPECT_EQ(plan.products.size(), 20'000);
  EXPECT_EQ(plan.updates.size(), 5'000);
  EXPECT_EQ(plan.Count(ProductKind::kPresent), 50);
  EXPECT_EQ(plan.Count(ProductKind::kPresentTwice), 20);
  EXPECT_EQ(plan.Count(ProductKind::kByHand), 40);
  EXPECT_EQ(plan.Count(ProductKind::kRefused), 12);
  EXPECT_GT(plan.calls.size(), 500);
}

TEST(PlanTest, EachProductIsAskedForAndEachUpdateIsOfOneThatWillExist) {
  const HostilePlan plan = MakePlan(HostileOptions());
  std::set<size_t> asked(plan.calls.begin(), plan.calls.end());
  for (const PlannedImport& import : plan.imports) {
    for (const PlannedLine& line : import.lines) {
      if (line.kind == LineKind::kOrdinary) asked.insert(line.product);
    }
  }
  EXPECT_EQ(asked.size(), plan.products.size());
  for (const PlannedUpdate& update : plan.updates) {
    const ProductKind kind = plan.products[update.product].kind;
    EXPECT_TRUE(kind == ProductKind::kPlain || kind == ProductKind::kPresent);
    EXPECT_FALSE(plan.products[update.product].shared);
  }
}

}  // namespace
}  // namespace qantara::tools
