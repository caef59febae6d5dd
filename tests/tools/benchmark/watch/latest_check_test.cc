#include "tools/benchmark/watch/latest_check.h"

#include "gtest/gtest.h"
#include "qantara/v1/inventory_watch.pb.h"

namespace qantara::tools {
namespace {

std::string Change(const std::string& product, const std::string& previous,
                   const std::string& quantity, uint32_t folded) {
  v1::WatchInventoryResponse response;
  v1::StockLevel& level =
      *response.mutable_changes()->add_changes()->mutable_change();
  level.set_remote_id(product);
  level.set_location_id("3");
  level.set_previous_quantity(previous);
  level.set_quantity(quantity);
  level.set_folded_changes(folded);
  return response.SerializeAsString();
}

std::string FellBehind() {
  v1::WatchInventoryResponse response;
  response.mutable_fell_behind();
  return response.SerializeAsString();
}

TEST(LatestCheckTest, CountsFoldedChangesAndFigures) {
  LatestCheck check;
  ASSERT_TRUE(check.Take({Change("1", "5", "6", 0), FellBehind()}).ok());
  ASSERT_TRUE(
      check.Take({Change("1", "6", "9", 2), Change("2", "1", "2", 0)}).ok());
  EXPECT_EQ(check.changes(), 5U);
  EXPECT_EQ(check.figures(), 2U);
  EXPECT_TRUE(check.fell_behind());
}

TEST(LatestCheckTest, AFigureThatComesTwiceAfterFallingBehindIsAFault) {
  LatestCheck check;
  EXPECT_FALSE(check
                   .Take({FellBehind(), Change("1", "5", "6", 1),
                          Change("1", "6", "7", 0)})
                   .ok());
}

TEST(LatestCheckTest, AChangeThatDoesNotFollowTheLastIsAFault) {
  LatestCheck check;
  EXPECT_FALSE(
      check.Take({Change("1", "5", "6", 0), Change("1", "7", "8", 0)}).ok());
}

}  // namespace
}  // namespace qantara::tools
