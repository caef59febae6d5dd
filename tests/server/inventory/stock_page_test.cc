#include "server/inventory/stock_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "tests/server/inventory/memory_snapshot.h"

namespace qantara::server {
namespace {

using domain::Table;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Figures = std::vector<std::pair<std::string, std::string>>;

class StockPageTest : public ::testing::Test {
 protected:
  void Put(const std::string& id, const std::string& sku,
           const Figures& figures) {
    tables::v1::StockRow row;
    row.set_remote_id(id);
    row.set_sku(sku);
    row.set_category_id("c" + id);
    row.set_state(figures.empty() ? v1::STOCK_STATE_UNTRACKED
                                  : v1::STOCK_STATE_TRACKED_WITH_STOCK);
    for (const auto& [location, quantity] : figures) {
      auto& figure = *row.add_figures();
      figure.set_location_id(location);
      figure.set_quantity(quantity);
    }
    PutRow(tables_, Table::kStock, domain::TextKey("store", id), row);
    tables_.Put(Table::kStockBySku, domain::TextKey("store", sku, id), "");
  }

  void Map(uint64_t product_id, const std::string& external_id,
           const std::string& remote_id) {
    tables::v1::ProductPointer pointer;
    pointer.set_product_id(product_id);
    PutRow(tables_, Table::kRemoteIds, domain::TextKey("store", remote_id),
           pointer);
    PutRow(tables_, Table::kExternalIds, domain::TextKey("store", external_id),
           pointer);
    tables::v1::ProductRow product;
    product.set_product_id(product_id);
    product.set_external_id(external_id);
    product.set_remote_id(remote_id);
    PutRow(tables_, Table::kProducts, domain::NumberKey("store", product_id),
           product);
  }

  // One page as texts such as `7@main`, and where it ended.
  std::vector<std::string> Page(const v1::InventoryFilter& filter, size_t size,
                                std::optional<StockCursor>* cursor) {
    const auto made = StockFilter::Make(filter);
    EXPECT_TRUE(made.ok()) << made.status();
    StockPageSpec spec;
    spec.connection = "store";
    spec.filter = &*made;
    spec.by_external_id = filter.external_ids_size() > 0;
    spec.size = size;
    spec.after = *cursor;
    StockPage page(snapshot_, spec);
    EXPECT_TRUE(FillStockPage(snapshot_, spec, filter, page).ok());
    std::vector<std::string> texts;
    for (const v1::StockLevel& level : page.levels()) {
      texts.push_back(absl::StrCat(level.remote_id(), "@", level.location_id(),
                                   level.external_id()));
    }
    *cursor = page.end();
    return texts;
  }

  // All pages of that size.
  std::vector<std::string> All(const v1::InventoryFilter& filter, size_t size) {
    std::vector<std::string> all;
    std::optional<StockCursor> cursor;
    do {
      const auto page = Page(filter, size, &cursor);
      all.insert(all.end(), page.begin(), page.end());
    } while (cursor.has_value());
    return all;
  }

