// What operators see and do, over real gRPC. The test plays the provider.
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "qantara/v1/operations_service.grpc.pb.h"
#include "tests/server/support/import_client.h"
#include "tests/server/support/running_server.h"

namespace qantara::server {
namespace {

class OperationsServiceTest : public ::testing::Test {
 protected:
  OperationsServiceTest() { Connect(); }

  void Connect() { stub_ = v1::OperationsService::NewStub(server_.channel()); }

  // `first` has lines SKU-1 to SKU-N; those in `lines` are parked.
  void Park(uint32_t received, const std::vector<uint32_t>& lines,
            v1::ErrorReason reason = v1::ERROR_REASON_EXISTS_REMOTELY) {
    ImportClient client(server_.catalog());
    client.SendHeader("first");
    client.SendLines(1, received);
    client.SendEnd();
    ASSERT_TRUE(client.AwaitAck(received));
    domain::SettleItems command;
    command.settled.set_connection("store");
    for (const uint32_t line : lines) {
      auto& outcome = *command.settled.add_items();
      outcome.mutable_item()->set_import_id("first");
      outcome.mutable_item()->set_line(line);
      outcome.set_state(v1::ITEM_STATE_PARKED);
      outcome.set_reason(reason);
      outcome.add_problems()->set_message("exists remotely as 7");
    }
    ASSERT_TRUE(server_.bus().Execute(command).ok());
  }

  template <typename Request, typename Response>
  grpc::Status Call(
      grpc::Status (v1::OperationsService::StubInterface::*method)(
          grpc::ClientContext*, const Request&, Response*),
      const Request& request, Response* response) {
    grpc::ClientContext context;
    v1::OperationsService::StubInterface& stub = *stub_;
    return (stub.*method)(&context, request, response);
  }

