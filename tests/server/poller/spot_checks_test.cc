// A list that disagrees with single records is found and told, once it is sure.
#include "server/poller/spot_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/server/poller/poller_harness.h"

namespace qantara::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SpotChecksTest : public ::testing::Test {
 protected:
  SpotChecksTest() {
    for (int id = 1; id <= 3; ++id) harness_.catalog().Put(id, "10");
    for (int id = 4; id <= 40; ++id) harness_.catalog().Put(id);
  }

  // Lists show another figure of product 2 than its record does.
  void ListDiffers() {
    harness_.catalog().spoil_page = [](const auto&,
                                       domain::PageAnswer* answer) {
      for (v1::RemoteProduct& record : answer->records) {
        if (record.id() != "2") continue;
        record.mutable_stock(0)->set_quantity("11");
      }
    };
  }

  PollerHarness harness_;
};

TEST_F(SpotChecksTest, ThreeProductsWithFiguresAreReadAfterASweep) {
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(3));
  for (int id = 1; id <= 3; ++id) {
    EXPECT_EQ(harness_.catalog().CountOf(absl::StrCat("get ", id)), 1u);
  }
  EXPECT_EQ(harness_.catalog().CountBeginningWith("get "), 3u);
  EXPECT_THAT(harness_.disagreements(), IsEmpty());
}

TEST_F(SpotChecksTest, AListThatStillDisagreesAfterTheLagIsTold) {
  ListDiffers();
  harness_.RunSweep();
  harness_.RunFor(absl::Milliseconds(PollerHarness::kLag / 2));
  EXPECT_THAT(harness_.disagreements(), IsEmpty()) << "it may be behind";
  harness_.RunFor(absl::Seconds(3));
  ASSERT_EQ(harness_.disagreements().size(), 1u);
  EXPECT_EQ(harness_.disagreements()[0].remote_id, "2");
  EXPECT_THAT(harness_.disagreements()[0].fields, ElementsAre("stock of 3"));
  EXPECT_EQ(harness_.status().disagreements(), 1u);
  EXPECT_THAT(harness_.status().doubt(), HasSubstr("product 2"));
  EXPECT_EQ(harness_.Quantity(2), "11") << "nobody knows which one is right";
}

TEST_F(SpotChecksTest, ADoubtedProductIsCheckedAgainUntilItAgrees) {
  ListDiffers();
  for (int id = 50; id < 100; ++id) harness_.catalog().Put(id, "1");
  while (harness_.disagreements().empty()) {
    harness_.RunSweep();
    harness_.RunFor(absl::Seconds(3));
  }
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(3));
  EXPECT_EQ(harness_.disagreements().size(), 2u);
  harness_.catalog().spoil_page = nullptr;
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(3));
  EXPECT_EQ(harness_.disagreements().size(), 2u);
  EXPECT_EQ(harness_.status().doubt(), "");
}

TEST_F(SpotChecksTest, FiguresThatDisagreeDoNotAlternate) {
  harness_.RunSweep();
  ListDiffers();
  while (harness_.disagreements().empty()) harness_.RunFor(absl::Seconds(1));
  const size_t events = harness_.stock_events().size();
  harness_.RunFor(absl::Minutes(5));
  EXPECT_EQ(harness_.stock_events().size(), events);
}

TEST_F(SpotChecksTest, StockThatMovesMeanwhileIsNoDisagreement) {
  int reads = 0;
  harness_.catalog().spoil_record = [&](const std::string& id,
                                        domain::RecordAnswer* answer) {
    if (id != "2" || ++reads > 1) return;
    answer->record->mutable_stock(0)->set_quantity("9");
    harness_.catalog().Put(2, "9");
  };
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(3));
  EXPECT_EQ(harness_.Quantity(2), "9");
  EXPECT_THAT(harness_.disagreements(), IsEmpty());
}

TEST_F(SpotChecksTest, AListThatShowsWhatIsGoneIsTold) {
  harness_.catalog().spoil_record = [](const std::string& id,
                                       domain::RecordAnswer* answer) {
    if (id != "2") return;
    answer->record.reset();
    answer->not_found = true;
  };
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(3));
  ASSERT_EQ(harness_.disagreements().size(), 1u);
  EXPECT_THAT(harness_.disagreements()[0].fields, ElementsAre("record"));
  EXPECT_EQ(harness_.Quantity(2), "10") << "the list still shows it";
}

TEST_F(SpotChecksTest, AnAnswerWithoutARecordIsNoDisagreement) {
  harness_.catalog().spoil_record = [](const std::string& id,
                                       domain::RecordAnswer* answer) {
    if (id == "2") answer->record.reset();
  };
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(3));
  EXPECT_THAT(harness_.disagreements(), IsEmpty());
  EXPECT_EQ(harness_.Quantity(2), "10");
}

TEST_F(SpotChecksTest, AProductThatWentAwayAfterTheSweepIsGone) {
  harness_.RunSweep();
  harness_.catalog().records().erase(2);
  harness_.RunFor(absl::Seconds(3));
  EXPECT_THAT(harness_.disagreements(), IsEmpty());
  EXPECT_EQ(harness_.Stock(2)->state(), v1::STOCK_STATE_PRODUCT_GONE);
}

}  // namespace
}  // namespace qantara::server
