// What sweeps conclude, and what they must not conclude.
#include "server/poller/catalog_sweeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/server/poller/poller_harness.h"

namespace qantara::server {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

void Fail(domain::CallReport* report) {
  report->effect = domain::Effect::kNotApplied;
  report->http_status = 500;
  report->reason = v1::ERROR_REASON_PROVIDER_UNAVAILABLE;
}

class CatalogSweeperTest : public ::testing::Test {
 protected:
  // Products 1 to `count`, each with its number as figure.
  void Fill(int count) {
    for (int id = 1; id <= count; ++id) catalog().Put(id, absl::StrCat(id));
  }
  FakeCatalog& catalog() { return harness_.catalog(); }

  v1::StockState StateOf(int id) const {
    const auto row = harness_.Stock(id);
    return row.has_value() ? row->state() : v1::STOCK_STATE_UNSPECIFIED;
  }
  // Every product still has its number as figure.
  void ExpectFigures(int count) const {
    for (int id = 1; id <= count; ++id) {
      EXPECT_EQ(harness_.Quantity(id), absl::StrCat(id));
    }
  }

  PollerHarness harness_;
};

TEST_F(CatalogSweeperTest, RecordsEveryProductWhateverOrderPagesComeIn) {
  Fill(1250);
  harness_.RunSweep(/*backwards=*/true);
  ExpectFigures(1250);
  EXPECT_EQ(catalog().CountBeginningWith("list "), 13u);
  EXPECT_TRUE(harness_.index().IsComplete());
  EXPECT_TRUE(harness_.status().last_sweep().has_value());
}

TEST_F(CatalogSweeperTest, AnUnchangedSweepGivesTheWriterNothing) {
  Fill(350);
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(5));
  const size_t events = harness_.stock_events().size();
  const int commands = harness_.commands();
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(5));
  EXPECT_EQ(harness_.stock_events().size(), events);
  EXPECT_LE(harness_.commands(), commands + 1) << "the end of the sweep only";
}

TEST_F(CatalogSweeperTest, OnlyWhatMovedIsRecorded) {
  Fill(350);
  harness_.RunSweep();
  const size_t events = harness_.stock_events().size();
  catalog().Put(7, "70");
  catalog().Put(307, "3");
  harness_.RunSweep();
  ASSERT_EQ(harness_.stock_events().size(), events + 2);
  const auto& moved = harness_.stock_events().back().stock_observed();
  ASSERT_EQ(moved.products_size(), 1);
  EXPECT_EQ(moved.products(0).remote_id(), "307");
  EXPECT_EQ(moved.products(0).changes(0).previous_quantity(), "307");
  EXPECT_EQ(harness_.Quantity(7), "70");
}

TEST_F(CatalogSweeperTest, AnEmpty404ConcludesNothing) {
  Fill(5);
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(5));
  catalog().spoil_page = [](const auto&, domain::PageAnswer* answer) {
    answer->records.clear();
    answer->row_count = 0;
    answer->total.reset();
    answer->total_pages.reset();
    answer->report.http_status = 404;
  };
  const size_t events = harness_.stock_events().size();
  const auto last = harness_.status().last_sweep();
  for (int i = 0; i < 3; ++i) harness_.RunSweep();
  harness_.RunFor(absl::Seconds(5));
  EXPECT_EQ(harness_.stock_events().size(), events);
  ExpectFigures(5);
  EXPECT_EQ(harness_.status().last_sweep(), last) << "it was not complete";
}

TEST_F(CatalogSweeperTest, AnEmptyCatalogOfANewCompanyIsComplete) {
  harness_.RunSweep();
  EXPECT_TRUE(harness_.index().IsComplete());
}

TEST_F(CatalogSweeperTest, APageThatFailsForGoodConcludesNothing) {
  Fill(500);
  harness_.RunSweep();
  catalog().records().erase(450);
  catalog().spoil_page = [](const domain::ListQuery& query,
                            domain::PageAnswer* answer) {
    if (query.page != 3 && !query.id_above.has_value()) return;
    *answer = {};
    Fail(&answer->report);
  };
  const size_t events = harness_.stock_events().size();
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(5));
  EXPECT_EQ(harness_.stock_events().size(), events);
  ExpectFigures(500);
  EXPECT_TRUE(harness_.index().sweep_failed());
}

