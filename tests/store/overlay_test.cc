#include "store/overlay.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/store/memory_tables.h"

namespace qantara::store {
namespace {

using domain::Table;
using ::testing::ElementsAre;
using ::testing::Field;

class OverlayTest : public ::testing::Test {
 protected:
  OverlayTest() : tables_(memory_.tables()), overlay_(tables_) {}

  std::string Get(Table table, const std::string& key) {
    return overlay_.Get(table, key)->value_or("absent");
  }

  MemoryTables memory_;
  RocksdbTables& tables_;
  Overlay overlay_;
};

TEST_F(OverlayTest, ChangesLieOverTheTablesPerTable) {
  ASSERT_TRUE(tables_
                  .Apply(1, {{Table::kSkus, "a", "1"},
                             {Table::kSkus, "b", "1"},
                             {Table::kItems, "a", "1"}})
                  .ok());
  overlay_.Put(Table::kSkus, "a", "2");
  overlay_.Delete(Table::kSkus, "b");
  EXPECT_EQ(Get(Table::kSkus, "a"), "2");
  EXPECT_EQ(Get(Table::kSkus, "b"), "absent");
  EXPECT_EQ(Get(Table::kItems, "a"), "1");
  overlay_.DropOpen();
  EXPECT_EQ(Get(Table::kSkus, "a"), "1");
  EXPECT_EQ(Get(Table::kSkus, "b"), "1");
}

TEST_F(OverlayTest, NewerLayersLieOverOlderOnes) {
  overlay_.Put(Table::kSkus, "a", "1");
  overlay_.Put(Table::kSkus, "b", "1");
  overlay_.Seal(1);
  overlay_.Put(Table::kSkus, "a", "2");
  overlay_.Seal(2);
  overlay_.Delete(Table::kSkus, "b");
  EXPECT_EQ(Get(Table::kSkus, "a"), "2");
  EXPECT_EQ(Get(Table::kSkus, "b"), "absent");
}

TEST_F(OverlayTest, LayersGoWhenTheTablesReflectThem) {
  overlay_.Put(Table::kSkus, "a", "1");
  const auto first = overlay_.Seal(3);
  overlay_.Put(Table::kSkus, "a", "2");
  overlay_.Seal(5);
  ASSERT_TRUE(tables_.Apply(first->through, first->writes()).ok());
  overlay_.Trim();
  EXPECT_EQ(overlay_.sealed_count(), 1);
  EXPECT_EQ(Get(Table::kSkus, "a"), "2");
  ASSERT_TRUE(tables_.Apply(5, {{Table::kSkus, "a", "2"}}).ok());
  overlay_.Trim();
  EXPECT_EQ(overlay_.sealed_count(), 0);
  EXPECT_EQ(Get(Table::kSkus, "a"), "2");
}

TEST_F(OverlayTest, LayerHoldsTheLastValueOfEachRow) {
  overlay_.Put(Table::kSkus, "a", "1");
  overlay_.Put(Table::kItems, "a", "1");
  overlay_.Put(Table::kSkus, "a", "22");
  overlay_.Put(Table::kSkus, "b", "1");
  overlay_.Delete(Table::kSkus, "b");
  const size_t bytes = overlay_.open_bytes();
  const auto layer = overlay_.Seal(1);
  EXPECT_EQ(overlay_.open_bytes(), 0);
  EXPECT_THAT(layer->writes(),
              ElementsAre(Field(&domain::TableWrite::value, "22"),
                          Field(&domain::TableWrite::value, "1"),
                          Field(&domain::TableWrite::value, std::nullopt)));
  // Two bytes of the values of `a`, one of the item's, and three keys.
  EXPECT_EQ(bytes % 8, (2 + 1 + 3) % 8);
}

TEST_F(OverlayTest, ManyRowsAreFoundAgain) {
  for (int i = 0; i < 5000; ++i) {
    overlay_.Put(Table::kSkus, std::to_string(i), std::to_string(i));
  }
  for (int i = 0; i < 5000; ++i) {
    ASSERT_EQ(Get(Table::kSkus, std::to_string(i)), std::to_string(i));
  }
}

}  // namespace
}  // namespace qantara::store
