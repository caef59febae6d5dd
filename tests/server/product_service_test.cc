// Single products as clients see them, over real gRPC.
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"
#include "tests/server/support/import_client.h"
#include "tests/server/support/running_server.h"

namespace qantara::server {
namespace {

class ProductServiceTest : public ::testing::Test {
 protected:
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

  grpc::Status Update(const v1::UpdateProductRequest& request,
                      v1::UpdateProductResponse* response) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(60));
    return server_.products().UpdateProduct(&context, request, response);
  }
  std::string Refusal(const v1::UpdateProductRequest& request) {
    v1::UpdateProductResponse response;
    return Describe(Update(request, &response));
  }
  grpc::Status Get(const std::string& sku, v1::MappedProduct* product) {
    grpc::ClientContext context;
    v1::GetProductRequest request;
    request.mutable_key()->set_sku(sku);
    v1::GetProductResponse response;
    const grpc::Status status =
        server_.products().GetProduct(&context, request, &response);
    *product = response.product();
    return status;
  }

  RunningServer server_;
};

v1::UpdateProductRequest PriceOf(const std::string& sku,
                                 const std::string& price) {
  v1::UpdateProductRequest request;
  request.mutable_key()->set_sku(sku);
  request.mutable_product()->set_selling_price(price);
  request.mutable_update_mask()->add_paths("selling_price");
  return request;
}

TEST_F(ProductServiceTest, AProductIsFoundByEachOfItsKeys) {
  ImportThree();
  v1::MappedProduct product;
  ASSERT_TRUE(Get("SKU-2", &product).ok());
  EXPECT_EQ(product.remote_id(), "1002");
  EXPECT_EQ(product.state(), v1::MAPPING_STATE_MAPPED);
  EXPECT_EQ(Describe(Get("SKU-9", &product)), "NOT_FOUND PRODUCT_NOT_FOUND");
}

TEST_F(ProductServiceTest, WhatSomebodyChangedAtTheProviderIsShown) {
  ImportThree();
  v1::MappedProduct product;
  ASSERT_TRUE(Get("SKU-2", &product).ok());
  EXPECT_EQ(product.drift_size(), 0);
  domain::RecordDrift command;
  command.connection = "store";
  const auto tables = server_.server().core().tables.Get();
  ASSERT_TRUE(tables.ok()) << tables.status();
  command.began = (*tables)->position();
  command.products.push_back(product.acknowledged());
  command.products.back().set_sku("SKU-2 old");
  ASSERT_TRUE(server_.bus().Execute(command).ok());
  const uint64_t revision = product.revision();
  ASSERT_TRUE(Get("SKU-2", &product).ok());
  ASSERT_EQ(product.drift_size(), 1);
  EXPECT_EQ(product.drift(0).field(), "sku");
  EXPECT_EQ(product.drift(0).theirs(), "SKU-2 old");
  EXPECT_EQ(product.drift(0).acknowledged(), "SKU-2");
  EXPECT_EQ(product.revision(), revision);
}

TEST_F(ProductServiceTest, ProductsAreListedBySku) {
  ImportThree();
  grpc::ClientContext context;
  v1::ListProductsRequest request;
  request.set_sku_prefix("SKU-");
  request.set_page_size(2);
  v1::ListProductsResponse response;
  ASSERT_TRUE(
      server_.products().ListProducts(&context, request, &response).ok());
  ASSERT_EQ(response.products_size(), 2);
  EXPECT_EQ(response.products(1).sku(), "SKU-2");
  grpc::ClientContext next_context;
  request.set_page_token(response.next_page_token());
  ASSERT_TRUE(
      server_.products().ListProducts(&next_context, request, &response).ok());
  ASSERT_EQ(response.products_size(), 1);
  EXPECT_TRUE(response.next_page_token().empty());
}

TEST_F(ProductServiceTest, ADurableUpdateAnswersAtOnce) {
  ImportThree();
  v1::UpdateProductRequest request = PriceOf("SKU-1", "30.00");
  request.set_wait(v1::WAIT_LEVEL_DURABLE);
  request.set_request_id("r1");
  v1::UpdateProductResponse response;
  ASSERT_TRUE(Update(request, &response).ok());
  EXPECT_EQ(response.request_id(), "r1");
  EXPECT_EQ(response.state(), v1::UPDATE_STATE_RECORDED);
  EXPECT_EQ(response.product().pending_updates(), 1);
  // The same again has the same answer; other content is refused.
  EXPECT_TRUE(Update(request, &response).ok());
  EXPECT_EQ(response.product().pending_updates(), 1);
  request.mutable_product()->set_selling_price("31.00");
  EXPECT_EQ(Refusal(request), "ALREADY_EXISTS REQUEST_ID_REUSED");
}

