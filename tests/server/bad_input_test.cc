// What hostile and broken clients are told: a clear status with the path of the
// field, and an import that goes on where it can.
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/server/support/import_client.h"
#include "tests/server/support/running_server.h"

namespace qantara::server {
namespace {

class BadInputTest : public ::testing::Test {
 protected:
  // Ends a call that was broken by its client.
  static std::string EndOf(ImportClient& client) {
    client.HalfClose();
    return Describe(client.Drain());
  }

  RunningServer server_;
};

// A message whose header holds a name that is not UTF-8: the generated class
// cannot make one, so its bytes are patched.
v1::ImportCatalogRequest HeaderWithBadText() {
  v1::ImportCatalogRequest request;
  // Field 1, header; in it field 3, source_name, with the byte 0xff.
  request.GetReflection()->MutableUnknownFields(&request)->AddLengthDelimited(
      1, std::string("\x1a\x01\xff", 3));
  return request;
}

v1::CatalogLine LineWithBadText() {
  v1::CatalogLine line = SampleLine(2);
  // Field 2, product; in it field 3, name_ar.
  line.GetReflection()->MutableUnknownFields(&line)->AddLengthDelimited(
      2, std::string("\x1a\x01\xff", 3));
  return line;
}

TEST_F(BadInputTest, ABatchBeforeTheHeader) {
  ImportClient client(server_.catalog());
  client.SendLines(1, 1);
  EXPECT_EQ(EndOf(client), "INVALID_ARGUMENT HEADER_UNEXPECTED batch");
}

TEST_F(BadInputTest, AnEndBeforeTheHeader) {
  ImportClient client(server_.catalog());
  client.SendEnd();
  EXPECT_EQ(EndOf(client), "INVALID_ARGUMENT HEADER_UNEXPECTED end");
}

TEST_F(BadInputTest, NoMessageAtAll) {
  ImportClient client(server_.catalog());
  EXPECT_EQ(EndOf(client), "INVALID_ARGUMENT HEADER_UNEXPECTED header");
}

TEST_F(BadInputTest, ASecondHeader) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  client.SendHeader("spring");
  EXPECT_EQ(EndOf(client), "INVALID_ARGUMENT HEADER_UNEXPECTED header");
}

TEST_F(BadInputTest, AnEmptyMessage) {
  ImportClient client(server_.catalog());
  client.Send(v1::ImportCatalogRequest());
  EXPECT_EQ(EndOf(client), "INVALID_ARGUMENT FIELD_REQUIRED kind");
}

TEST_F(BadInputTest, AnUnknownConnection) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring", "elsewhere");
  EXPECT_EQ(EndOf(client), "NOT_FOUND CONNECTION_NOT_FOUND header.connection");
}

TEST_F(BadInputTest, AMalformedImportId) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring/2026");
  EXPECT_EQ(EndOf(client), "INVALID_ARGUMENT FIELD_INVALID header.import_id");
}

TEST_F(BadInputTest, InvalidUtf8InTheHeader) {
  ImportClient client(server_.catalog());
  client.Send(HeaderWithBadText());
  EXPECT_EQ(EndOf(client), "INVALID_ARGUMENT INVALID_UTF8 header.source_name");
}

TEST_F(BadInputTest, InvalidUtf8InALineIsAnInvalidLineAndTheImportGoesOn) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  v1::ImportCatalogRequest request;
  *request.mutable_batch()->add_lines() = SampleLine(1);
  *request.mutable_batch()->add_lines() = LineWithBadText();
  *request.mutable_batch()->add_lines() = SampleLine(3);
  client.Send(request);
  client.SendEnd();
  ASSERT_TRUE(client.AwaitAck(3));
  server_.CreateAll("spring", 3);
  EXPECT_TRUE(client.Drain().ok());
  ASSERT_NE(client.Summary(), nullptr);
  EXPECT_EQ(client.Summary()->counts().invalid(), 1);
  EXPECT_EQ(client.Summary()->counts().linked(), 2);
  for (const v1::ImportItem& item : client.Items()) {
    if (item.line() != 2) continue;
    EXPECT_EQ(item.reason(), v1::ERROR_REASON_INVALID_UTF8);
    EXPECT_EQ(item.problems(0).field(), "product.name_ar");
  }
}

TEST_F(BadInputTest, ABatchWithoutLines) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  v1::ImportCatalogRequest request;
  request.mutable_batch();
  client.Send(request);
  EXPECT_EQ(EndOf(client), "INVALID_ARGUMENT FIELD_REQUIRED batch.lines");
}

TEST_F(BadInputTest, ABatchOfTooManyLines) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  client.SendLines(1, 1001);
  EXPECT_EQ(EndOf(client), "RESOURCE_EXHAUSTED MESSAGE_TOO_LARGE batch.lines");
}

