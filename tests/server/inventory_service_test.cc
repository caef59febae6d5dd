// Stock that is asked for, as clients see it over real gRPC.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/server/inventory/fake_refresher.h"
#include "tests/server/support/import_client.h"
#include "tests/server/support/running_server.h"

namespace qantara::server {
namespace {

using ::testing::ElementsAre;

class InventoryServiceTest : public ::testing::Test {
 protected:
  InventoryServiceTest() {
    server_.server().core().connections.all().front()->refresher = &refresher_;
  }

  // SKU-1 to SKU-3, mapped to 1001 to 1003.
  void ImportThree() {
    ImportClient client(server_.catalog());
    client.SendHeader("first");
    client.SendLines(1, 3);
    client.SendEnd();
    ASSERT_TRUE(client.AwaitAck(3));
    server_.CreateAll("first", 3);
    ASSERT_TRUE(client.Drain().ok());
  }

  // A product that the provider does not have yet.
  void AcceptOne(const std::string& sku) {
    grpc::ClientContext context;
    v1::CreateProductRequest request;
    request.mutable_product()->set_sku(sku);
    request.mutable_product()->set_name_en("Mug");
    request.mutable_product()->set_name_ar("كوب");
    request.mutable_product()->set_selling_price("1");
    request.set_wait(v1::WAIT_LEVEL_DURABLE);
    v1::CreateProductResponse response;
    const grpc::Status status =
        server_.products().CreateProduct(&context, request, &response);
    ASSERT_TRUE(status.ok()) << Describe(status);
  }

  grpc::Status Get(const v1::GetInventoryRequest& request,
                   v1::GetInventoryResponse* response, int millis = 60'000) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::milliseconds(millis));
    return server_.inventory().GetInventory(&context, request, response);
  }
  grpc::Status Refresh(const v1::RefreshInventoryRequest& request,
                       v1::RefreshInventoryResponse* response) {
    grpc::ClientContext context;
    return server_.inventory().RefreshInventory(&context, request, response);
  }

  static v1::GetInventoryRequest Always(const std::string& remote_id) {
    v1::GetInventoryRequest request;
    request.mutable_key()->set_remote_id(remote_id);
    request.set_refresh(v1::REFRESH_MODE_ALWAYS);
    return request;
  }

