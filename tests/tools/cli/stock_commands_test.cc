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
      {Message("rows { levels { sku: 'A' location_id: '3' quantity: '12' } "
               "levels { sku: 'B' state: STOCK_STATE_UNTRACKED } }"),
       Message("caught_up {} resume_token: 't1'")},
      {Message("changes { changes { change { sku: 'A' location_id: '3' "
               "previous_quantity: '12' quantity: '-2' } } } "
               "resume_token: 't2'")},
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
  EXPECT_THAT(out(), HasSubstr("location 3  12 -> -2  (-14)\n"));
}

TEST_F(StockCommandsTest, ATokenThatIsTooOldBeginsAgain) {
  server_.inventory.streams = {
      {Message("resync_required { oldest_position: 9 }")},
      {Message("changes { changes { change { sku: 'A' quantity: '0' } } }")},
  };
  EXPECT_EQ(
      Run({"stock", "watch", "--resume_token=old", "--changes=1", "--json"}),
      0);
  EXPECT_EQ(server_.inventory.requests[0].resume_token(), "old");
  EXPECT_EQ(server_.inventory.requests[1].resume_token(), "");
  EXPECT_THAT(out(), HasSubstr("\"quantity\":\"0\""));
  EXPECT_THAT(out(), Not(HasSubstr("previousQuantity")));
}

TEST_F(StockCommandsTest, WhatIsWantedReachesTheServer) {
  server_.inventory.streams = {
      {Message("changes { changes { row { sku: 'A' quantity: '1' } } }")}};
  EXPECT_EQ(Run({"stock", "watch", "--category=7", "--below=2.5", "--start=now",
                 "--delivery=latest", "--floor_at_zero", "--heartbeat=9",
                 "--changes=1"}),
            0)
      << err();
  const v1::WatchInventoryRequest& request = server_.inventory.requests.at(0);
  EXPECT_THAT(request.filter().category_ids(), ElementsAre("7"));
  EXPECT_EQ(request.filter().below_quantity(), "2.5");
  EXPECT_EQ(request.start(), v1::WATCH_START_NOW);
  EXPECT_EQ(request.delivery(), v1::WATCH_DELIVERY_LATEST);
  EXPECT_TRUE(request.floor_at_zero());
  EXPECT_EQ(request.heartbeat_interval().seconds(), 9);
}

TEST_F(StockCommandsTest, AWrongWordIsRefusedBeforeTheServerIsAsked) {
  EXPECT_EQ(Run({"stock", "watch", "--delivery=some"}), 2);
  EXPECT_THAT(err(), HasSubstr("--delivery is every or latest"));
  EXPECT_EQ(Run({"stock", "watch", "--start=then"}), 2);
}

TEST_F(StockCommandsTest, AServerThatStaysAwayIsExitCodeThree) {
  EXPECT_EQ(Run({"stock", "watch", "--retry_for=0"}), 3);
}

}  // namespace
}  // namespace qantara::tools