TEST_F(BadInputTest, AMessageOfFiveMebibytes) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  v1::ImportCatalogRequest request;
  request.mutable_batch()->add_lines()->mutable_product()->set_description(
      std::string(5 << 20, 'x'));
  client.Send(request);
  EXPECT_EQ(client.Drain().error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(BadInputTest, AGapBetweenLines) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  client.SendLines(1, 2);
  client.SendLines(4, 5);
  client.SendEnd();
  EXPECT_EQ(Describe(client.Drain()),
            "INVALID_ARGUMENT LINE_GAP batch.first_line");
  // What came before the gap is kept, and the import is not ended.
  ImportClient again(server_.catalog());
  again.SendHeader("spring");
  v1::ImportCatalogResponse response;
  ASSERT_TRUE(again.Read(&response));
  EXPECT_EQ(response.opened().next_line(), 3);
}

TEST_F(BadInputTest, ALineThatChanged) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  client.SendLines(1, 2);
  v1::ImportCatalogRequest request;
  request.mutable_batch()->set_first_line(2);
  *request.mutable_batch()->add_lines() = SampleLine(7);
  client.Send(request);
  EXPECT_EQ(Describe(client.Drain()), "ALREADY_EXISTS LINE_CHANGED");
}

TEST_F(BadInputTest, AnEndThatMissesLines) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  client.SendLines(1, 2);
  client.SendEnd(3);
  EXPECT_EQ(Describe(client.Drain()),
            "INVALID_ARGUMENT LINE_GAP end.last_line");
}

TEST_F(BadInputTest, LinesAfterTheEnd) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  client.SendLines(1, 2);
  client.SendEnd();
  client.SendLines(3, 3);
  EXPECT_EQ(Describe(client.Drain()), "FAILED_PRECONDITION IMPORT_ENDED");
}

TEST_F(BadInputTest, AnotherHeaderForTheSameImport) {
  {
    ImportClient client(server_.catalog());
    client.SendHeader("spring");
    client.SendLines(1, 1);
    ASSERT_TRUE(client.AwaitAck(1));
    client.Cancel();
    client.Drain();
  }
  ImportClient client(server_.catalog());
  v1::ImportCatalogRequest request;
  request.mutable_header()->set_import_id("spring");
  request.mutable_header()->set_allow_missing_sku(true);
  client.Send(request);
  EXPECT_EQ(EndOf(client), "ALREADY_EXISTS IMPORT_HEADER_CHANGED");
}

TEST_F(BadInputTest, AStreamThatBreaksOffLeavesTheImportOpen) {
  ImportClient client(server_.catalog());
  client.SendHeader("spring");
  client.SendLines(1, 500);
  EXPECT_EQ(EndOf(client), "INVALID_ARGUMENT FIELD_REQUIRED end");
  // All that was sent is on disk, and was acknowledged before the end.
  grpc::ClientContext context;
  v1::GetImportRequest request;
  request.set_import_id("spring");
  v1::GetImportResponse response;
  ASSERT_TRUE(server_.catalog().GetImport(&context, request, &response).ok());
  EXPECT_EQ(response.catalog_import().state(), v1::IMPORT_STATE_OPEN);
  EXPECT_EQ(response.catalog_import().next_line(), 501);
  uint32_t acknowledged = 0;
  for (const auto& seen : client.seen()) {
    acknowledged = std::max(acknowledged, seen.ack().durable_line());
  }
  EXPECT_EQ(acknowledged, 500);
}

TEST_F(BadInputTest, UnknownImportsAreNotFound) {
  grpc::ClientContext context;
  v1::GetImportRequest request;
  request.set_import_id("nothing");
  v1::GetImportResponse response;
  EXPECT_EQ(Describe(server_.catalog().GetImport(&context, request, &response)),
            "NOT_FOUND IMPORT_NOT_FOUND");
  grpc::ClientContext watch_context;
  v1::WatchImportRequest watch_request;
  watch_request.set_import_id("nothing");
  const auto watch =
      server_.catalog().WatchImport(&watch_context, watch_request);
  v1::WatchImportResponse watched;
  EXPECT_FALSE(watch->Read(&watched));
  EXPECT_EQ(Describe(watch->Finish()), "NOT_FOUND IMPORT_NOT_FOUND");
}

TEST(SeveralConnections, MustBeNamed) {
  RunningServer server({"one", "two"});
  ImportClient client(server.catalog());
  client.SendHeader("spring");
  client.HalfClose();
  EXPECT_EQ(Describe(client.Drain()),
            "INVALID_ARGUMENT FIELD_REQUIRED header.connection");
}

}  // namespace
}  // namespace qantara::server
