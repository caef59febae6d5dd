// Stock that is asked for: read again from the provider where that is wanted.
#include <gmock/gmock.h>
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

using google::protobuf::util::TimeUtil;
using ::testing::HasSubstr;

constexpr absl::Duration kFirstSweep = absl::Seconds(60);
constexpr int kMaxAgeSeconds = 10;

// Product 42 (BW-001) has figures at locations 3 and 4, 43 is not tracked. One
// sweep is made at the start; the next one is an hour away.
class FreshStockTest : public ::testing::Test {
 protected:
  FreshStockTest() : stage_(Options()) {
    EXPECT_TRUE(WaitUntil(kFirstSweep, [&] {
      return Stock("42").levels_size() > 0 && Stock("42").has_last_read_time();
    }));
  }

  static StageOptions Options() {
    StageOptions options;
    options.simulator_flags = {"--examples"};
    options.poll_seconds = 3600;
    // Longer than a test holds a request back.
    options.request_timeout = absl::Seconds(30);
    return options;
  }

  static v1::GetInventoryRequest Request(const std::string& remote_id) {
    v1::GetInventoryRequest request;
    request.mutable_key()->set_remote_id(remote_id);
    return request;
  }
  grpc::Status Get(const v1::GetInventoryRequest& request,
                   v1::GetInventoryResponse* response,
                   absl::Duration timeout = ApiClient::kReadTimeout) {
    grpc::ClientContext context;
    ApiClient::Prepare(context, timeout);
    return stage_.api().inventory().GetInventory(&context, request, response);
  }
  v1::GetInventoryResponse Stock(const std::string& remote_id) {
    v1::GetInventoryResponse response;
    Get(Request(remote_id), &response);
    return response;
  }
  // The figure at location 3.
  static std::string MainOf(const v1::GetInventoryResponse& response) {
    for (const v1::StockLevel& level : response.levels()) {
      if (level.location_id() == "3") return level.quantity();
    }
    return "none";
  }

  grpc::Status Refresh(const v1::RefreshInventoryRequest& request,
                       v1::RefreshInventoryResponse* response) {
    grpc::ClientContext context;
    ApiClient::Prepare(context);
    return stage_.api().inventory().RefreshInventory(&context, request,
                                                     response);
  }

  void SetMain(const std::string& quantity) {
    stage_.simulator().Admin(
        "POST", "stock",
        absl::StrCat(R"({"id":42,"location_id":3,"set":)", quantity, "}"));
  }

  // Requests for one record since the journal's entry `after`.
  int ReadsOf(const std::string& remote_id, int64_t after) {
    int reads = 0;
    for (const simulator::Json& entry : stage_.simulator().Journal(after)) {
      reads += absl::StrContains(entry.Find("target")->text(),
                                 absl::StrCat("/products/", remote_id));
    }
    return reads;
  }

  bool IsOld(const v1::GetInventoryResponse& response) {
    const auto age = TimeUtil::GetCurrentTime() - response.last_read_time();
    return TimeUtil::DurationToMilliseconds(age) > kMaxAgeSeconds * 1000;
  }

  Stage stage_;
};

TEST_F(FreshStockTest, FiftyCallersCauseOneRequest) {
  ASSERT_TRUE(WaitUntil(kFirstSweep, [&] { return IsOld(Stock("42")); }));
  const auto old = Stock("42").last_read_time();
  SetMain("99.5");
  stage_.simulator().SetFaults(
      R"({"latency_ms":{"ms":300,"path":"/products/42"}})");
  const int64_t before = stage_.simulator().RequestsTotal();
  v1::GetInventoryRequest request = Request("42");
  request.mutable_max_age()->set_seconds(kMaxAgeSeconds);
  std::vector<std::future<std::string>> answers;
  for (int i = 0; i < 50; ++i) {
    answers.push_back(std::async(std::launch::async, [&] {
      v1::GetInventoryResponse response;
      const grpc::Status status = Get(request, &response);
      return status.ok() ? MainOf(response) : ReasonOf(status);
    }));
  }
  for (auto& answer : answers) EXPECT_EQ(answer.get(), "99.5");
  EXPECT_EQ(ReadsOf("42", before), 1);
  EXPECT_GT(Stock("42").last_read_time(), old);
}

TEST_F(FreshStockTest, ACallEndsAtItsDeadlineAndWhatWasReadIsRecorded) {
  SetMain("-7");
  stage_.simulator().Admin(
      "POST", "hold",
      R"({"methods":["GET"],"path":"/products/42","when":"before"})");
  v1::GetInventoryRequest request = Request("42");
  request.set_refresh(v1::REFRESH_MODE_ALWAYS);
  v1::GetInventoryResponse response;
  EXPECT_EQ(Get(request, &response, absl::Seconds(5)).error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  // It is on its way, and nobody waits for it any more.
  stage_.simulator().Admin("GET", "hold?waiting=1&timeout_ms=30000");
  stage_.simulator().Admin("DELETE", "hold");
  EXPECT_TRUE(
      WaitUntil(kFirstSweep, [&] { return MainOf(Stock("42")) == "-7"; }));
}

TEST_F(FreshStockTest, RefreshTellsWhatIsGoneAndWhatIsNotKnown) {
  SetMain("11");
  stage_.simulator().Admin("DELETE", "products/43");
  v1::RefreshInventoryRequest request;
  request.add_keys()->set_remote_id("42");
  request.add_keys()->set_remote_id("43");
  request.add_keys()->set_sku("no such SKU");
  v1::RefreshInventoryResponse response;
  const grpc::Status status = Refresh(request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.products_read(), 2);
  EXPECT_EQ(response.products_gone(), 1);
  ASSERT_EQ(response.unknown_keys_size(), 1);
  EXPECT_EQ(response.unknown_keys(0).sku(), "no such SKU");
  EXPECT_EQ(MainOf(Stock("42")), "11");
  EXPECT_EQ(Stock("43").state(), v1::STOCK_STATE_PRODUCT_GONE);
}

TEST_F(FreshStockTest, AProviderThatFailsIsUnavailableAndChangesNothing) {
  const std::string before = MainOf(Stock("42"));
  SetMain("1000");
  stage_.simulator().SetFaults(
      R"({"status_5xx":{"status":500,"path":"/products/42"}})");
  v1::RefreshInventoryRequest request;
  request.add_keys()->set_remote_id("42");
  v1::RefreshInventoryResponse response;
  EXPECT_EQ(Refresh(request, &response).error_code(),
            grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(MainOf(Stock("42")), before);
}

TEST_F(FreshStockTest, TheCommandLineListsAndRefreshes) {
  SetMain("12");
  const CliResult refreshed =
      stage_.RunCli({"stock", "refresh", "42", "--by=remote_id"});
  EXPECT_EQ(refreshed.exit_code, 0) << refreshed.err;
  EXPECT_EQ(refreshed.out, "1 product read\n");
  const CliResult listed =
      stage_.RunCli({"stock", "list", "--location=3", "--below=12.5"});
  EXPECT_EQ(listed.exit_code, 0) << listed.err;
  EXPECT_THAT(listed.out, HasSubstr("BW-001"));
  EXPECT_THAT(listed.out, HasSubstr("  12  "));
  const CliResult locations = stage_.RunCli({"stock", "locations"});
  EXPECT_THAT(locations.out, HasSubstr("المستودع الرئيسي")) << locations.err;
}

}  // namespace
}  // namespace qantara::process
