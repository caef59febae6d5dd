// An import is compared with what the provider holds, by the command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/stage.h"

namespace qantara::process {
namespace {

using simulator::Json;
using ::testing::HasSubstr;

class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() {
    const std::string file =
        stage_.directory().Write("catalog.csv", ToCsv(SampleRows(120)));
    EXPECT_EQ(stage_.RunCli({"import", file}).exit_code, 0);
    import_id_ = stage_.api().Imports().at(0).import_id();
  }

  CliResult Verify() { return stage_.RunCli({"import", "verify", import_id_}); }

  // Remote id of a line.
  std::string IdOf(uint32_t line) {
    return stage_.api().Items(import_id_).at(line - 1).remote_id();
  }

  Stage stage_;
  std::string import_id_;
};

TEST_F(VerifyTest, ACleanImportHasNoDifferencesAlsoAfterARestart) {
  const CliResult first = Verify();
  EXPECT_EQ(first.exit_code, 0) << first.out << first.err;
  EXPECT_THAT(first.out, HasSubstr("compared 120 items"));
  EXPECT_THAT(first.out, HasSubstr("holds 120 records"));
  stage_.KillAndRestart();
  const v1::VerificationReceipt receipt =
      stage_.api().Import(import_id_).verification();
  EXPECT_EQ(receipt.items(), 120u);
  EXPECT_EQ(receipt.differences_size(), 0);
  EXPECT_EQ(Verify().exit_code, 0);
}

TEST_F(VerifyTest, AProductChangedOneDeletedAndOneDuplicatedAreNamed) {
  const auto items = stage_.api().Items(import_id_);
  SimulatorProcess& qoyod = stage_.simulator();
  qoyod.Admin("PUT", absl::StrCat("products/", IdOf(7)),
              R"({"selling_price":"4321.5"})");
  qoyod.Admin("DELETE", absl::StrCat("products/", IdOf(8)));
  Json copy = Json::Object();
  copy.Add("en_name", Json::String("copy"));
  copy.Add("sku", Json::String(items.at(8).sku()));
  qoyod.Admin("POST", "products", copy.ToText());

  const CliResult result = Verify();
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_THAT(result.out, HasSubstr("FIELDS     line 7 "));
  EXPECT_THAT(result.out, HasSubstr("selling_price is \"4321.5\""));
  EXPECT_THAT(result.out, HasSubstr("MISSING    line 8 "));
  EXPECT_THAT(result.out,
              HasSubstr(absl::StrCat("record ", IdOf(8), " is gone")));
  EXPECT_THAT(result.out, HasSubstr("DUPLICATE  line 9 "));
  EXPECT_THAT(result.out, HasSubstr(IdOf(9)));
  EXPECT_THAT(result.out,
              HasSubstr("differences: MISSING 1 DUPLICATE 1 FIELDS 1"));
}

TEST_F(VerifyTest, UnknownImportsAndTooLargeSamplesAreRefused) {
  v1::VerifyImportRequest request;
  v1::VerifyImportResponse response;
  const auto verify = [&] {
    grpc::ClientContext context;
    ApiClient::Prepare(context);
    const auto stream = stage_.api().catalog().VerifyImport(&context, request);
    EXPECT_FALSE(stream->Read(&response));
    return stream->Finish();
  };
  request.set_import_id("none");
  EXPECT_EQ(verify().error_code(), grpc::StatusCode::NOT_FOUND);
  request.set_import_id(import_id_);
  request.set_sample_size(10'001);
  EXPECT_EQ(verify().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  request.set_connection("elsewhere");
  EXPECT_EQ(verify().error_code(), grpc::StatusCode::NOT_FOUND);
}

}  // namespace
}  // namespace qantara::process
