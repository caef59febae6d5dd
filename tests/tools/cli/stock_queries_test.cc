// `stock get`, `stock list`, `stock refresh` and `stock locations`.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/tools/cli/command_line.h"

namespace qantara::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

class StockQueriesTest : public CommandLineTest {};

TEST_F(StockQueriesTest, GetShowsTheStateTheReadingAndTheFigures) {
  server_.inventory.get_answer = Parse<v1::GetInventoryResponse>(
      "state: STOCK_STATE_TRACKED_WITH_STOCK last_read_time { seconds: 60 } "
      "levels { sku: 'MUG' location_id: '3' quantity: '-2' }");
  EXPECT_EQ(Run({"stock", "get", "MUG"}), 0) << err();
  EXPECT_EQ(server_.inventory.get.key().sku(), "MUG");
  EXPECT_EQ(server_.inventory.get.connection(), "riyadh-store");
  EXPECT_EQ(server_.inventory.get.refresh(), v1::REFRESH_MODE_UNSPECIFIED);
  EXPECT_FALSE(server_.inventory.get.has_max_age());
  EXPECT_THAT(out(),
              HasSubstr("TRACKED_WITH_STOCK, read 1970-01-01T00:01:00Z\n"));
  EXPECT_THAT(out(), HasSubstr("location 3  -2\n"));
  EXPECT_EQ(Run({"stock", "get", "MUG", "--json"}), 0);
  EXPECT_THAT(out(), HasSubstr("\"quantity\":\"-2\""));
}

TEST_F(StockQueriesTest, GetSaysHowFreshTheAnswerMustBe) {
  EXPECT_EQ(Run({"stock", "get", "7", "--by=remote_id", "--max-age=60"}), 0);
  EXPECT_EQ(server_.inventory.get.key().remote_id(), "7");
  EXPECT_EQ(server_.inventory.get.max_age().seconds(), 60);
  EXPECT_EQ(Run({"stock", "get", "MUG", "--max_age=0"}), 0);
  EXPECT_TRUE(server_.inventory.get.has_max_age());
  EXPECT_EQ(Run({"stock", "get", "MUG", "--refresh"}), 0);
  EXPECT_EQ(server_.inventory.get.refresh(), v1::REFRESH_MODE_ALWAYS);
  EXPECT_EQ(Run({"stock", "get", "MUG", "--refresh", "--max_age=0"}), 2);
  EXPECT_EQ(Run({"stock", "get", "MUG", "--max_age=31536001"}), 2);
  EXPECT_EQ(Run({"stock", "get"}), 2);
}

TEST_F(StockQueriesTest, ListReadsPagesUntilTheLimit) {
  server_.inventory.pages = {
      Parse<v1::ListInventoryResponse>(
          "levels { sku: 'A' remote_id: '1' location_id: '3' "
          "location_name_en: 'Main' quantity: '12.5' } next_page_token: 't1'"),
      Parse<v1::ListInventoryResponse>("next_page_token: 't2'"),
      Parse<v1::ListInventoryResponse>(
          "levels { sku: 'B' remote_id: '2' state: STOCK_STATE_UNTRACKED } "
          "next_page_token: 't3'"),
  };
  EXPECT_EQ(Run({"stock", "list", "--limit=2"}), 0) << err();
  ASSERT_EQ(server_.inventory.lists.size(), 3u);
  EXPECT_EQ(server_.inventory.lists[0].page_size(), 2);
  EXPECT_EQ(server_.inventory.lists[1].page_token(), "t1");
  EXPECT_EQ(server_.inventory.lists[2].page_size(), 1);
  EXPECT_EQ(server_.inventory.lists[2].page_token(), "t2");
  EXPECT_THAT(out(), HasSubstr("SKU  REMOTE ID  LOCATION  STOCK  SINCE\n"
                               "A    1          3 Main    12.5\n"));
  EXPECT_THAT(out(), HasSubstr("UNTRACKED"));
  EXPECT_THAT(out(), Not(HasSubstr(" 0"))) << "nothing was measured";
  EXPECT_THAT(err(), HasSubstr("there is more"));
}

