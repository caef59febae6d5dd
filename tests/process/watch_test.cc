// Stock moves at the provider; a watcher learns it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/stock_watch.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

constexpr absl::Duration kFirstSweep = absl::Seconds(30);

// Product 42 (BW-001) has figures, 43 is not tracked, `new` is and never moved.
class WatchTest : public ::testing::Test {
 protected:
  WatchTest() : stage_(Options()) {
    const auto added = stage_.simulator().Admin(
        "POST", "products",
        R"({"sku":"BW-NEW","en_name":"Never moved","track_quantity":1})");
    new_id_ = added.Find("ids")->items().at(0).text();
    EXPECT_TRUE(WaitUntil(kFirstSweep, [&] {
      return Known("42") && Known("43") && Known(new_id_);
    }));
  }

  static StageOptions Options() {
    StageOptions options;
    options.simulator_flags = {"--examples"};
    options.poll_seconds = 1;
    return options;
  }

  bool Known(const std::string& remote_id) {
    return Stock(remote_id).state() != v1::STOCK_STATE_NOT_YET_OBSERVED &&
           Stock(remote_id).state() != v1::STOCK_STATE_UNSPECIFIED;
  }

  v1::GetInventoryResponse Stock(const std::string& remote_id) {
    grpc::ClientContext context;
    ApiClient::Prepare(context);
    v1::GetInventoryRequest request;
    request.mutable_key()->set_remote_id(remote_id);
    v1::GetInventoryResponse response;
    stage_.api().inventory().GetInventory(&context, request, &response);
    return response;
  }

  void Move(const std::string& json) {
    stage_.simulator().Admin("POST", "stock", json);
  }

  // Pages of the catalog that were read so far.
  int64_t PagesRead() {
    return stage_.simulator().RequestCount("GET /products");
  }

  Stage stage_;
  std::string new_id_;
};

TEST_F(WatchTest, AMovementTellsLocationAndBothQuantities) {
  StockWatch watch(stage_.api(), {});
  const auto rows = watch.Snapshot();
  const auto main = std::find_if(rows.begin(), rows.end(), [](const auto& row) {
    return row.remote_id() == "42" && row.location_id() == "3";
  });
  ASSERT_NE(main, rows.end());
  EXPECT_EQ(main->quantity(), "120");
  EXPECT_EQ(main->location_name_ar(), "المستودع الرئيسي");

  const int64_t before = PagesRead();
  Move(R"({"sku":"BW-001","location_id":3,"delta":-2.5})");
  const v1::StockLevel change = watch.NextChange();
  EXPECT_EQ(change.sku(), "BW-001");
  EXPECT_EQ(change.location_id(), "3");
  EXPECT_EQ(change.previous_quantity(), "120");
  EXPECT_EQ(change.quantity(), "117.5");
  // One sweep may have been under way, the next one sees it.
  EXPECT_LE(PagesRead(), before + 3);
}

TEST_F(WatchTest, WhatWasNotMeasuredHasNoFigure) {
  stage_.simulator().SetFaults(R"({"untracked_stock":true})");
  const int64_t before = PagesRead();
  EXPECT_TRUE(
      WaitUntil(kFirstSweep, [&] { return PagesRead() >= before + 3; }));
  StockWatch watch(stage_.api(), {});
  for (const v1::StockLevel& row : watch.Snapshot()) {
    if (row.remote_id() == "42") continue;
    EXPECT_FALSE(row.has_quantity()) << row.ShortDebugString();
  }
  EXPECT_EQ(Stock("43").state(), v1::STOCK_STATE_UNTRACKED);
  EXPECT_EQ(Stock(new_id_).state(), v1::STOCK_STATE_TRACKED_NEVER_MOVED);
  const auto stock = Stock(new_id_);
  for (const v1::StockLevel& level : stock.levels()) {
    EXPECT_FALSE(level.has_quantity());
  }
}

TEST_F(WatchTest, TheFirstFigureHasNoPreviousOneAndMayBeNegative) {
  StockWatch watch(stage_.api(), {});
  watch.Snapshot();
  Move(R"({"sku":"BW-NEW","location_id":4,"set":-7.25})");
  const v1::StockLevel change = watch.NextChange();
  EXPECT_EQ(change.sku(), "BW-NEW");
  EXPECT_EQ(change.quantity(), "-7.25");
  EXPECT_FALSE(change.has_previous_quantity());
}

TEST_F(WatchTest, ATokenGoesOnWithWhatWasMissedAlsoAfterAKill) {
  std::string token;
  {
    StockWatch watch(stage_.api(), {});
    watch.Snapshot();
    Move(R"({"sku":"BW-001","location_id":4,"set":16})");
    EXPECT_EQ(watch.NextChange().quantity(), "16");
    token = watch.resume_token();
  }
  Move(R"({"sku":"BW-001","location_id":4,"set":17})");
  EXPECT_TRUE(WaitUntil(kFirstSweep, [&] {
    const auto stock = Stock("42");
    return std::any_of(
        stock.levels().begin(), stock.levels().end(),
        [](const auto& level) { return level.quantity() == "17"; });
  }));
  stage_.KillAndRestart();

  v1::WatchInventoryRequest request;
  request.set_resume_token(token);
  StockWatch watch(stage_.api(), request);
  const v1::StockLevel missed = watch.NextChange();
  EXPECT_EQ(missed.previous_quantity(), "16") << missed.ShortDebugString();
  EXPECT_EQ(missed.quantity(), "17");
}

}  // namespace
}  // namespace qantara::process
