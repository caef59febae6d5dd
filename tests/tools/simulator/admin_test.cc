// The admin endpoints, over HTTP and in process.
#include <string>

#include "gmock/gmock.h"
#include "tests/tools/simulator/simulator_fixture.h"

namespace qantara::simulator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using AdminTest = SimulatorFixture;

TEST_F(AdminTest, StateCountsRequestsProductsAndRepeatedSkus) {
  Post(Batch({"A", "A", "B", ""}));
  Get("/products/1087");
  Get("/products/1088");
  const std::string state = Call("GET", "/_admin/state", "", "").body;
  for (const char* part :
       {R"("products":4)", R"("highest_id":1090)",
        R"("products_without_sku":1)", R"("repeated_skus":{"A":[1087,1088]})",
        R"("GET /products/{id}":2)", R"("POST /products":1)",
        R"("answers_lost":0)"}) {
    EXPECT_THAT(state, HasSubstr(part));
  }
}

TEST_F(AdminTest, AdminRequestsAreNotInTheJournalAndNotDisturbed) {
  Set(R"({"lost_answer":{},"unauthorized":{},"close_before_reading":{}})");
  EXPECT_EQ(Call("GET", "/_admin/state", "", "").status, 200);
  EXPECT_EQ(simulator_.JournalEntries().size(), 0);
}

TEST_F(AdminTest, JournalCanBeSelected) {
  Post(Batch({"A"}));
  Get("/products");
  Post(Batch({"B"}));
  const auto lines = [&](absl::string_view query) {
    const std::string body =
        simulator_.Admin("GET", absl::StrCat("/_admin/journal?", query)).body;
    return std::count(body.begin(), body.end(), '\n');
  };
  EXPECT_EQ(lines(""), 3);
  EXPECT_EQ(lines("method=POST"), 2);
  EXPECT_EQ(lines("after=1"), 2);
  EXPECT_EQ(lines("limit=1"), 1);
  EXPECT_EQ(lines("path=/2.0/taxes"), 0);
  EXPECT_EQ(
      simulator_.Admin("GET", "/_admin/journal?body=0").body.find("\"body\":"),
      std::string::npos);
}

TEST_F(AdminTest, RowsAreChangedBehindTheBack) {
  AdminPost("/_admin/products",
            R"([{"en_name":"x","sku":"A","id":5},{"sku":"A","id":7}])");
  EXPECT_THAT(simulator_.RepeatedSkus(), ElementsAre("A"));
  EXPECT_EQ(
      simulator_.Admin("PUT", "/_admin/products/7", R"({"sku":"B"})").status,
      200);
  EXPECT_THAT(Skus(Get("/products")), ElementsAre("A", "B"));
  EXPECT_EQ(simulator_.Admin("DELETE", "/_admin/products/5").status, 200);
  EXPECT_EQ(simulator_.Admin("DELETE", "/_admin/products/5").status, 404);
  EXPECT_EQ(simulator_.Admin("POST", "/_admin/products", "[7]").status, 400);
  EXPECT_EQ(
      simulator_.Admin("POST", "/_admin/products?company=nobody", "{}").status,
      404);
}

TEST_F(AdminTest, WrongSwitchesAreRefusedAndChangeNothing) {
  for (const char* wrong :
       {R"({"nonsense":true})", R"({"lost_answer":{"haw":"close"}})",
        R"({"lost_answer":"sideways"})", R"({"latency_ms":-1})",
        R"({"latency_ms":"soon"})", R"({"chunked":5})", "[]", "{",
        R"({"chunked":true,"drop_items":{"rate":"often"}})"}) {
    const HttpReply reply = simulator_.Admin("POST", "/_admin/faults", wrong);
    EXPECT_EQ(reply.status, 400) << wrong;
    EXPECT_THAT(reply.body, HasSubstr("error"));
  }
  EXPECT_EQ(simulator_.Admin("GET", "/_admin/faults").body, "{}");
}