  v1::ListParkedResponse List(const v1::ListParkedRequest& request = {}) {
    v1::ListParkedResponse response;
    const grpc::Status status = Call(
        &v1::OperationsService::StubInterface::ListParked, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  std::string Retry(const v1::RetryParkedRequest& request) {
    v1::RetryParkedResponse response;
    return Describe(Call(&v1::OperationsService::StubInterface::RetryParked,
                         request, &response));
  }
  std::string Discard(const v1::DiscardParkedRequest& request) {
    v1::DiscardParkedResponse response;
    return Describe(Call(&v1::OperationsService::StubInterface::DiscardParked,
                         request, &response));
  }
  v1::ConnectionStatus Status() {
    v1::GetStatusResponse response;
    const grpc::Status status =
        Call(&v1::OperationsService::StubInterface::GetStatus,
             v1::GetStatusRequest(), &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(response.connections_size(), 1);
    return response.connections_size() == 1 ? response.connections(0)
                                            : v1::ConnectionStatus();
  }
  v1::ImportItem Item(uint32_t line) {
    grpc::ClientContext context;
    v1::ListImportItemsRequest request;
    request.set_import_id("first");
    v1::ListImportItemsResponse response;
    EXPECT_TRUE(
        server_.catalog().ListImportItems(&context, request, &response).ok());
    return response.items(static_cast<int>(line) - 1);
  }

  RunningServer server_;
  std::unique_ptr<v1::OperationsService::Stub> stub_;
};

v1::RetryParkedRequest RetryOf(uint32_t line) {
  v1::RetryParkedRequest request;
  request.mutable_key()->mutable_item()->set_import_id("first");
  request.mutable_key()->mutable_item()->set_line(line);
  return request;
}

v1::DiscardParkedRequest DiscardOf(uint32_t line) {
  v1::DiscardParkedRequest request;
  *request.mutable_key() = RetryOf(line).key();
  request.set_note("not sold any more");
  return request;
}

TEST_F(OperationsServiceTest, ParkedItemsAreListedByReasonAndPage) {
  Park(5, {1, 3, 5});
  v1::ListParkedRequest request;
  request.set_page_size(2);
  v1::ListParkedResponse page = List(request);
  ASSERT_EQ(page.groups_size(), 1);
  EXPECT_EQ(page.groups(0).reason(), v1::ERROR_REASON_EXISTS_REMOTELY);
  EXPECT_EQ(page.groups(0).items(), 3u);
  ASSERT_EQ(page.entries_size(), 2);
  EXPECT_EQ(page.entries(1).key().item().line(), 3u);
  EXPECT_EQ(page.entries(1).sku(), "SKU-3");
  EXPECT_EQ(page.entries(1).problems(0).message(), "exists remotely as 7");
  EXPECT_TRUE(page.entries(1).has_park_time());
  request.set_page_token(page.next_page_token());
  page = List(request);
  EXPECT_EQ(page.groups_size(), 0);
  ASSERT_EQ(page.entries_size(), 1);
  EXPECT_EQ(page.entries(0).key().item().line(), 5u);
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(OperationsServiceTest, OtherReasonsAndImportsAreLeftOut) {
  Park(2, {1});
  v1::ListParkedRequest request;
  request.set_reason(v1::ERROR_REASON_SKU_DUPLICATE);
  EXPECT_EQ(List(request).entries_size(), 0);
  request.clear_reason();
  request.set_import_id("second");
  EXPECT_EQ(List(request).entries_size(), 0);
  request.set_import_id("first");
  EXPECT_EQ(List(request).entries_size(), 1);
}

TEST_F(OperationsServiceTest, ATokenOfAnotherCallIsRefused) {
  v1::ListParkedRequest request;
  request.set_page_token("nonsense");
  v1::ListParkedResponse response;
  EXPECT_EQ(Describe(Call(&v1::OperationsService::StubInterface::ListParked,
                          request, &response)),
            "INVALID_ARGUMENT TOKEN_INVALID page_token");
}

TEST_F(OperationsServiceTest, TheRequestThatCarriedAParkedItemIsShown) {
  ImportClient client(server_.catalog());
  client.SendHeader("first");
  client.SendLines(1, 1);
  client.SendEnd();
  ASSERT_TRUE(client.AwaitAck(1));
  domain::ClaimCreate claim;
  claim.intent.set_connection("store");
  claim.intent.add_items()->set_import_id("first");
  claim.intent.mutable_items(0)->set_line(1);
  const auto claimed = server_.bus().Execute(claim);
  ASSERT_TRUE(claimed.ok()) << claimed.status();
  domain::RecordCreateAnswer answer;
  answer.answered.set_connection("store");
  answer.answered.set_intent(claimed->reply.intent);
  answer.answered.set_answer(events::v1::ANSWER_UNKNOWN);
  answer.answered.mutable_exchange()->set_request("POST /2.0/products");
  auto& outcome = *answer.answered.add_items();
  *outcome.mutable_item() = claim.intent.items(0);
  outcome.set_state(v1::ITEM_STATE_UNKNOWN);
  ASSERT_TRUE(server_.bus().Execute(answer).ok());
  v1::ListUnknownResponse unknown;
  ASSERT_TRUE(Call(&v1::OperationsService::StubInterface::ListUnknown,
                   v1::ListUnknownRequest(), &unknown)
                  .ok());
  ASSERT_EQ(unknown.requests_size(), 1);
  ASSERT_EQ(unknown.requests(0).items_size(), 1);
  EXPECT_EQ(unknown.requests(0).items(0).sku(), "SKU-1");
  EXPECT_TRUE(unknown.requests(0).has_age());
  EXPECT_EQ(Status().unknown_requests(), 1u);
  domain::SettleItems settle;
  settle.settled.set_connection("store");
  settle.settled.set_intent(claimed->reply.intent);
  *settle.settled.add_items() = outcome;
  settle.settled.mutable_items(0)->set_state(v1::ITEM_STATE_PARKED);
  settle.settled.mutable_items(0)->set_reason(v1::ERROR_REASON_SKU_ALTERED);
  settle.settled.mutable_items(0)->add_duplicate_remote_ids("7");
  ASSERT_TRUE(server_.bus().Execute(settle).ok());
  const v1::ListParkedResponse parked = List();
  ASSERT_EQ(parked.entries_size(), 1);
  EXPECT_EQ(parked.entries(0).exchange().request(), "POST /2.0/products");
  ASSERT_EQ(parked.entries(0).remote_ids_size(), 1);
  EXPECT_EQ(parked.entries(0).remote_ids(0), "7");
}

TEST_F(OperationsServiceTest, APatchedLineIsQueuedAgainUnderItsNewValues) {
  Park(1, {1});
  v1::RetryParkedRequest request = RetryOf(1);
  request.mutable_patch()->set_sku("SKU-1b");
  request.set_request_id("r");
  EXPECT_EQ(Retry(request), "OK");
  EXPECT_EQ(Retry(request), "OK");  // The same request again.
  EXPECT_EQ(Item(1).state(), v1::ITEM_STATE_QUEUED);
  EXPECT_EQ(Item(1).sku(), "SKU-1b");
  EXPECT_EQ(List().entries_size(), 0);
  request.mutable_patch()->set_sku("SKU-1c");
  EXPECT_EQ(Retry(request), "ALREADY_EXISTS REQUEST_ID_REUSED");
}

TEST_F(OperationsServiceTest, APatchMayClearAField) {
  Park(1, {1});
  v1::RetryParkedRequest request = RetryOf(1);
  request.mutable_patch_mask()->add_paths("selling_price");
  EXPECT_EQ(Retry(request), "OK");
  EXPECT_EQ(Item(1).state(), v1::ITEM_STATE_QUEUED);
}

TEST_F(OperationsServiceTest, WhatCannotBeRetriedIsRefusedByName) {
  Park(2, {1});
  EXPECT_EQ(Retry(RetryOf(2)), "FAILED_PRECONDITION NOT_PARKED");
  EXPECT_EQ(Retry(RetryOf(3)), "NOT_FOUND ENTRY_NOT_FOUND");
  EXPECT_EQ(Retry(v1::RetryParkedRequest()),
            "INVALID_ARGUMENT FIELD_REQUIRED key");
  v1::RetryParkedRequest request = RetryOf(1);
  request.mutable_patch()->set_selling_price("five");
  EXPECT_EQ(Retry(request),
            "INVALID_ARGUMENT PRICE_INVALID product.selling_price");
  request = RetryOf(1);
  request.mutable_patch_mask()->add_paths("price");
  EXPECT_EQ(Retry(request), "INVALID_ARGUMENT MASK_INVALID patch_mask");
  request = RetryOf(1);
  request.set_note(std::string(1001, 'x'));
  EXPECT_EQ(Retry(request), "INVALID_ARGUMENT FIELD_TOO_LONG note");
  request = RetryOf(1);
  request.set_connection("elsewhere");
  EXPECT_EQ(Retry(request).substr(0, 9), "NOT_FOUND");
}

TEST_F(OperationsServiceTest, ADiscardedLineIsCancelledWithTheNote) {
  Park(1, {1});
  v1::DiscardParkedRequest request = DiscardOf(1);
  request.clear_note();
  EXPECT_EQ(Discard(request), "INVALID_ARGUMENT FIELD_REQUIRED note");
  EXPECT_EQ(Discard(DiscardOf(1)), "OK");
  EXPECT_EQ(Item(1).state(), v1::ITEM_STATE_CANCELLED);
  EXPECT_EQ(Item(1).reason(), v1::ERROR_REASON_DISCARDED);
  EXPECT_EQ(Item(1).problems(0).message(), "not sold any more");
  EXPECT_EQ(Discard(DiscardOf(1)), "FAILED_PRECONDITION NOT_PARKED");
}

TEST_F(OperationsServiceTest, StatusCountsWhatIsThere) {
  Park(5, {1, 2});
  const v1::ConnectionStatus status = Status();
  EXPECT_EQ(status.connection(), "store");
  EXPECT_EQ(status.state(), v1::CONNECTION_STATE_ACTIVE);
  EXPECT_EQ(status.items().parked(), 2u);
  EXPECT_EQ(status.items().queued(), 3u);
  EXPECT_EQ(status.balance(), 0);
  EXPECT_GT(status.requests_per_minute(), 0);
}

TEST_F(OperationsServiceTest, APauseOutlivesTheServer) {
  v1::PauseConnectionRequest request;
  request.set_note("stocktaking");
  v1::PauseConnectionResponse paused;
  ASSERT_TRUE(Call(&v1::OperationsService::StubInterface::PauseConnection,
                   request, &paused)
                  .ok());
  EXPECT_EQ(paused.status().state(), v1::CONNECTION_STATE_PAUSED);
  EXPECT_EQ(paused.status().pause_note(), "stocktaking");
  server_.Restart();
  Connect();
  EXPECT_EQ(Status().state(), v1::CONNECTION_STATE_PAUSED);
  EXPECT_EQ(Status().pause_note(), "stocktaking");
  v1::ResumeConnectionResponse resumed;
  ASSERT_TRUE(Call(&v1::OperationsService::StubInterface::ResumeConnection,
                   v1::ResumeConnectionRequest(), &resumed)
                  .ok());
  EXPECT_EQ(resumed.status().state(), v1::CONNECTION_STATE_ACTIVE);
}

}  // namespace
}  // namespace qantara::server
