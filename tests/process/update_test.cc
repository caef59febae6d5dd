// Updates of single products, also across a kill between intent and answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/import_stream.h"
#include "tests/process/support/stage.h"

namespace qantara::process {
namespace {

using simulator::Json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kOldSku[] = "MUG-BLUE-001";
constexpr char kNewSku[] = "MUG-BLUE-002";

class UpdateTest : public ::testing::Test {
 protected:
  UpdateTest() {
    file_ = stage_.directory().Write(
        "mugs.csv", ToCsv({{kOldSku, "Blue mug", "كوب أزرق", "25.00"},
                           {"MUG-RED-001", "Red mug", "كوب أحمر", "20"}}));
    EXPECT_EQ(stage_.RunCli({"import", file_}).exit_code, 0);
  }

  // Sends the product's fields named in `mask`.
  grpc::Status Update(const v1::Product& product,
                      const std::vector<std::string>& mask) {
    v1::UpdateProductRequest request;
    *request.mutable_key() = Sku(kOldSku);
    *request.mutable_product() = product;
    for (const std::string& path : mask) {
      request.mutable_update_mask()->add_paths(path);
    }
    return stage_.api().Update(request, &response_);
  }

  // Bodies of the PUT requests so far.
  std::vector<std::string> Puts() {
    std::vector<std::string> bodies;
    for (const Json& entry : stage_.simulator().Journal()) {
      if (entry.TextAt("method") == "PUT") {
        bodies.push_back(entry.TextAt("body"));
      }
    }
    return bodies;
  }

  Json Record(const std::string& sku) {
    for (Json& record : stage_.simulator().Products()) {
      if (record.TextAt("sku") == sku) return std::move(record);
    }
    return Json();
  }

  Stage stage_;
  std::string file_;
  v1::UpdateProductResponse response_;
};

TEST_F(UpdateTest, OnlyTheFieldsOfTheMaskAreSent) {
  v1::Product product;
  product.set_selling_price("30.5");
  product.set_name_en("must not be sent");
  ASSERT_TRUE(Update(product, {"selling_price"}).ok());
  EXPECT_EQ(response_.state(), v1::UPDATE_STATE_APPLIED);
  EXPECT_EQ(PlainDecimal(response_.product().acknowledged().selling_price()),
            "30.5");
  EXPECT_EQ(response_.product().acknowledged().name_en(), "Blue mug");
  EXPECT_EQ(response_.product().acknowledged().name_ar(), "كوب أزرق");
  EXPECT_THAT(response_.differences(), IsEmpty());
  const auto puts = Puts();
  ASSERT_EQ(puts.size(), 1);
  const Json body = *Json::Parse(puts[0]);
  EXPECT_THAT(body.keys(), ElementsAre("product"));
  EXPECT_THAT(body.items()[0].keys(), ElementsAre("selling_price"));
}

TEST_F(UpdateTest, TypeAndUnknownPathsAreRefusedByName) {
  v1::Product product;
  product.set_type(v1::PRODUCT_TYPE_SERVICE);
  const grpc::Status type = Update(product, {"type"});
  EXPECT_EQ(type.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(type), Contains(HasSubstr("type")));
  EXPECT_EQ(ReasonOf(type), "FIELD_IMMUTABLE");

  product.set_name_en("Cup");
  const grpc::Status unknown = Update(product, {"name_en", "colour"});
  EXPECT_EQ(unknown.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(FieldsOf(unknown), Contains(HasSubstr("colour")));
  EXPECT_EQ(ReasonOf(unknown), "MASK_INVALID");
  EXPECT_THAT(Puts(), IsEmpty());
}

TEST_F(UpdateTest, AProductThatIsNotMappedIsRefusedWithTheReason) {
  stage_.simulator().Admin(
      "POST", "hold",
      R"({"methods":["POST"],"path":"/products","when":"before"})");
  ImportStream stream(stage_.api());
  stream.WriteHeader("pending");
  stream.WriteLines(1, {GoodLine("PENDING-1")});
  stream.ReadUntilDurable(1);
  v1::UpdateProductRequest request;
  *request.mutable_key() = Sku("PENDING-1");
  request.mutable_product()->set_name_en("Cup");
  const grpc::Status status = stage_.api().Update(request, &response_);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(status), "PRODUCT_NOT_MAPPED");
  stage_.simulator().Admin("DELETE", "hold");
}

TEST_F(UpdateTest, AProductThatIsGoneIsStaleAndIsCreatedAgainByAnImport) {
  const std::string gone = stage_.api().Product(kOldSku).remote_id();
  stage_.simulator().Admin("DELETE", "products/" + gone);
  v1::Product product;
  product.set_name_en("Cup");
  const grpc::Status status = Update(product, {"name_en"});
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(status), "MAPPING_STALE");
  EXPECT_EQ(stage_.api().Product(kOldSku).state(), v1::MAPPING_STATE_STALE);

