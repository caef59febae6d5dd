// The server with a connection to the simulated Qwoty.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/wait_until.h"
#include "tools/simulator/json.h"

namespace qantara::process {
namespace {

using simulator::Json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kRows = 150;
constexpr absl::Duration kLong = absl::Seconds(100);

StageOptions Qwoty() {
  StageOptions options;
  options.qwoty = true;
  return options;
}

bool IsApiName(const std::string& name) {
  for (const char c : name) {
    if (!absl::ascii_islower(c) && !absl::ascii_isdigit(c) && c != '_') {
      return false;
    }
  }
  return !name.empty();
}

class QwotyTest : public ::testing::Test {
 protected:
  QwotyTest() : stage_(Qwoty()) {
    rows_ = SampleRows(kRows);
    // A provider without prices needs none.
    for (CatalogRow& row : rows_) {
      if (row.selling_price.empty()) row.selling_price = "1";
    }
    file_ = stage_.directory().Write("catalog.csv", ToCsv(rows_));
  }

  int64_t Posts() { return stage_.simulator().RequestCount("POST /products"); }

  // Every row is one record with a valid name of its own, and is mapped to it.
  void ExpectEachOnce() {
    std::map<std::string, std::string> ids;
    std::set<std::string> names;
    for (const Json& record : stage_.simulator().Products()) {
      const std::string sku = record.Find("inventory")->TextAt("sku");
      EXPECT_TRUE(ids.emplace(sku, record.TextAt("id")).second) << sku;
      EXPECT_TRUE(IsApiName(record.TextAt("api_name")));
      EXPECT_TRUE(names.insert(record.TextAt("api_name")).second);
    }
    EXPECT_EQ(ids.size(), rows_.size());
    for (const CatalogRow& row : rows_) {
      const v1::MappedProduct product = stage_.api().Product(row.sku);
      EXPECT_EQ(product.remote_id(), ids[row.sku]);
      EXPECT_NE(product.acknowledged().parent_id(), "");
    }
  }

  // Waits for the newest import to be finished.
  v1::Import Finish() {
    EXPECT_TRUE(WaitUntil(kLong, [&] {
      const auto imports = stage_.api().Imports();
      return !imports.empty() &&
             imports.at(0).state() == v1::IMPORT_STATE_FINISHED;
    }));
    return stage_.api().Imports().at(0);
  }

  Stage stage_;
  std::vector<CatalogRow> rows_;
  std::string file_;
};

TEST_F(QwotyTest, EachLineIsCreatedOnceAndASecondImportSendsNothing) {
  const CliResult first = stage_.RunCli({"import", file_});
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("warning: selling_price of 150 lines"));
  EXPECT_EQ(stage_.api().Imports().at(0).counts().created(), kRows);
  EXPECT_EQ(Posts(), kRows);
  ExpectEachOnce();

  const CliResult second = stage_.RunCli({"import", file_});
  EXPECT_EQ(second.exit_code, 0) << second.err;
  EXPECT_EQ(stage_.api().Imports().at(0).counts().unchanged(), kRows);
  EXPECT_EQ(Posts(), kRows);
}

TEST_F(QwotyTest, LostAnswersAndAKillCauseNoDuplicate) {
  stage_.simulator().SetFaults(
      R"({"lost_answer":{"rate":0.2,"how":"close","methods":["POST"]}})");
  const auto client = stage_.StartCli({"import", file_});
  ASSERT_TRUE(WaitUntil(kLong, [&] { return Posts() >= kRows / 3; }));
  stage_.KillAndRestart();
  const v1::Import import = Finish();
  EXPECT_EQ(import.counts().created(), kRows) << import.ShortDebugString();
  EXPECT_EQ(import.balance(), 0);
  ExpectEachOnce();
}

TEST_F(QwotyTest, AnUpdateIsAPatchOfWhatItTakes) {
  ASSERT_EQ(stage_.RunCli({"import", file_}).exit_code, 0);
  v1::UpdateProductRequest request;
  *request.mutable_key() = Sku(rows_[0].sku);
  request.mutable_product()->set_name_en("Renamed");
  request.mutable_product()->set_selling_price("30");
  v1::UpdateProductResponse response;
  ASSERT_TRUE(stage_.api().Update(request, &response).ok());
  EXPECT_EQ(response.state(), v1::UPDATE_STATE_APPLIED);
  EXPECT_THAT(response.fields_not_taken(), ElementsAre("selling_price"));
  std::vector<std::string> bodies;
  for (const Json& entry : stage_.simulator().Journal()) {
    if (entry.TextAt("method") == "PATCH") {
      bodies.push_back(entry.TextAt("body"));
    }
  }
  EXPECT_THAT(bodies, ElementsAre(R"({"name":"Renamed"})"));

  request.clear_product();
  request.mutable_product()->set_selling_price("31");
  ASSERT_TRUE(stage_.api().Update(request, &response).ok());
  EXPECT_EQ(response.state(), v1::UPDATE_STATE_UNCHANGED);

  request.clear_product();
  request.mutable_product()->mutable_qwoty()->set_api_name("another");
  const grpc::Status fixed = stage_.api().Update(request, &response);
  EXPECT_EQ(fixed.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(fixed), "FIELD_IMMUTABLE");
  EXPECT_THAT(FieldsOf(fixed),
              ElementsAre(HasSubstr("product.qwoty.api_name")));
}

TEST_F(QwotyTest, WhatItCannotDoIsUnimplementedWithAReason) {
  grpc::ClientContext context;
  ApiClient::Prepare(context);
  v1::ListInventoryResponse levels;
  const grpc::Status list =
      stage_.api().inventory().ListInventory(&context, {}, &levels);
  EXPECT_EQ(list.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(ReasonOf(list), "PROVIDER_LACKS");
  EXPECT_THAT(list.error_message(), HasSubstr("no stock"));

  grpc::ClientContext other;
  ApiClient::Prepare(other);
  v1::ListLocationsResponse locations;
  EXPECT_EQ(
      ReasonOf(stage_.api().inventory().ListLocations(&other, {}, &locations)),
      "PROVIDER_LACKS");
  EXPECT_THAT(stage_.simulator().Journal(), IsEmpty());
}

}  // namespace
}  // namespace qantara::process