TEST_F(StockQueriesTest, ListSendsEveryFilter) {
  EXPECT_EQ(
      Run({"stock", "list", "--sku=A", "--sku=B", "--remote_id=1",
           "--external_id=e", "--location=3", "--category=9", "--below=5.5"}),
      0);
  const v1::InventoryFilter filter = server_.inventory.lists.at(0).filter();
  EXPECT_THAT(filter.skus(), ElementsAre("A", "B"));
  EXPECT_THAT(filter.remote_ids(), ElementsAre("1"));
  EXPECT_THAT(filter.external_ids(), ElementsAre("e"));
  EXPECT_THAT(filter.location_ids(), ElementsAre("3"));
  EXPECT_THAT(filter.category_ids(), ElementsAre("9"));
  EXPECT_EQ(filter.below_quantity(), "5.5");
  EXPECT_EQ(out(), "") << "no head without a figure";
}

TEST_F(StockQueriesTest, ListIsOneObjectALineForPrograms) {
  server_.inventory.pages = {Parse<v1::ListInventoryResponse>(
      "levels { sku: 'A' quantity: '0' } levels { sku: 'B' }")};
  EXPECT_EQ(Run({"stock", "list", "--json"}), 0);
  const std::string printed = out();
  EXPECT_EQ(std::count(printed.begin(), printed.end(), '\n'), 2);
  EXPECT_THAT(out(), HasSubstr("\"quantity\":\"0\""));
  EXPECT_EQ(err(), "");
}

TEST_F(StockQueriesTest, RefreshNamesKeysOrOneCategory) {
  server_.inventory.refresh_answer = Parse<v1::RefreshInventoryResponse>(
      "products_read: 2 products_gone: 1 unknown_keys { external_id: 'x' }");
  EXPECT_EQ(Run({"stock", "refresh", "e1", "e2", "x", "--by=external_id"}), 1)
      << "a key was not known";
  EXPECT_EQ(server_.inventory.refresh.keys_size(), 3);
  EXPECT_EQ(server_.inventory.refresh.keys(1).external_id(), "e2");
  EXPECT_EQ(out(),
            "2 products read, 1 of them gone at the provider\n"
            "not known: external id x\n");
  server_.inventory.refresh_answer =
      Parse<v1::RefreshInventoryResponse>("products_read: 1");
  EXPECT_EQ(Run({"stock", "refresh", "--category=9"}), 0);
  EXPECT_EQ(server_.inventory.refresh.category_id(), "9");
  EXPECT_EQ(out(), "1 product read\n");
  EXPECT_EQ(Run({"stock", "refresh", "--category=9", "--json"}), 0);
  EXPECT_THAT(out(), HasSubstr("\"productsRead\":1"));
  EXPECT_EQ(Run({"stock", "refresh"}), 2);
  EXPECT_EQ(Run({"stock", "refresh", "A", "--category=9"}), 2);
  EXPECT_EQ(Run({"stock", "refresh", "--category=9", "--category=8"}), 2);
}

TEST_F(StockQueriesTest, LocationsAreATableOrObjects) {
  server_.inventory.locations = Parse<v1::ListLocationsResponse>(
      "locations { location_id: '3' name_en: 'Main' name_ar: 'الرئيسي' "
      "is_default: true } locations { location_id: '11' name_en: 'Side' }");
  EXPECT_EQ(Run({"stock", "locations"}), 0);
  EXPECT_EQ(out(),
            "LOCATION  ENGLISH  ARABIC\n"
            "3         Main     الرئيسي  default\n"
            "11        Side\n");
  EXPECT_EQ(Run({"stock", "locations", "--json"}), 0);
  EXPECT_THAT(out(), HasSubstr("\"isDefault\":true"));
}

TEST_F(StockQueriesTest, ARefusedCallSaysWhy) {
  server_.inventory.status =
      grpc::Status(grpc::StatusCode::NOT_FOUND, "no product X");
  EXPECT_EQ(Run({"stock", "get", "X"}), 2);
  EXPECT_EQ(Run({"stock", "list"}), 2);
  EXPECT_EQ(Run({"stock", "refresh", "X"}), 2);
  EXPECT_EQ(Run({"stock", "locations"}), 2);
  EXPECT_THAT(err(), HasSubstr("no product X"));
}

}  // namespace
}  // namespace qantara::tools
