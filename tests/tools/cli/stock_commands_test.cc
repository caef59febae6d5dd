#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "tests/tools/cli/command_line.h"

namespace qantara::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

v1::WatchInventoryResponse Message(const std::string& text) {
  v1::WatchInventoryResponse message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

class StockCommandsTest : public CommandLineTest {};

TEST_F(StockCommandsTest, AWatchGoesOnAfterItsTokenWhenTheServerIsBack) {
  server_.inventory.streams = {
      {Message("row { sku: 'A' location_id: '3' quantity: '12' }"),
       Message("row { sku: 'B' state: STOCK_STATE_UNTRACKED }"),
       Message("caught_up {} resume_token: 't1'")},
      {Message("change { sku: 'A' location_id: '3' previous_quantity: '12' "
               "quantity: '-2' } resume_token: 't2'")},
  };
  EXPECT_EQ(Run({"stock", "watch", "--sku=A", "--sku", "B", "--changes=1"}), 0)
      << err();
  ASSERT_EQ(server_.inventory.requests.size(), 2u);
  EXPECT_THAT(server_.inventory.requests[0].filter().skus(),
              ElementsAre("A", "B"));
  EXPECT_EQ(server_.inventory.requests[0].resume_token(), "");
  EXPECT_EQ(server_.inventory.requests[1].resume_token(), "t1");
  EXPECT_THAT(out(), HasSubstr("location 3  12\n"));
  EXPECT_THAT(out(), HasSubstr("no figure (UNTRACKED)"));
  EXPECT_THAT(out(), HasSubstr("location 3  12 -> -2\n"));
}

TEST_F(StockCommandsTest, ATokenThatIsTooOldBeginsAgain) {
  server_.inventory.streams = {
      {Message("resync_required { oldest_position: 9 }")},
      {Message("change { sku: 'A' quantity: '0' }")},
  };
  EXPECT_EQ(
      Run({"stock", "watch", "--resume_token=old", "--changes=1", "--json"}),
      0);
  EXPECT_EQ(server_.inventory.requests[0].resume_token(), "old");
  EXPECT_EQ(server_.inventory.requests[1].resume_token(), "");
  EXPECT_THAT(out(), HasSubstr("\"quantity\":\"0\""));
  EXPECT_THAT(out(), Not(HasSubstr("previousQuantity")));
}

TEST_F(StockCommandsTest, AServerThatStaysAwayIsExitCodeThree) {
  EXPECT_EQ(Run({"stock", "watch", "--retry_for=0"}), 3);
}

}  // namespace
}  // namespace qantara::tools