  // Every level that the filter wants, as texts such as `SKU-1@main 7`.
  std::vector<std::string> List(const v1::InventoryFilter& filter, int size) {
    std::vector<std::string> texts;
    v1::ListInventoryRequest request;
    *request.mutable_filter() = filter;
    request.set_page_size(size);
    do {
      grpc::ClientContext context;
      v1::ListInventoryResponse page;
      const grpc::Status status =
          server_.inventory().ListInventory(&context, request, &page);
      EXPECT_TRUE(status.ok()) << Describe(status);
      for (const v1::StockLevel& level : page.levels()) {
        texts.push_back(absl::StrCat(
            level.sku(), "@", level.location_id(), " ", level.quantity(),
            level.product_id().empty() ? "" : " mapped"));
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return texts;
  }

  FakeRefresher refresher_;
  RunningServer server_;
};

TEST_F(InventoryServiceTest, AListHoldsMappedAndOtherRecords) {
  ImportThree();
  server_.Observe({StockOf("1001", "SKU-1", "main", "7"),
                   StockOf("1002", "SKU-2", "main", "0"),
                   StockOf("5", "theirs", "side", "-1.5")});
  EXPECT_THAT(List({}, 2),
              ElementsAre("SKU-1@main 7 mapped", "SKU-2@main 0 mapped",
                          "theirs@side -1.5"));
  v1::InventoryFilter by_sku;
  by_sku.add_skus("theirs");
  by_sku.add_skus("SKU-2");
  EXPECT_THAT(List(by_sku, 1),
              ElementsAre("SKU-2@main 0 mapped", "theirs@side -1.5"));
  v1::InventoryFilter below;
  below.set_below_quantity("0.5");
  EXPECT_THAT(List(below, 100),
              ElementsAre("SKU-2@main 0 mapped", "theirs@side -1.5"));
}

TEST_F(InventoryServiceTest, ASkuThatChangedFindsItsStockByTheNewOneOnly) {
  server_.Observe({StockOf("5", "old", "main", "1")});
  server_.Observe({StockOf("5", "new", "main", "1")});
  v1::InventoryFilter filter;
  filter.add_skus("old");
  EXPECT_THAT(List(filter, 10), ElementsAre());
  filter.add_skus("new");
  EXPECT_THAT(List(filter, 10), ElementsAre("new@main 1"));
}

TEST_F(InventoryServiceTest, FiftyCallersAreAnsweredByOneReading) {
  server_.Observe({StockOf("5", "A", "main", "1")});
  v1::GetInventoryRequest request;
  request.mutable_key()->set_remote_id("5");
  request.mutable_max_age()->set_seconds(3600);
  std::vector<std::future<std::string>> answers;
  for (int i = 0; i < 50; ++i) {
    answers.push_back(std::async(std::launch::async, [&] {
      v1::GetInventoryResponse response;
      const grpc::Status status = Get(request, &response);
      return status.ok() ? response.levels(0).quantity() : Describe(status);
    }));
  }
  const auto asked = refresher_.Await(0);
  server_.Observe({StockOf("5", "A", "main", "2")});
  refresher_.SetLastRead("5", absl::Now());
  asked.done(RefreshOutcome{.read = 1});
  for (auto& answer : answers) EXPECT_EQ(answer.get(), "2");
  EXPECT_EQ(refresher_.asked(), 1);
}

TEST_F(InventoryServiceTest, ACallEndsWithItsDeadlineAndTheReadingMayGoOn) {
  server_.Observe({StockOf("5", "A", "main", "1")});
  v1::GetInventoryResponse response;
  EXPECT_EQ(Describe(Get(Always("5"), &response, 300)), "DEADLINE_EXCEEDED");
  refresher_.Await(0).done(RefreshOutcome{.read = 1});
}

TEST_F(InventoryServiceTest, ACallThatWasCancelledIsLetGo) {
  server_.Observe({StockOf("5", "A", "main", "1")});
  grpc::ClientContext context;
  auto call = std::async(std::launch::async, [&] {
    v1::GetInventoryResponse response;
    return server_.inventory().GetInventory(&context, Always("5"), &response);
  });
  const auto asked = refresher_.Await(0);
  context.TryCancel();
  EXPECT_EQ(Describe(call.get()), "CANCELLED");
  asked.done(RefreshOutcome{.read = 1});
}

TEST_F(InventoryServiceTest, AStopEndsCallsThatWait) {
  server_.Observe({StockOf("5", "A", "main", "1")});
  auto call = std::async(std::launch::async, [&] {
    v1::GetInventoryResponse response;
    return Get(Always("5"), &response);
  });
  refresher_.Await(0);
  server_.server().Stop(absl::ZeroDuration());
  EXPECT_FALSE(call.get().ok());
}

TEST_F(InventoryServiceTest, WhatTheProviderLacksCannotBeAskedFor) {
  AcceptOne("waits");
  v1::GetInventoryRequest get;
  get.mutable_key()->set_sku("waits");
  get.set_refresh(v1::REFRESH_MODE_ALWAYS);
  v1::GetInventoryResponse stock;
  ASSERT_TRUE(Get(get, &stock).ok());
  EXPECT_EQ(stock.state(), v1::STOCK_STATE_NOT_YET_OBSERVED);
  EXPECT_FALSE(stock.has_last_read_time());
  v1::RefreshInventoryRequest refresh;
  refresh.add_keys()->set_sku("waits");
  v1::RefreshInventoryResponse response;
  EXPECT_EQ(Describe(Refresh(refresh, &response)),
            "NOT_FOUND PRODUCT_NOT_FOUND");
  EXPECT_EQ(refresher_.asked(), 0);
}

TEST_F(InventoryServiceTest, RefusalsNameTheField) {
  v1::GetInventoryResponse response;
  v1::GetInventoryRequest get = Always("5");
  get.mutable_max_age()->set_seconds(1);
  EXPECT_EQ(Describe(Get(get, &response)),
            "INVALID_ARGUMENT FIELDS_CONFLICT max_age");
  EXPECT_EQ(Describe(Get(Always("5"), &response)),
            "NOT_FOUND PRODUCT_NOT_FOUND");
  v1::RefreshInventoryRequest refresh;
  refresh.add_keys()->set_sku("A");
  refresh.add_keys();
  v1::RefreshInventoryResponse refreshed;
  EXPECT_EQ(Describe(Refresh(refresh, &refreshed)),
            "INVALID_ARGUMENT FIELD_REQUIRED keys[1]");
  grpc::ClientContext context;
  v1::ListLocationsRequest elsewhere;
  elsewhere.set_connection("elsewhere");
  v1::ListLocationsResponse locations;
  EXPECT_EQ(Describe(server_.inventory().ListLocations(&context, elsewhere,
                                                       &locations)),
            "NOT_FOUND CONNECTION_NOT_FOUND connection");
}

}  // namespace
}  // namespace qantara::server
