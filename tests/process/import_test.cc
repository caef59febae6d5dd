// Imports by the command line, from a file to the provider's records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/end_state.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kRows = 400;
constexpr uint32_t kBlank = 3;
constexpr absl::Duration kMendedWithin = absl::Seconds(60);

std::vector<CatalogRow> RowsWithBlankPrices() {
  std::vector<CatalogRow> rows = SampleRows(kRows);
  for (const size_t line : {0, 57, 399}) rows[line].selling_price.clear();
  return rows;
}

TEST(ImportTest, EachPricedLineIsCreatedOnceAndASecondImportCostsNothing) {
  Stage stage;
  const std::vector<CatalogRow> rows = RowsWithBlankPrices();
  const std::string file = stage.directory().Write("catalog.csv", ToCsv(rows));

  const CliResult first = stage.RunCli({"import", file});
  EXPECT_EQ(first.exit_code, 1) << first.err;
  EXPECT_THAT(first.out, HasSubstr("PRICE_INVALID"));
  EXPECT_THAT(first.out, HasSubstr(rows[57].sku));
  const v1::Import import = stage.api().Imports().at(0);
  EXPECT_EQ(import.counts().created(), kRows - kBlank);
  EXPECT_EQ(import.counts().invalid(), kBlank);
  const auto records = stage.simulator().Products();
  EXPECT_THAT(CompareRecords(rows, records), IsEmpty());
  EXPECT_THAT(CheckImport(stage.api(), import.import_id(), kRows, records),
              IsEmpty());
  EXPECT_THAT(CheckJournal(stage.simulator().Journal()), IsEmpty());

  const int64_t posts = stage.simulator().RequestCount("POST /products");
  const CliResult second = stage.RunCli({"import", file});
  EXPECT_EQ(second.exit_code, 1) << second.err;
  const v1::Import again = stage.api().Imports().at(0);
  EXPECT_NE(again.import_id(), import.import_id());
  EXPECT_EQ(again.counts().unchanged(), kRows - kBlank);
  EXPECT_EQ(again.counts().invalid(), kBlank);
  EXPECT_EQ(SumOf(again.counts()), kRows);
  EXPECT_EQ(stage.simulator().RequestCount("POST /products"), posts);
  EXPECT_EQ(stage.simulator().RequestCount("PUT /products/{id}"), 0);
}

TEST(ImportTest, ACleanCatalogEndsWithZero) {
  Stage stage;
  const std::string file =
      stage.directory().Write("clean.csv", ToCsv(SampleRows(20)));
  const CliResult result = stage.RunCli({"import", file});
  EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST(ImportTest, AMalformedFileIsAUsageErrorAndNothingIsSent) {
  Stage stage;
  const std::string open_quote = stage.directory().Write(
      "bad.csv", "sku,name_en\nA,\"never closed\nB,x\n");
  EXPECT_EQ(stage.RunCli({"import", open_quote}).exit_code, 2);
  EXPECT_EQ(stage.RunCli({"import", "/does/not/exist.csv"}).exit_code, 2);
  EXPECT_EQ(stage.RunCli({"import"}).exit_code, 2);
  EXPECT_THAT(stage.api().Imports(), IsEmpty());
}

TEST(ImportTest, AServerThatIsNotThereEndsWithThree) {
  Stage stage;
  const std::string file =
      stage.directory().Write("catalog.csv", ToCsv(SampleRows(5)));
  stage.server().Kill();
  const CliResult result =
      stage.RunCli({"import", file, "--connect_timeout", "1"});
  EXPECT_EQ(result.exit_code, 3) << result.err;
}

TEST(ImportTest, ARevokedKeyEndsWithFourAndTheImportWaits) {
  Stage stage;
  stage.simulator().Admin("POST", "revoke_key", R"({"key":"qyd_test_key"})");
  const std::string file =
      stage.directory().Write("catalog.csv", ToCsv(SampleRows(5)));
  const CliResult refused = stage.RunCli({"import", file});
  EXPECT_EQ(refused.exit_code, 4) << refused.err;
  EXPECT_THAT(refused.err, HasSubstr("CREDENTIALS_NEEDED"));
  const v1::Import waiting = stage.api().Imports().at(0);
  EXPECT_EQ(waiting.connection_state(), v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
  EXPECT_EQ(SumOf(waiting.counts()), 5);

  stage.simulator().Admin("POST", "add_key",
                          R"({"company":"main","key":"qyd_test_key"})");
  // The same key, put there again.
  stage.directory().Replace("api_key", "qyd_test_key");
  EXPECT_TRUE(WaitUntil(kMendedWithin, [&] {
    return stage.api().Import(waiting.import_id()).state() ==
           v1::IMPORT_STATE_FINISHED;
  }));
  EXPECT_EQ(stage.simulator().Products().size(), 5);
}

}  // namespace
}  // namespace qantara::process
