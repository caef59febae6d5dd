// ImportCatalog as clients see it, over real gRPC.
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/server/support/import_client.h"
#include "tests/server/support/running_server.h"

namespace qantara::server {
namespace {

class ImportCatalogTest : public ::testing::Test {
 protected:
  v1::Import Get(const std::string& import_id) {
    grpc::ClientContext context;
    v1::GetImportRequest request;
    request.set_import_id(import_id);
    v1::GetImportResponse response;
    const grpc::Status status =
        server_.catalog().GetImport(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.catalog_import();
  }

  RunningServer server_;
};

TEST_F(ImportCatalogTest, AcknowledgedLinesAreThereAtOnceAndAfterARestart) {
  {
    ImportClient client(server_.catalog());
    client.SendHeader("spring");
    client.SendLines(1, 250);
    ASSERT_TRUE(client.AwaitAck(250));
    EXPECT_EQ(Get("spring").received_lines(), 250);
    client.Cancel();
    client.Drain();
  }
  server_.Restart();
  const v1::Import import = Get("spring");
  EXPECT_EQ(import.state(), v1::IMPORT_STATE_OPEN);
  EXPECT_EQ(import.next_line(), 251);
  EXPECT_EQ(import.counts().queued(), 250);
  EXPECT_EQ(import.balance(), 0);
}

TEST_F(ImportCatalogTest, AClientThatWasCutOffGoesOnAtTheNextLine) {
  {
    ImportClient client(server_.catalog());
    client.SendHeader("spring");
    client.SendLines(1, 3);
    ASSERT_TRUE(client.AwaitAck(3));
    client.Cancel();
    client.Drain();
  }
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  v1::ImportCatalogResponse response;
  ASSERT_TRUE(client.Read(&response));
  EXPECT_EQ(response.opened().import_id(), "spring");
  EXPECT_EQ(response.opened().next_line(), 4);
  // Repeated lines have no effect.
  client.SendLines(2, 5);
  client.SendEnd(5);
  ASSERT_TRUE(client.AwaitAck(5));
  server_.CreateAll("spring", 5);
  EXPECT_TRUE(client.Drain().ok());
  ASSERT_NE(client.Summary(), nullptr);
  EXPECT_EQ(client.Summary()->received_lines(), 5);
}

TEST_F(ImportCatalogTest, ResultsComeThenTheSummaryThenTheEnd) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  client.SendLines(1, 40);
  client.SendEnd();
  client.HalfClose();
  ASSERT_TRUE(client.AwaitAck(40));
  server_.CreateAll("spring", 40);
  EXPECT_TRUE(client.Drain().ok());
  const auto items = client.Items();
  ASSERT_EQ(items.size(), 40);
  EXPECT_EQ(items[0].state(), v1::ITEM_STATE_LINKED);
  EXPECT_EQ(items[0].remote_id(), "1001");
  ASSERT_NE(client.Summary(), nullptr);
  EXPECT_EQ(client.Summary()->state(), v1::IMPORT_STATE_FINISHED);
  EXPECT_EQ(client.Summary()->outcome(), v1::IMPORT_OUTCOME_CLEAN);
}

TEST_F(ImportCatalogTest, AFinishedImportAnswersWithItsSummary) {
  for (int i = 0; i < 2; ++i) {
    ImportClient client(server_.catalog());
    client.SendHeader("empty");
    client.SendEnd();
    EXPECT_TRUE(client.Drain().ok());
    ASSERT_NE(client.Summary(), nullptr);
    EXPECT_EQ(client.Summary()->state(), v1::IMPORT_STATE_FINISHED);
  }
}

TEST_F(ImportCatalogTest, AnImportWithoutIdGetsOne) {
  ImportClient client(server_.catalog());
  client.SendHeader("");
  client.SendEnd();
  EXPECT_TRUE(client.Drain().ok());
  EXPECT_EQ(client.seen()[0].opened().import_id().size(), 32);
}

TEST_F(ImportCatalogTest, LinesWithoutNumberFollowEachOther) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  for (uint32_t number = 1; number <= 100; ++number) {
    v1::ImportCatalogRequest request;
    *request.mutable_batch()->add_lines() = SampleLine(number);
    client.Send(request);
  }
  ASSERT_TRUE(client.AwaitAck(100));
  EXPECT_EQ(Get("spring").received_lines(), 100);
}

TEST_F(ImportCatalogTest, WritingEverythingBeforeReadingFinishes) {
  constexpr uint32_t kLines = 60'000;
  ImportClient client(server_.catalog());
  client.SendHeader("large");
  // Lines without name: each has a result at once, more than may wait.
  for (uint32_t first = 1; first <= kLines; first += 1000) {
    v1::ImportCatalogRequest request;
    for (uint32_t i = 0; i < 1000; ++i) {
      request.mutable_batch()->add_lines()->mutable_product()->set_sku(
          absl::StrCat("SKU-", first + i));
    }
    ASSERT_TRUE(client.Send(request));
  }
  ASSERT_TRUE(client.SendEnd(kLines));
  client.HalfClose();
  EXPECT_TRUE(client.Drain().ok());
  ASSERT_NE(client.Summary(), nullptr);
  EXPECT_EQ(client.Summary()->counts().invalid(), kLines);
}

TEST_F(ImportCatalogTest, WatchShowsThePresentStateAndEndsWithTheImport) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  client.SendLines(1, 2);
  ASSERT_TRUE(client.AwaitAck(2));
  grpc::ClientContext context;
  v1::WatchImportRequest request;
  request.set_import_id("spring");
  const auto watch = server_.catalog().WatchImport(&context, request);
  v1::WatchImportResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.catalog_import().received_lines(), 2);
  EXPECT_EQ(response.catalog_import().state(), v1::IMPORT_STATE_OPEN);
  client.SendEnd();
  server_.CreateAll("spring", 2);
  while (watch->Read(&response)) {
  }
  EXPECT_TRUE(watch->Finish().ok());
  EXPECT_EQ(response.catalog_import().state(), v1::IMPORT_STATE_FINISHED);
}

