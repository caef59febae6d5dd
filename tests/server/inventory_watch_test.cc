// Stock as clients see it, over real gRPC.
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/server/support/running_server.h"

namespace qantara::server {
namespace {

// One message as lines, such as `change A@main 5 was 7`.
std::vector<std::string> Text(const v1::WatchInventoryResponse& response) {
  const auto level = [](const v1::StockLevel& l) {
    return absl::StrCat(l.sku(), "@", l.location_id(), " ",
                        l.has_quantity() ? l.quantity() : "-",
                        l.has_previous_quantity()
                            ? absl::StrCat(" was ", l.previous_quantity())
                            : "");
  };
  std::vector<std::string> lines;
  for (const v1::StockLevel& row : response.rows().levels()) {
    lines.push_back(absl::StrCat("row ", level(row)));
  }
  for (const v1::InventoryChange& news : response.changes().changes()) {
    if (news.has_change()) {
      lines.push_back(absl::StrCat("change ", level(news.change())));
    } else if (news.has_removed()) {
      lines.push_back(absl::StrCat("removed ", level(news.removed().last())));
    } else if (news.has_row()) {
      lines.push_back(absl::StrCat("enters ", level(news.row())));
    } else {
      lines.push_back(absl::StrCat("location ", news.location().location_id()));
    }
  }
  if (response.has_caught_up()) lines.push_back("caught_up");
  if (response.has_heartbeat()) lines.push_back("heartbeat");
  if (response.has_resync_required()) lines.push_back("resync_required");
  return lines;
}

class Watch {
 public:
  Watch(RunningServer& server, const v1::WatchInventoryRequest& request)
      : reader_(server.inventory().WatchInventory(&context_, request)) {}
  ~Watch() {
    context_.TryCancel();
    while (Next() != "end") {
    }
    reader_->Finish();
  }

