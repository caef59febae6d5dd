// The server dies between the pages of a sweep, and between reading a page and
// recording it: a watcher that goes on with its token misses no change, and is
// told none twice.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/process/support/api_client.h"
#include "tests/process/support/must.h"
#include "tests/process/support/server_process.h"
#include "tests/process/support/simulator_process.h"
#include "tests/process/support/temporary_directory.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(60);
constexpr int kKilled = 128 + 9;
// Three pages.
constexpr int kProducts = 230;
// Products that move before each kill.
constexpr int kMoved = 40;

std::string SkuOf(int product) { return absl::StrCat("P-", product); }

// What one watcher was told, across all its streams.
class Told {
 public:
  // Reads from the last token on until the stream breaks, or `done`.
  template <typename Done>
  void Read(ApiClient& api, const Done& done) {
    grpc::ClientContext context;
    ApiClient::Prepare(context, kPatience);
    v1::WatchInventoryRequest request;
    request.set_resume_token(token_);
    resumed_ = !token_.empty();
    const auto stream = api.inventory().WatchInventory(&context, request);
    v1::WatchInventoryResponse response;
    while (!done() && stream->Read(&response)) Take(response);
    context.TryCancel();
    while (stream->Read(&response)) {
    }
    stream->Finish();
  }

  const std::string& token() const { return token_; }
  // The last figure of each SKU.
  const std::map<std::string, std::string>& figures() const { return figures_; }

 private:
  void Take(const v1::WatchInventoryResponse& response) {
    EXPECT_FALSE(response.has_resync_required());
    EXPECT_FALSE(resumed_ && response.has_rows()) << "the token was ignored";
    for (const v1::StockLevel& row : response.rows().levels()) {
      figures_[row.sku()] = row.quantity();
    }
    for (const auto& news : response.changes().changes()) {
      if (!news.has_change()) continue;
      const v1::StockLevel& change = news.change();
      EXPECT_TRUE(
          seen_.emplace(response.changes().position(), change.sku()).second)
          << change.sku() << " twice at " << response.changes().position();
      EXPECT_EQ(figures_[change.sku()], change.previous_quantity())
          << "a change of " << change.sku() << " was left out";
      EXPECT_NE(change.quantity(), change.previous_quantity());
      figures_[change.sku()] = change.quantity();
    }
    if (!response.resume_token().empty()) token_ = response.resume_token();
  }

  std::string token_;
  bool resumed_ = false;
  std::map<std::string, std::string> figures_;
  std::set<std::pair<uint64_t, std::string>> seen_;
};

class SweepCrashTest : public ::testing::Test {
 protected:
  SweepCrashTest()
      : simulator_("tools/qoyod_simulator", directory_.path()),
        server_(Options()) {
    for (int product = 0; product < kProducts; ++product) {
      simulator_.Admin(
          "POST", "products",
          absl::StrCat(R"({"sku":")", SkuOf(product),
                       R"(","en_name":"Mug","track_quantity":1})"));
      Move(product, product + 1);
    }
    Must(server_.Start());
  }

  ServerOptions Options() const {
    ServerOptions options;
    options.binary = "server/qantara_server";
    options.directory = directory_.path();
    options.base_url = simulator_.base_url();
    options.api_key = SimulatorProcess::kApiKey;
    options.poll_seconds = 1;
    return options;
  }

  void Move(int product, int quantity) {
    simulator_.Admin(
        "POST", "stock",
        absl::StrCat(R"({"sku":")", SkuOf(product),
                     R"(","location_id":3,"set":)", quantity, "}"));
    expected_[SkuOf(product)] = absl::StrCat(quantity);
  }

  // Moves some products while the server is down; it comes back, and dies when
  // it passes the failpoint.
  void MoveAndDieAt(const std::string& failpoint, int round) {
    ASSERT_TRUE(server_.Stop().ok());
    for (int i = 0; i < kMoved; ++i) {
      Move((i * 7 + round) % kProducts, 1000 * (round + 1) + i);
    }
    ASSERT_TRUE(server_.StartOnce({"--failpoint", failpoint}).ok());
    ApiClient api(server_.address());
    told_.Read(api, [this] { return !server_.running(); });
    const auto end = server_.WaitForEnd(kPatience);
    ASSERT_TRUE(end.ok()) << failpoint << ": " << end.status();
    EXPECT_EQ(*end, kKilled) << failpoint;
    Must(server_.Start());
  }

  void ReadUntilCaughtUp() {
    ApiClient api(server_.address());
    told_.Read(api, [this] {
      return !told_.token().empty() && told_.figures() == expected_;
    });
    EXPECT_EQ(told_.figures(), expected_);
    EXPECT_FALSE(told_.token().empty());
  }

  const TemporaryDirectory directory_;
  SimulatorProcess simulator_;
  ServerProcess server_;
  std::map<std::string, std::string> expected_;
  Told told_;
};

TEST_F(SweepCrashTest, NoChangeIsLostAndNoneIsToldTwice) {
  ReadUntilCaughtUp();
  int round = 0;
  for (const char* failpoint :
       {"sweep_page@2", "sweep_record@2", "sweep_recorded@1", "sweep_page@3",
        "log_synced@1", "writer_answer@2", "sweep_recorded@3"}) {
    SCOPED_TRACE(failpoint);
    MoveAndDieAt(failpoint, round++);
    if (HasFatalFailure()) return;
    ReadUntilCaughtUp();
  }
}

}  // namespace
}  // namespace qantara::process