TEST_F(ImportCatalogTest, ItemsAreListedInPagesAndByState) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  client.SendLines(1, 5);
  v1::ImportCatalogRequest bad;
  bad.mutable_batch()->add_lines()->mutable_product()->set_sku("no name");
  client.Send(bad);
  ASSERT_TRUE(client.AwaitAck(6));

  v1::ListImportItemsRequest request;
  request.set_import_id("spring");
  request.set_page_size(4);
  v1::ListImportItemsResponse first;
  v1::ListImportItemsResponse second;
  grpc::ClientContext first_context;
  ASSERT_TRUE(
      server_.catalog().ListImportItems(&first_context, request, &first).ok());
  ASSERT_EQ(first.items_size(), 4);
  request.set_page_token(first.next_page_token());
  grpc::ClientContext second_context;
  ASSERT_TRUE(server_.catalog()
                  .ListImportItems(&second_context, request, &second)
                  .ok());
  ASSERT_EQ(second.items_size(), 2);
  EXPECT_EQ(second.items(0).line(), 5);
  EXPECT_EQ(second.items(1).state(), v1::ITEM_STATE_INVALID);
  EXPECT_EQ(second.items(1).reason(), v1::ERROR_REASON_NAME_REQUIRED);
  EXPECT_TRUE(second.next_page_token().empty());

  // The token belongs to the call with these filters.
  request.add_states(v1::ITEM_STATE_INVALID);
  grpc::ClientContext third_context;
  EXPECT_EQ(Describe(server_.catalog().ListImportItems(&third_context, request,
                                                       &second)),
            "INVALID_ARGUMENT TOKEN_INVALID page_token");
}

TEST_F(ImportCatalogTest, ImportsAreListedNewestFirst) {
  for (const char* id : {"a", "b", "c"}) {
    ImportClient client(server_.catalog());
    client.SendHeader(id);
    client.SendEnd();
    ASSERT_TRUE(client.Drain().ok());
  }
  v1::ListImportsRequest request;
  request.set_page_size(2);
  v1::ListImportsResponse response;
  grpc::ClientContext first_context;
  ASSERT_TRUE(
      server_.catalog().ListImports(&first_context, request, &response).ok());
  ASSERT_EQ(response.imports_size(), 2);
  EXPECT_EQ(response.imports(0).import_id(), "c");
  request.set_page_token(response.next_page_token());
  grpc::ClientContext second_context;
  ASSERT_TRUE(
      server_.catalog().ListImports(&second_context, request, &response).ok());
  ASSERT_EQ(response.imports_size(), 1);
  EXPECT_EQ(response.imports(0).import_id(), "a");
}

}  // namespace
}  // namespace qantara::server
