// The life of a product, over real gRPC. The test plays the provider.
#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/server/support/import_client.h"
#include "tests/server/support/running_server.h"

namespace qantara::server {
namespace {

using ::testing::ElementsAre;

using Kind = v1::ProductStep::KindCase;

class ExplainProductTest : public ::testing::Test {
 protected:
  // Lines SKU-1 to SKU-`lines`, linked to 1001 and so on.
  void Import(const std::string& import_id, uint32_t lines) {
    ImportClient client(server_.catalog());
    client.SendHeader(import_id);
    client.SendLines(1, lines);
    client.SendEnd();
    ASSERT_TRUE(client.AwaitAck(lines));
    server_.CreateAll(import_id, lines);
    ASSERT_TRUE(client.Drain().ok());
  }

  static v1::ExplainProductRequest Sku(const std::string& sku) {
    v1::ExplainProductRequest request;
    request.mutable_key()->set_sku(sku);
    return request;
  }

  // Reads the whole story; checks that it has its head and its summary.
  std::vector<v1::ProductStep> Explain(
      const v1::ExplainProductRequest& request) {
    grpc::ClientContext context;
    const auto stream = server_.products().ExplainProduct(&context, request);
    v1::ExplainProductResponse response;
    EXPECT_TRUE(stream->Read(&response));
    product_ = response.product();
    std::vector<v1::ProductStep> steps;
    while (stream->Read(&response) && response.has_step()) {
      steps.push_back(response.step());
    }
    summary_ = response.summary();
    EXPECT_FALSE(stream->Read(&response));
    const grpc::Status status = stream->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(summary_.steps(), steps.size());
    return steps;
  }
  std::string Refusal(const v1::ExplainProductRequest& request) {
    grpc::ClientContext context;
    const auto stream = server_.products().ExplainProduct(&context, request);
    v1::ExplainProductResponse response;
    EXPECT_FALSE(stream->Read(&response));
    return Describe(stream->Finish());
  }

  static std::vector<Kind> KindsOf(const std::vector<v1::ProductStep>& steps) {
    std::vector<Kind> kinds;
    for (const v1::ProductStep& step : steps) kinds.push_back(step.kind_case());
    return kinds;
  }

  RunningServer server_;
  v1::MappedProduct product_;
  v1::ExplainSummary summary_;
};

TEST_F(ExplainProductTest, AProductIsToldByEachOfItsKeys) {
  Import("first", 3);
  const auto steps = Explain(Sku("SKU-2"));
  EXPECT_EQ(product_.remote_id(), "1002");
  EXPECT_THAT(KindsOf(steps),
              ElementsAre(Kind::kLineReceived, Kind::kItemSettled,
                          Kind::kMappingChanged));
  EXPECT_EQ(steps[0].line_received().item().import_id(), "first");
  EXPECT_EQ(steps[0].line_received().item().line(), 2);
  EXPECT_EQ(steps[1].item_settled().item().state(), v1::ITEM_STATE_LINKED);
  EXPECT_LT(steps[0].position(), steps[1].position());
  EXPECT_EQ(steps[1].position(), steps[2].position());
  EXPECT_GT(steps[0].time().seconds(), 0);

  v1::ExplainProductRequest by_record;
  by_record.mutable_key()->set_remote_id("1002");
  EXPECT_EQ(Explain(by_record).size(), 3);
  v1::ExplainProductRequest by_id;
  by_id.mutable_key()->set_product_id(product_.product_id());
  EXPECT_EQ(Explain(by_id).size(), 3);
}

TEST_F(ExplainProductTest, CallersSeeWhatTheyDidAndTheStorySurvivesARestart) {
  Import("first", 2);
  grpc::ClientContext context;
  v1::UpdateProductRequest update;
  update.mutable_key()->set_sku("SKU-1");
  update.mutable_product()->set_name_en("Cup");
  update.set_request_id("r1");
  update.set_wait(v1::WAIT_LEVEL_DURABLE);
  v1::UpdateProductResponse updated;
  ASSERT_TRUE(
      server_.products().UpdateProduct(&context, update, &updated).ok());
  server_.Observe({StockOf("1001", "SKU-1", "3", "5")});
  ImportClient second(server_.catalog());
  second.SendHeader("again");
  second.SendLines(1, 2);
  second.SendEnd();
  ASSERT_TRUE(second.AwaitAck(2));
  second.Cancel();
  const auto steps = Explain(Sku("SKU-1"));
  EXPECT_THAT(KindsOf(steps),
              ElementsAre(Kind::kLineReceived, Kind::kItemSettled,
                          Kind::kMappingChanged, Kind::kUpdateReceived,
                          Kind::kStockObserved, Kind::kLineReceived));
  EXPECT_EQ(steps[3].update_received().request_id(), "r1");
  EXPECT_EQ(steps[3].update_received().fields().name_en(), "Cup");
  EXPECT_EQ(steps[4].stock_observed().figures(0).quantity(), "5");
  EXPECT_EQ(steps[5].line_received().item().import_id(), "again");
  const uint64_t through = summary_.through_position();
  server_.Restart();
  const auto again = Explain(Sku("SKU-1"));
  ASSERT_EQ(again.size(), steps.size());
  EXPECT_EQ(again.back().SerializeAsString(), steps.back().SerializeAsString());
  EXPECT_GE(summary_.through_position(), through);
}

TEST_F(ExplainProductTest, AStoryLongerThanABatchOfTheLogIsToldWhole) {
  Import("first", 2);
  constexpr int kReadings = 2500;
  for (int i = 0; i < kReadings; ++i) {
    server_.Observe({StockOf("1002", "SKU-2", "3", absl::StrCat(i + 1))});
  }
  const auto steps = Explain(Sku("SKU-2"));
  ASSERT_EQ(steps.size(), 3 + kReadings);
  uint64_t position = 0;
  for (const v1::ProductStep& step : steps) {
    EXPECT_GE(step.position(), position);
    position = step.position();
  }
  EXPECT_EQ(steps.back().stock_observed().figures(0).quantity(),
            absl::StrCat(kReadings));
  EXPECT_EQ(Explain(Sku("SKU-1")).size(), 3);
}

TEST_F(ExplainProductTest, AClientThatLeavesEndsTheReading) {
  Import("first", 1);
  for (int i = 0; i < 200; ++i) {
    server_.Observe({StockOf("1001", "SKU-1", "3", absl::StrCat(i + 1))});
  }
  // More than may be open at once, one after the other.
  for (int i = 0; i < 80; ++i) {
    grpc::ClientContext context;
    const auto stream =
        server_.products().ExplainProduct(&context, Sku("SKU-1"));
    v1::ExplainProductResponse response;
    ASSERT_TRUE(stream->Read(&response)) << i;
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
}

TEST_F(ExplainProductTest, UnknownKeysAndConnectionsAreRefusedByReason) {
  Import("first", 1);
  EXPECT_EQ(Refusal(Sku("SKU-9")), "NOT_FOUND PRODUCT_NOT_FOUND");
  EXPECT_EQ(Refusal({}), "INVALID_ARGUMENT FIELD_REQUIRED key");
  v1::ExplainProductRequest elsewhere = Sku("SKU-1");
  elsewhere.set_connection("nowhere");
  EXPECT_EQ(Refusal(elsewhere).substr(0, 30), "NOT_FOUND CONNECTION_NOT_FOUND");
}

}  // namespace
}  // namespace qantara::server