TEST_F(CatalogSweeperTest, ATruncatedSweepRemovesNothing) {
  Fill(500);
  harness_.RunSweep();
  // Pages end early, and the counts say so too.
  catalog().spoil_page = [](const domain::ListQuery& query,
                            domain::PageAnswer* answer) {
    if (query.sku.has_value()) return;
    answer->total = 150;
    answer->total_pages = 2;
    if (query.page == 2) answer->records.resize(50);
    answer->row_count = static_cast<uint32_t>(answer->records.size());
  };
  const size_t events = harness_.stock_events().size();
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(20));
  EXPECT_EQ(harness_.stock_events().size(), events);
  ExpectFigures(500);
  EXPECT_GE(catalog().CountBeginningWith("get "), 350u)
      << "each that was not shown was asked for";
}

TEST_F(CatalogSweeperTest, AnEmptyListOfATrackedProductIsNoZero) {
  Fill(2);
  catalog().records()[2].clear_stock();
  harness_.RunSweep();
  EXPECT_EQ(StateOf(2), v1::STOCK_STATE_TRACKED_NEVER_MOVED);
  EXPECT_TRUE(harness_.Stock(2)->figures().empty());
}

TEST_F(CatalogSweeperTest, DeepPagesThatFailAreReadById) {
  Fill(700);
  catalog().spoil_page = [](const domain::ListQuery& query,
                            domain::PageAnswer* answer) {
    if (query.page < 3) return;
    *answer = {};
    Fail(&answer->report);
  };
  harness_.RunSweep();
  ExpectFigures(700);
  EXPECT_TRUE(harness_.index().IsComplete());
  EXPECT_THAT(catalog().requests(), Contains("list >200"));
}

TEST_F(CatalogSweeperTest, RowsThatShiftWhilePagesAreReadAreAllSeen) {
  Fill(320);
  int pages = 0;
  catalog().spoil_page = [&](const auto&, domain::PageAnswer*) {
    // A product of the first page goes away once this page was read.
    if (++pages == 1) catalog().records().erase(5);
  };
  harness_.RunSweep();
  for (int id = 1; id <= 320; ++id) {
    EXPECT_EQ(harness_.Quantity(id), absl::StrCat(id));
  }
  EXPECT_TRUE(harness_.index().IsComplete());
}

TEST_F(CatalogSweeperTest, AProductThatIsGoneIsGoneWhenItsRecordSaysSo) {
  Fill(150);
  harness_.RunSweep();
  catalog().records().erase(7);
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(5));
  EXPECT_EQ(StateOf(7), v1::STOCK_STATE_PRODUCT_GONE);
  EXPECT_EQ(catalog().CountOf("get 7"), 1u);
  const auto& gone = harness_.stock_events().back().stock_observed();
  EXPECT_EQ(gone.products(0).changes(0).removed_reason(),
            v1::STOCK_REMOVED_REASON_PRODUCT_GONE);
  EXPECT_THAT(harness_.index().Find("SKU-7").ids, IsEmpty());
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(5));
  EXPECT_EQ(catalog().CountOf("get 7"), 1u) << "known to be gone";
}

TEST_F(CatalogSweeperTest, AProductThatNoListShowsExistsUntilItIsGone) {
  Fill(150);
  harness_.RunSweep();
  catalog().spoil_page = [](const auto&, domain::PageAnswer* answer) {
    for (size_t i = 0; i < answer->records.size(); ++i) {
      if (answer->records[i].id() != "7") continue;
      answer->records.erase(answer->records.begin() +
                            static_cast<ptrdiff_t>(i));
      answer->row_count--;
    }
    answer->total = 149;
  };
  catalog().Put(7, "77");
  harness_.RunSweep();
  EXPECT_THAT(harness_.index().Find("SKU-7").ids, ElementsAre("7"));
  harness_.RunFor(absl::Seconds(5));
  EXPECT_EQ(StateOf(7), v1::STOCK_STATE_TRACKED_WITH_STOCK);
  EXPECT_EQ(harness_.Quantity(7), "77") << "its record was read";
  EXPECT_THAT(harness_.index().Find("SKU-7").ids, ElementsAre("7"));
}