TEST_F(AdminTest, SwitchesCountTheirStrikesAndTurnOff) {
  Set(R"({"status_5xx":{"skip":1,"count":2,"path":"/taxes"}})");
  EXPECT_EQ(Get("/products").status, 404);
  EXPECT_EQ(Get("/taxes").status, 200);
  EXPECT_EQ(Get("/taxes").status, 500);
  EXPECT_EQ(Get("/taxes").status, 500);
  EXPECT_EQ(Get("/taxes").status, 200);
  EXPECT_THAT(simulator_.Admin("GET", "/_admin/faults").body,
              HasSubstr(R"("matched":4,"struck":2)"));
  Set(R"({"status_5xx":null})");
  EXPECT_EQ(simulator_.Admin("GET", "/_admin/faults").body, "{}");
  Set(R"({"chunked":true})");
  EXPECT_EQ(simulator_.Admin("DELETE", "/_admin/faults").body, "{}");
}

TEST_F(AdminTest, ResetForgetsWhatIsNamed) {
  Post(Batch({"A"}));
  Set(R"({"chunked":true})");
  AdminPost("/_admin/reset", R"({"journal":true})");
  EXPECT_EQ(simulator_.JournalEntries().size(), 0);
  EXPECT_EQ(simulator_.ProductCount(), 1);
  AdminPost("/_admin/reset", "");
  EXPECT_EQ(simulator_.ProductCount(), 0);
  EXPECT_EQ(simulator_.Admin("GET", "/_admin/faults").body, "{}");
  EXPECT_EQ(Field(Post(R"({"product":{"en_name":"x"}})"), "id"), "1087");
}

TEST_F(AdminTest, UnknownPathsAre404) {
  for (const char* path :
       {"/_admin", "/_admin/nonsense", "/_admin/reference/nonsense",
        "/_admin/products/x/y"}) {
    EXPECT_EQ(Call("GET", path, "", "").status, 404) << path;
  }
  EXPECT_EQ(simulator_.Admin("POST", "/_admin/refuse", "{}").status, 400);
  EXPECT_EQ(simulator_.Admin("POST", "/_admin/revoke_key", "{}").status, 400);
  EXPECT_EQ(
      simulator_.Admin("GET", "/_admin/wait?requests=9&timeout_ms=1").status,
      404);
}

TEST_F(AdminTest, WrongOptionsAreRefusedAtTheStart) {
  const auto start = [](SimulatorOptions options) {
    return QoyodSimulator().Start(options).status().code();
  };
  SimulatorOptions bad_switch;
  bad_switch.fixtures_json = R"({"nonsense":1})";
  EXPECT_EQ(start(bad_switch), absl::StatusCode::kInvalidArgument);
  SimulatorOptions bad_row;
  bad_row.products_jsonl = "{\"en_name\":\"x\"}\n{\n";
  EXPECT_EQ(start(bad_row), absl::StatusCode::kInvalidArgument);
  SimulatorOptions bad_host;
  bad_host.host = "not-an-address";
  EXPECT_EQ(start(bad_host), absl::StatusCode::kInvalidArgument);
  SimulatorOptions taken;
  taken.port = simulator_.port();
  EXPECT_EQ(start(taken), absl::StatusCode::kUnavailable);
}

TEST_F(AdminTest, LoadedProductsKeepTheirIds) {
  QoyodSimulator other;
  SimulatorOptions options;
  options.products_jsonl =
      "{\"id\":9,\"sku\":\"A\",\"name_en\":\"x\",\"track_quantity\":1,"
      "\"inventories\":[{\"id\":4,\"stock\":\"2.50\"}]}\n\n{\"sku\":\"B\"}\n";
  ASSERT_TRUE(other.Start(options).ok());
  EXPECT_EQ(other.ProductCount(), 2);
  EXPECT_THAT(other.Admin("GET", "/_admin/products?sku=A").body,
              HasSubstr(R"("stock":2.5})"));
}

}  // namespace
}  // namespace qantara::simulator
