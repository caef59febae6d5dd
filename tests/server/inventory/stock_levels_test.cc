#include "server/inventory/stock_levels.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "domain/rows.h"
#include "domain/table_keys.h"
#include "tests/domain/support/memory_tables.h"

namespace qantara::server {
namespace {

using domain::Table;

tables::v1::StockRow Row(const std::string& text) {
  tables::v1::StockRow row;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &row));
  return row;
}

class StockLevelsTest : public ::testing::Test {
 protected:
  StockLevelsTest() {
    PutName("main", "Main", "الرئيسي");
    tables::v1::ProductPointer pointer;
    pointer.set_product_id(7);
    PutRow(tables_, Table::kRemoteIds, domain::TextKey("store", "42"), pointer);
    tables::v1::ProductRow product;
    product.set_product_id(7);
    product.set_external_id("erp-7");
    PutRow(tables_, Table::kProducts, domain::NumberKey("store", 7), product);
  }

  void PutName(const std::string& id, const std::string& en,
               const std::string& ar) {
    tables::v1::LocationRow row;
    row.set_location_id(id);
    row.set_name_en(en);
    row.set_name_ar(ar);
    PutRow(tables_, Table::kLocations, domain::TextKey("store", id), row);
  }

  std::vector<v1::StockLevel> LevelsOf(const tables::v1::StockRow& row) {
    const auto owner = FindStockOwner(tables_, "store", row.remote_id());
    EXPECT_TRUE(owner.ok());
    const auto levels = ToStockLevels(row, *owner, names_);
    EXPECT_TRUE(levels.ok());
    return *levels;
  }

  domain::MemoryTables tables_;
  LocationNames names_{tables_, "store"};
};

TEST_F(StockLevelsTest, EachFigureIsALevelWithTheNamesOfItsLocation) {
  const auto levels =
      LevelsOf(Row("remote_id: '42' sku: 'MUG' category_id: '9' "
                   "state: STOCK_STATE_TRACKED_WITH_STOCK "
                   "figures { location_id: 'main' quantity: '-2.5' "
                   "          observe_time { seconds: 5 } } "
                   "figures { location_id: 'side' quantity: '0' }"));
  ASSERT_EQ(levels.size(), 2);
  EXPECT_EQ(levels[0].remote_id(), "42");
  EXPECT_EQ(levels[0].sku(), "MUG");
  EXPECT_EQ(levels[0].category_id(), "9");
  EXPECT_EQ(levels[0].product_id(), "7");
  EXPECT_EQ(levels[0].external_id(), "erp-7");
  EXPECT_EQ(levels[0].location_name_en(), "Main");
  EXPECT_EQ(levels[0].location_name_ar(), "الرئيسي");
  EXPECT_EQ(levels[0].quantity(), "-2.5");
  EXPECT_EQ(levels[0].observe_time().seconds(), 5);
  EXPECT_EQ(levels[1].location_id(), "side");
  EXPECT_EQ(levels[1].location_name_en(), "") << "no sweep told its name yet";
  EXPECT_EQ(levels[1].quantity(), "0");
}

TEST_F(StockLevelsTest, AProductWithoutFiguresIsOneLevelWithoutQuantity) {
  for (const v1::StockState state :
       {v1::STOCK_STATE_UNTRACKED, v1::STOCK_STATE_TRACKED_NEVER_MOVED,
        v1::STOCK_STATE_PRODUCT_GONE}) {
    tables::v1::StockRow row = Row("remote_id: '42' sku: 'MUG'");
    row.set_state(state);
    const auto levels = LevelsOf(row);
    ASSERT_EQ(levels.size(), 1);
    EXPECT_EQ(levels[0].state(), state);
    EXPECT_FALSE(levels[0].has_quantity());
    EXPECT_EQ(levels[0].location_id(), "");
  }
}

TEST_F(StockLevelsTest, ThePresentOwnerCountsAndNotThatOfTheLastEvent) {
  const auto mapped =
      LevelsOf(Row("remote_id: '42' external_id: 'old' product_id: 3"));
  EXPECT_EQ(mapped[0].external_id(), "erp-7");
  EXPECT_EQ(mapped[0].product_id(), "7");
  const auto unmapped =
      LevelsOf(Row("remote_id: '43' external_id: 'old' product_id: 3"));
  EXPECT_EQ(unmapped[0].external_id(), "");
  EXPECT_EQ(unmapped[0].product_id(), "");
}

TEST_F(StockLevelsTest, ANameIsReadOnceForOneAnswer) {
  EXPECT_EQ(names_.Of("main")->en, "Main");
  PutName("main", "Renamed", "");
  EXPECT_EQ(names_.Of("main")->en, "Main");
  EXPECT_EQ(LocationNames(tables_, "store").Of("main")->en, "Renamed");
  EXPECT_EQ(LocationNames(tables_, "other").Of("main")->en, "");
}

TEST_F(StockLevelsTest, ADamagedNameIsAnError) {
  tables_.Put(Table::kLocations, domain::TextKey("store", "bad"), "\xff");
  EXPECT_TRUE(absl::IsDataLoss(names_.Of("bad").status()));
}

}  // namespace
}  // namespace qantara::server