  domain::MemoryTables tables_;
  const MemorySnapshot snapshot_{tables_};
};

TEST_F(StockPageTest, PagesOfEverySizeAddUpToTheSameLevels) {
  Put("1", "A", {{"x", "1"}, {"y", "2"}, {"z", "3"}});
  Put("10", "B", {});
  Put("2", "C", {{"x", "4"}, {"y", "5"}});
  for (size_t size = 1; size <= 8; ++size) {
    EXPECT_THAT(All({}, size),
                ElementsAre("1@x", "1@y", "1@z", "10@", "2@x", "2@y"))
        << size;
  }
}

TEST_F(StockPageTest, ThereIsNoNextPageWithoutAnotherWantedLevel) {
  Put("1", "A", {{"x", "1"}, {"y", "2"}});
  Put("2", "B", {{"y", "3"}});
  v1::InventoryFilter filter;
  filter.add_location_ids("x");
  std::optional<StockCursor> cursor;
  EXPECT_THAT(Page(filter, 1, &cursor), ElementsAre("1@x"));
  EXPECT_FALSE(cursor.has_value());
}

TEST_F(StockPageTest, APageGoesOnBehindAFigureThatIsNoMore) {
  Put("1", "A", {{"x", "1"}, {"y", "2"}, {"z", "3"}});
  std::optional<StockCursor> cursor;
  EXPECT_THAT(Page({}, 2, &cursor), ElementsAre("1@x", "1@y"));
  Put("1", "A", {{"a", "0"}, {"x", "1"}, {"z", "3"}});
  EXPECT_THAT(Page({}, 2, &cursor), ElementsAre("1@z"));
}

TEST_F(StockPageTest, AFilterThatNamesProductsReadsNoOtherRows) {
  for (int i = 1; i <= 500; ++i) {
    Put(absl::StrCat(i), absl::StrCat("SKU-", i), {{"x", "1"}});
    Map(i, absl::StrCat("#erp-", i), absl::StrCat(i));
  }
  v1::InventoryFilter by_id;
  by_id.add_remote_ids("7");
  by_id.add_remote_ids("no such id");
  EXPECT_THAT(All(by_id, 10), ElementsAre("7@x#erp-7"));
  v1::InventoryFilter by_external_id;
  by_external_id.add_external_ids("#erp-8");
  by_external_id.add_external_ids("no such id");
  EXPECT_THAT(All(by_external_id, 10), ElementsAre("8@x#erp-8"));
  v1::InventoryFilter by_sku;
  by_sku.add_skus("SKU-9");
  by_sku.add_skus("SKU-11");
  by_sku.add_skus("no such SKU");
  EXPECT_THAT(All(by_sku, 1), ElementsAre("11@x#erp-11", "9@x#erp-9"));
  EXPECT_LE(snapshot_.rows_read(Table::kStock), 10);
  EXPECT_LE(snapshot_.rows_read(Table::kStockBySku), 10);
}

TEST_F(StockPageTest, WhatIsNamedTwiceComesOnce) {
  Put("1", "A", {{"x", "1"}});
  v1::InventoryFilter filter;
  filter.add_remote_ids("1");
  filter.add_remote_ids("1");
  EXPECT_THAT(All(filter, 10), ElementsAre("1@x"));
}

TEST_F(StockPageTest, EveryListOfAFilterMustHold) {
  Put("1", "A", {{"x", "1"}, {"y", "9"}});
  Put("2", "A", {{"x", "1"}});
  Map(5, "#e", "1");
  v1::InventoryFilter filter;
  filter.add_skus("A");
  filter.add_external_ids("#e");
  filter.set_below_quantity("5");
  EXPECT_THAT(All(filter, 10), ElementsAre("1@x#e"));
  filter.add_category_ids("c2");
  EXPECT_THAT(All(filter, 10), IsEmpty());
}

TEST_F(StockPageTest, AFormerExternalIdFindsNothing) {
  Put("1", "A", {{"x", "1"}});
  Map(5, "#old", "1");
  Map(5, "#new", "1");
  v1::InventoryFilter filter;
  filter.add_external_ids("#old");
  EXPECT_THAT(All(filter, 10), IsEmpty());
}

TEST_F(StockPageTest, ManyRecordsWithOneSkuComeCompleteAndInOrder) {
  std::vector<std::string> expected;
  for (int i = 1000; i < 1350; ++i) {
    Put(absl::StrCat(i), i % 3 == 0 ? "RARE" : "SAME", {{"x", "1"}});
    expected.push_back(absl::StrCat(i, "@x"));
  }
  v1::InventoryFilter filter;
  filter.add_skus("SAME");
  filter.add_skus("RARE");
  EXPECT_EQ(All(filter, 7), expected);
  EXPECT_EQ(All(filter, 1000), expected);
}

TEST_F(StockPageTest, APageLooksAtABoundedNumberOfRows) {
  const int rows = static_cast<int>(StockPage::kMaxRows) + 1;
  for (int i = 0; i < rows; ++i) {
    Put(absl::StrCat(100'000 + i), "S", {{"x", "1"}});
  }
  Put("999999", "LAST", {{"rare", "1"}});
  v1::InventoryFilter filter;
  filter.add_location_ids("rare");
  std::optional<StockCursor> cursor;
  EXPECT_THAT(Page(filter, 10, &cursor), IsEmpty());
  EXPECT_LE(snapshot_.rows_read(Table::kStock), rows);
  EXPECT_EQ(snapshot_.rows_read(Table::kRemoteIds), 0) << "needed by no row";
  ASSERT_TRUE(cursor.has_value());
  EXPECT_THAT(Page(filter, 10, &cursor), ElementsAre("999999@rare"));
  EXPECT_FALSE(cursor.has_value());
}

TEST_F(StockPageTest, ADamagedRowIsAnError) {
  tables_.Put(Table::kStock, domain::TextKey("store", "1"), "\xff");
  const auto filter = StockFilter::Make({});
  StockPageSpec spec;
  spec.connection = "store";
  spec.filter = &*filter;
  spec.size = 1;
  StockPage page(snapshot_, spec);
  EXPECT_TRUE(absl::IsDataLoss(FillStockPage(snapshot_, spec, {}, page)));
}

TEST(StockCursorTest, IsReadBackAndNothingElseIs) {
  using std::string_literals::operator""s;
  for (const std::string& id : {"1"s, "a\0b"s, "\0\x01"s}) {
    for (const std::optional<std::string>& location :
         {std::optional<std::string>(), std::optional<std::string>(""),
          std::optional<std::string>("x\0y"s)}) {
      const auto read = ReadCursorKey(CursorKey({id, location}));
      ASSERT_TRUE(read.has_value());
      EXPECT_EQ(read->remote_id, id);
      EXPECT_EQ(read->location_id, location);
    }
  }
  for (const std::string& key :
       {""s, "p"s, "l\0\x01"s, "x\0\x01\x31\0\x01"s, "p\0\x01\x31\0\x01z"s}) {
    EXPECT_FALSE(ReadCursorKey(key).has_value());
  }
}

}  // namespace
}  // namespace qantara::server