TEST_F(ProductServiceTest, AnUpdateIsAnsweredWhenTheProviderHasAnswered) {
  ImportThree();
  v1::UpdateProductResponse response;
  grpc::Status status;
  std::thread caller(
      [&] { status = Update(PriceOf("SKU-1", "30.00"), &response); });
  // The provider's part: wait for the update, claim it, confirm it.
  v1::MappedProduct product;
  do {
    ASSERT_TRUE(Get("SKU-1", &product).ok());
  } while (product.pending_updates() == 0);
  const auto tables = server_.server().core().tables.Get();
  const auto row = domain::GetRow<tables::v1::ProductRow>(
      **tables, domain::Table::kProducts,
      domain::NumberKey("store", std::stoull(product.product_id())));
  domain::ClaimUpdate claim;
  claim.product_revision = row->revision();
  claim.intent.set_connection("store");
  claim.intent.set_product_id(row->product_id());
  claim.intent.set_remote_id(row->remote_id());
  claim.intent.add_updates(row->pending_updates(0));
  claim.intent.mutable_fields()->set_selling_price("30.00");
  const auto claimed = server_.bus().Execute(std::move(claim));
  ASSERT_TRUE(claimed.ok()) << claimed.status();
  domain::RecordUpdateAnswer answer;
  answer.answered.set_connection("store");
  answer.answered.set_product_id(row->product_id());
  answer.answered.set_intent(claimed->reply.intent);
  answer.answered.set_answer(events::v1::ANSWER_CONFIRMED);
  answer.answered.set_state(v1::UPDATE_STATE_APPLIED);
  answer.answered.mutable_remote()->set_id("1001");
  answer.answered.mutable_remote()->set_sku("SKU-1");
  answer.answered.mutable_remote()->set_selling_price("30.0");
  ASSERT_TRUE(server_.bus().Execute(std::move(answer)).ok());
  caller.join();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.state(), v1::UPDATE_STATE_APPLIED);
  EXPECT_EQ(response.product().acknowledged().selling_price(), "30.0");
}

TEST_F(ProductServiceTest, ADeadlineEndsTheWaitAndNamesTheRequest) {
  ImportThree();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(500));
  v1::UpdateProductRequest request = PriceOf("SKU-1", "30.00");
  v1::UpdateProductResponse response;
  const grpc::Status status =
      server_.products().UpdateProduct(&context, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  // The work goes on.
  v1::MappedProduct product;
  ASSERT_TRUE(Get("SKU-1", &product).ok());
  EXPECT_EQ(product.pending_updates(), 1);
}

TEST_F(ProductServiceTest, RefusalsNameTheField) {
  ImportThree();
  v1::UpdateProductRequest no_key = PriceOf("", "30.00");
  EXPECT_EQ(Refusal(no_key), "INVALID_ARGUMENT FIELD_REQUIRED key");
  v1::UpdateProductRequest type = PriceOf("SKU-1", "30.00");
  type.mutable_update_mask()->add_paths("type");
  type.mutable_product()->set_type(v1::PRODUCT_TYPE_SERVICE);
  EXPECT_EQ(Refusal(type), "INVALID_ARGUMENT FIELD_IMMUTABLE update_mask");
  v1::UpdateProductRequest unknown = PriceOf("SKU-1", "30.00");
  unknown.mutable_update_mask()->add_paths("colour");
  EXPECT_EQ(Refusal(unknown), "INVALID_ARGUMENT MASK_INVALID update_mask");
  EXPECT_EQ(Refusal(PriceOf("SKU-1", "12,50")),
            "INVALID_ARGUMENT PRICE_INVALID product.selling_price");
  v1::UpdateProductRequest nothing;
  nothing.mutable_key()->set_sku("SKU-1");
  EXPECT_EQ(Refusal(nothing), "INVALID_ARGUMENT FIELD_REQUIRED product");
  v1::UpdateProductRequest stale = PriceOf("SKU-1", "30.00");
  stale.set_expected_revision(99);
  EXPECT_EQ(Refusal(stale), "ABORTED REVISION_CONFLICT");
  v1::UpdateProductRequest taken;
  taken.mutable_key()->set_sku("SKU-1");
  taken.mutable_product()->set_sku("SKU-2");
  EXPECT_EQ(Refusal(taken), "ALREADY_EXISTS SKU_IN_USE");
}

TEST_F(ProductServiceTest, AProductThatIsNotMappedCannotBeUpdated) {
  ImportClient client(server_.catalog());
  client.SendHeader("waiting");
  client.SendLines(1, 1);
  ASSERT_TRUE(client.AwaitAck(1));
  EXPECT_EQ(Refusal(PriceOf("SKU-1", "30.00")),
            "FAILED_PRECONDITION PRODUCT_NOT_MAPPED");
}

TEST_F(ProductServiceTest, ACreatedProductIsAnsweredOnceSettled) {
  grpc::Status status;
  v1::CreateProductResponse response;
  std::thread caller([&] {
    grpc::ClientContext context;
    v1::CreateProductRequest request;
    request.set_request_id("mug");
    request.mutable_product()->set_sku("MUG");
    request.mutable_product()->set_name_ar("كوب");
    status = server_.products().CreateProduct(&context, request, &response);
  });
  v1::MappedProduct product;
  while (!Get("MUG", &product).ok()) {
  }
  server_.CreateAll("~mug", 1);
  caller.join();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.product().remote_id(), "1001");
  EXPECT_FALSE(response.created());
}

TEST_F(ProductServiceTest, ACreateWithoutNameIsRefusedByField) {
  grpc::ClientContext context;
  v1::CreateProductRequest request;
  request.mutable_product()->set_sku("MUG");
  v1::CreateProductResponse response;
  EXPECT_EQ(
      Describe(server_.products().CreateProduct(&context, request, &response)),
      "INVALID_ARGUMENT NAME_REQUIRED product.name_en");
}

}  // namespace
}  // namespace qantara::server