  // The next line; `end` at the end.
  std::string Next() {
    while (lines_.empty()) {
      v1::WatchInventoryResponse response;
      if (!reader_->Read(&response)) return "end";
      if (!response.resume_token().empty()) token_ = response.resume_token();
      for (std::string& line : Text(response)) lines_.push_back(line);
    }
    std::string line = std::move(lines_.front());
    lines_.pop_front();
    return line;
  }
  const std::string& token() const { return token_; }
  grpc::Status Finish() { return reader_->Finish(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchInventoryResponse>> reader_;
  std::string token_;
  std::deque<std::string> lines_;
};

class InventoryWatchTest : public ::testing::Test {
 protected:
  RunningServer server_;
};

TEST_F(InventoryWatchTest, PresentRowsThenCaughtUpThenChanges) {
  server_.Observe({StockOf("1", "A", "main", "7"), StockOf("2", "B", "", "")});
  Watch watch(server_, {});
  EXPECT_EQ(watch.Next(), "row A@main 7");
  EXPECT_EQ(watch.Next(), "row B@ -");
  EXPECT_EQ(watch.Next(), "caught_up");
  server_.Observe({StockOf("1", "A", "main", "-2.5")});
  EXPECT_EQ(watch.Next(), "change A@main -2.5 was 7");
  server_.Observe({StockOf("2", "B", "main", "0")});
  EXPECT_EQ(watch.Next(), "change B@main 0");
}

TEST_F(InventoryWatchTest, AnUntrackedProductNeverShowsAFigure) {
  server_.Observe({StockOf("1", "A", "main", "7")});
  Watch watch(server_, {});
  EXPECT_EQ(watch.Next(), "row A@main 7");
  EXPECT_EQ(watch.Next(), "caught_up");
  v1::RemoteProduct untracked = StockOf("1", "A", "main", "7");
  untracked.set_track_quantity(false);
  server_.Observe({untracked});
  EXPECT_EQ(watch.Next(), "removed A@main 7");
  EXPECT_EQ(watch.Next(), "change A@ -");
  Watch later(server_, {});
  EXPECT_EQ(later.Next(), "row A@ -");
}

TEST_F(InventoryWatchTest, AProductThatIsGoneIsRemoved) {
  server_.Observe({StockOf("1", "A", "main", "7")});
  v1::WatchInventoryRequest request;
  request.set_start(v1::WATCH_START_NOW);
  Watch watch(server_, request);
  EXPECT_EQ(watch.Next(), "caught_up");
  server_.Observe({}, {"1"});
  EXPECT_EQ(watch.Next(), "removed A@main 7");
}

TEST_F(InventoryWatchTest, ATokenGoesOnWithWhatWasMissed) {
  server_.Observe({StockOf("1", "A", "main", "1")});
  std::string token;
  {
    Watch watch(server_, {});
    EXPECT_EQ(watch.Next(), "row A@main 1");
    EXPECT_EQ(watch.Next(), "caught_up");
    token = watch.token();
  }
  for (int quantity = 2; quantity <= 9; ++quantity) {
    server_.Observe({StockOf("1", "A", "main", absl::StrCat(quantity))});
  }
  server_.Restart();
  v1::WatchInventoryRequest request;
  request.set_resume_token(token);
  Watch watch(server_, request);
  for (int quantity = 2; quantity <= 9; ++quantity) {
    EXPECT_EQ(watch.Next(),
              absl::StrCat("change A@main ", quantity, " was ", quantity - 1));
  }
  EXPECT_EQ(watch.Next(), "caught_up");
}

TEST_F(InventoryWatchTest, ABigCommitIsSplitAndOnlyItsLastMessageHasAToken) {
  server_.Observe({StockOf("0", "A", "main", "1")});
  v1::WatchInventoryRequest request;
  request.set_start(v1::WATCH_START_NOW);
  grpc::ClientContext context;
  const auto reader = server_.inventory().WatchInventory(&context, request);
  v1::WatchInventoryResponse response;
  ASSERT_TRUE(reader->Read(&response));
  std::vector<v1::RemoteProduct> products;
  for (int i = 0; i < 2500; ++i) {
    products.push_back(
        StockOf(absl::StrCat(i), absl::StrCat("P", i), "main", "1"));
  }
  server_.Observe(products);
  uint64_t position = 0;
  for (const int size : {1000, 1000, 500}) {
    ASSERT_TRUE(reader->Read(&response));
    EXPECT_EQ(response.changes().changes_size(), size);
    EXPECT_EQ(response.changes().more(), size == 1000);
    EXPECT_EQ(response.resume_token().empty(), size == 1000);
    if (position == 0) position = response.changes().position();
    EXPECT_EQ(response.changes().position(), position);
  }
  context.TryCancel();
  reader->Finish();
}

TEST_F(InventoryWatchTest, FiltersChooseProductsAndLocations) {
  server_.Observe(
      {StockOf("1", "A", "main", "1"), StockOf("2", "B", "side", "2")});
  v1::WatchInventoryRequest request;
  request.mutable_filter()->add_location_ids("side");
  Watch watch(server_, request);
  EXPECT_EQ(watch.Next(), "row B@side 2");
  EXPECT_EQ(watch.Next(), "caught_up");
  server_.Observe(
      {StockOf("1", "A", "main", "5"), StockOf("2", "B", "side", "6")});
  EXPECT_EQ(watch.Next(), "change B@side 6 was 2");
}

TEST_F(InventoryWatchTest, ASilentWatchBeats) {
  v1::WatchInventoryRequest request;
  request.mutable_heartbeat_interval()->set_seconds(1);
  Watch watch(server_, request);
  EXPECT_EQ(watch.Next(), "caught_up");
  EXPECT_EQ(watch.Next(), "heartbeat");
  EXPECT_EQ(watch.Next(), "heartbeat");
}

TEST_F(InventoryWatchTest, ManyRowsComeComplete) {
  std::vector<v1::RemoteProduct> products;
  for (int i = 0; i < 2000; ++i) {
    products.push_back(
        StockOf(absl::StrCat(i), absl::StrCat("P", i), "main", "1"));
  }
  server_.Observe(products);
  Watch watch(server_, {});
  std::set<std::string> rows;
  for (int i = 0; i < 2000; ++i) {
    const std::string row = watch.Next();
    ASSERT_EQ(row.substr(0, 3), "row");
    rows.insert(row);
  }
  EXPECT_EQ(rows.size(), 2000u);
  EXPECT_EQ(watch.Next(), "caught_up");
}

TEST_F(InventoryWatchTest, RefusalsNameTheField) {
  const auto refusal = [this](const v1::WatchInventoryRequest& request) {
    grpc::ClientContext context;
    const auto reader = server_.inventory().WatchInventory(&context, request);
    v1::WatchInventoryResponse response;
    EXPECT_FALSE(reader->Read(&response));
    return Describe(reader->Finish());
  };
  v1::WatchInventoryRequest connection;
  connection.set_connection("elsewhere");
  EXPECT_EQ(refusal(connection), "NOT_FOUND CONNECTION_NOT_FOUND connection");
  v1::WatchInventoryRequest token;
  token.set_resume_token("made up");
  EXPECT_EQ(refusal(token), "INVALID_ARGUMENT TOKEN_INVALID resume_token");
  v1::WatchInventoryRequest beat;
  beat.mutable_heartbeat_interval()->set_nanos(1);
  EXPECT_EQ(refusal(beat), "INVALID_ARGUMENT FIELD_INVALID heartbeat_interval");
  v1::WatchInventoryRequest filter;
  filter.mutable_filter()->add_skus("");
  EXPECT_EQ(refusal(filter), "INVALID_ARGUMENT FIELD_INVALID filter.skus[0]");
  v1::WatchInventoryRequest below;
  below.mutable_filter()->set_below_quantity("few");
  EXPECT_EQ(refusal(below),
            "INVALID_ARGUMENT FIELD_INVALID filter.below_quantity");
  v1::WatchInventoryRequest delivery;
  delivery.set_delivery(static_cast<v1::WatchDelivery>(9));
  EXPECT_EQ(refusal(delivery), "INVALID_ARGUMENT FIELD_INVALID delivery");
  // Field 2, filter; in it field 1, a SKU that is no text.
  v1::WatchInventoryRequest garbage;
  garbage.GetReflection()->MutableUnknownFields(&garbage)->AddLengthDelimited(
      2, std::string("\x0a\x01\xff", 3));
  EXPECT_EQ(refusal(garbage), "INVALID_ARGUMENT MESSAGE_MALFORMED");
}

TEST_F(InventoryWatchTest, WhoLeavesTheFilterIsRemovedAndWhoEntersItIsARow) {
  server_.Observe(
      {StockOf("1", "A", "main", "12"), StockOf("2", "B", "main", "3")});
  v1::WatchInventoryRequest request;
  request.mutable_filter()->set_below_quantity("10");
  Watch watch(server_, request);
  EXPECT_EQ(watch.Next(), "row B@main 3");
  EXPECT_EQ(watch.Next(), "caught_up");
  server_.Observe(
      {StockOf("1", "A", "main", "9.5"), StockOf("2", "B", "main", "10")});
  EXPECT_EQ(watch.Next(), "enters A@main 9.5 was 12");
  EXPECT_EQ(watch.Next(), "removed B@main 3");
}

TEST_F(InventoryWatchTest, GetInventoryTellsWhatIsKnown) {
  server_.Observe(
      {StockOf("1", "A", "main", "7"), StockOf("2", "B", "main", "")});
  const auto get = [this](const std::string& remote_id,
                          v1::GetInventoryResponse* response) {
    grpc::ClientContext context;
    v1::GetInventoryRequest request;
    request.mutable_key()->set_remote_id(remote_id);
    return server_.inventory().GetInventory(&context, request, response);
  };
  v1::GetInventoryResponse response;
  ASSERT_TRUE(get("1", &response).ok());
  EXPECT_EQ(response.state(), v1::STOCK_STATE_TRACKED_WITH_STOCK);
  ASSERT_EQ(response.levels_size(), 1);
  EXPECT_EQ(response.levels(0).quantity(), "7");
  ASSERT_TRUE(get("2", &response).ok());
  EXPECT_EQ(response.state(), v1::STOCK_STATE_TRACKED_NEVER_MOVED);
  EXPECT_EQ(response.levels_size(), 0);
  EXPECT_EQ(Describe(get("3", &response)), "NOT_FOUND PRODUCT_NOT_FOUND");
}

}  // namespace
}  // namespace qantara::server