  EXPECT_EQ(stage_.RunCli({"import", file_}).exit_code, 0);
  const v1::Import import = stage_.api().Imports().at(0);
  EXPECT_EQ(import.counts().created(), 1) << import.ShortDebugString();
  EXPECT_EQ(import.counts().unchanged(), 1);
  const v1::MappedProduct again = stage_.api().Product(kOldSku);
  EXPECT_EQ(again.state(), v1::MAPPING_STATE_MAPPED);
  EXPECT_NE(again.remote_id(), gone);
  EXPECT_THAT(again.former_remote_ids(), Contains(gone));
  EXPECT_EQ(stage_.simulator().Products().size(), 2);
}

// Where the request is when the server is killed.
class SkuChangeTest : public UpdateTest,
                      public ::testing::WithParamInterface<std::string> {};

TEST_P(SkuChangeTest, ASkuChangesOnceAlsoAcrossAKill) {
  const std::string when = GetParam();
  if (when != "never") {
    stage_.simulator().Admin(
        "POST", "hold",
        absl::StrCat(R"({"methods":["PUT"],"path":"/products","when":")", when,
                     R"("})"));
  }
  const std::vector<std::string> update = {
      "product",      "update",  kOldSku, absl::StrCat("sku=", kNewSku),
      "--request_id", "rename-1"};
  const auto client = stage_.StartCli(update);
  if (when != "never") {
    stage_.simulator().Admin("GET", "hold?waiting=1&timeout_ms=30000");
    stage_.server().Kill();
    stage_.simulator().Admin("DELETE", "hold");
    ASSERT_TRUE(stage_.server().Start().ok());
  }
  EXPECT_TRUE(client->Wait(absl::Seconds(60)).ok());
  const CliResult again = stage_.RunCli(update);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("APPLIED"));
  EXPECT_EQ(Puts().size(), 1);

  EXPECT_TRUE(Record(kOldSku).is_null());
  EXPECT_EQ(Record(kNewSku).TextAt("name_en"), "Blue mug");
  const v1::MappedProduct product = stage_.api().Product(kNewSku);
  EXPECT_EQ(product.remote_id(), Record(kNewSku).TextAt("id"));
  EXPECT_THAT(product.former_skus(), ElementsAre(kOldSku));
  EXPECT_EQ(stage_.api().Product(kOldSku).product_id(), product.product_id());

  const int64_t posts = stage_.simulator().RequestCount("POST /products");
  EXPECT_EQ(stage_.RunCli({"import", file_}).exit_code, 0);
  EXPECT_EQ(stage_.api().Imports().at(0).counts().unchanged(), 2);
  EXPECT_EQ(stage_.simulator().RequestCount("POST /products"), posts);
  EXPECT_EQ(stage_.simulator().Products().size(), 2);
  EXPECT_FALSE(Record(kNewSku).is_null());
}

INSTANTIATE_TEST_SUITE_P(Kill, SkuChangeTest,
                         ::testing::Values("never", "before", "after"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace qantara::process