TEST_F(CatalogSweeperTest, AnAbsentProductThatCannotBeReadStaysAsItWas) {
  Fill(150);
  harness_.RunSweep();
  catalog().records().erase(7);
  catalog().spoil_record = [](const auto&, domain::RecordAnswer* answer) {
    *answer = {};
    Fail(&answer->report);
  };
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(10));
  EXPECT_EQ(harness_.Quantity(7), "7");
  EXPECT_LE(catalog().CountOf("get 7"), 3u);
}

TEST_F(CatalogSweeperTest, LocationsAreListedSeldomAndTold) {
  Fill(3);
  catalog().locations() = {{"3", "Main", "الرئيسي", true}};
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(5));
  EXPECT_EQ(catalog().CountOf("locations"), 1u);
  EXPECT_TRUE(harness_.stock_events().back().has_locations_observed());
  harness_.RunSweep();
  harness_.RunSweep();
  EXPECT_EQ(catalog().CountOf("locations"), 1u);
  harness_.RunFor(absl::Minutes(11));
  EXPECT_EQ(catalog().CountOf("locations"), 2u);
}

TEST_F(CatalogSweeperTest, AMovedProductIsReadMoreOftenThanTheRest) {
  Fill(50);
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(10));
  EXPECT_EQ(catalog().CountBeginningWith("get "), 3u) << "spot checks only";
  catalog().Put(7, "70");
  harness_.RunSweep();
  const size_t before = catalog().CountOf("get 7");
  harness_.RunFor(absl::Seconds(50));
  EXPECT_GE(catalog().CountOf("get 7"), before + 2);
  catalog().Put(7, "71");
  harness_.RunFor(absl::Seconds(20));
  EXPECT_EQ(harness_.Quantity(7), "71");
}

TEST_F(CatalogSweeperTest, TheAchievedIntervalAndTheAgesAreTold) {
  Fill(50);
  EXPECT_FALSE(harness_.status().stock_reads().has_value());
  harness_.RunSweep();
  EXPECT_FALSE(harness_.status().poll_interval().has_value());
  harness_.RunSweep();
  const auto interval = harness_.status().poll_interval();
  ASSERT_TRUE(interval.has_value());
  EXPECT_GE(*interval, absl::Seconds(54));
  EXPECT_LE(*interval, absl::Seconds(67));
  harness_.RunFor(absl::Seconds(20));
  const auto reads = harness_.status().stock_reads();
  ASSERT_TRUE(reads.has_value());
  EXPECT_GE(harness_.clock().Now() - reads->half, absl::Seconds(19));
  EXPECT_LE(harness_.clock().Now() - reads->half, absl::Seconds(25));
  EXPECT_LE(reads->most, reads->half);
}

TEST_F(CatalogSweeperTest, AnAnswerThatIsOlderThanWhatIsKnownSaysNothing) {
  Fill(3);
  harness_.RunSweep();
  harness_.RunFor(absl::Seconds(5));
  // The page is read before the stock moves, and arrives after the record.
  domain::PageAnswer stale;
  bool first = true;
  catalog().spoil_page = [&](const auto&, domain::PageAnswer* answer) {
    if (std::exchange(first, false)) answer->records = stale.records;
  };
  for (const auto& [id, record] : catalog().records()) {
    stale.records.push_back(record);
  }
  while (catalog().waiting() == 0) {
    harness_.RunTick();
    harness_.Work();
  }
  ASSERT_EQ(catalog().requests().back(), "list 1");
  catalog().Put(2, "20");
  harness_.RunTick();
  harness_.refresher().Refresh({{"2"}, ""}, Actor::kNever, [](auto) {});
  harness_.Work();
  harness_.RunTick();
  harness_.Work();
  ASSERT_EQ(catalog().requests().back(), "get 2");
  catalog().Answer(1);
  harness_.Work();
  EXPECT_EQ(harness_.Quantity(2), "20");
  catalog().Answer(0);
  harness_.Work();
  EXPECT_EQ(harness_.Quantity(2), "20");
}

}  // namespace
}  // namespace qantara::server
