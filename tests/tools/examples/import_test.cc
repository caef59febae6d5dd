// The example clients import a catalog although the server is killed while they
// are sending it.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/end_state.h"
#include "tests/process/support/must.h"
#include "tests/process/support/stage.h"
#include "tests/tools/examples/example_client.h"
#include "tests/tools/examples/holding_proxy.h"

namespace qantara::examples {
namespace {

using process::Must;
using process::Stage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int kRows = 1000;
// About half of the catalog.
constexpr int64_t kHoldAfterBytes = 60'000;
constexpr char kImportId[] = "spring";

class ImportTest : public ::testing::TestWithParam<std::string> {
 protected:
  ImportTest() : client_(GetParam(), stage_.directory().path()) {}

  static std::vector<process::CatalogRow> Rows(int count) {
    std::vector<process::CatalogRow> rows;
    for (int i = 1; i <= count; ++i) {
      rows.push_back({absl::StrCat("EX-", i),
                      absl::StrCat("Mug \"", i, "\"\nwith a handle"),
                      "كوب أزرق", "25.50"});
    }
    return rows;
  }

  // The rows as the examples read them.
  static std::string ToText(const std::vector<process::CatalogRow>& rows) {
    std::string text;
    for (const process::CatalogRow& row : rows) {
      v1::CatalogLine line;
      line.set_external_id("id-" + row.sku);
      line.mutable_product()->set_sku(row.sku);
      line.mutable_product()->set_name_en(row.name_en);
      line.mutable_product()->set_name_ar(row.name_ar);
      line.mutable_product()->set_selling_price(row.selling_price);
      std::string json;
      EXPECT_TRUE(
          google::protobuf::util::MessageToJsonString(line, &json).ok());
      absl::StrAppend(&text, json, "\n");
    }
    return text;
  }

  std::string Write(const std::vector<process::CatalogRow>& rows) {
    return stage_.directory().Write("catalog.jsonl", ToText(rows));
  }

  // The lines at which a program's streams were opened.
  static std::vector<uint32_t> OpenedAt(const std::string& log) {
    std::vector<uint32_t> lines;
    for (absl::string_view text : absl::StrSplit(log, '\n')) {
      if (!absl::ConsumePrefix(&text, "open at line ")) continue;
      lines.push_back(0);
      EXPECT_TRUE(absl::SimpleAtoi(text, &lines.back()));
    }
    return lines;
  }

  Stage stage_;
  ExampleClient client_;
};

TEST_P(ImportTest, AKillWhileItIsSendingLosesNothingAndDoublesNothing) {
  const auto rows = Rows(kRows);
  const std::string file = Write(rows);
  stage_.simulator().Admin(
      "POST", "hold",
      R"({"methods":["POST"],"path":"/products","when":"after"})");
  HoldingProxy proxy(stage_.server().address(), kHoldAfterBytes);
  const auto run =
      client_.Start("import_catalog", {proxy.address(), kImportId, file});

  // Some lines are on disk, some were never sent, and a request to the provider
  // has no answer.
  stage_.simulator().Admin("GET", "hold?waiting=1&timeout_ms=60000");
  stage_.server().Kill();
  stage_.simulator().Admin("DELETE", "hold");
  Must(stage_.server().Start());

  const auto code = run->Wait(kRunTimeout);
  ASSERT_TRUE(code.ok()) << code.status();
  EXPECT_EQ(*code, 0) << run->err();
  const std::vector<uint32_t> opened = OpenedAt(run->err());
  ASSERT_EQ(opened.size(), 2) << run->err();
  EXPECT_EQ(opened[0], 1);
  EXPECT_GT(opened[1], 1);
  EXPECT_LT(opened[1], kRows);
  EXPECT_THAT(run->err(), HasSubstr("trying again after"));

  const auto records = stage_.simulator().Products();
  EXPECT_THAT(process::CompareRecords(rows, records), IsEmpty());
  EXPECT_THAT(process::CheckImport(stage_.api(), kImportId, kRows, records),
              IsEmpty());
  EXPECT_THAT(process::CheckJournal(stage_.simulator().Journal()), IsEmpty());
  // The program told the whole mapping.
  std::vector<std::string> mapping;
  for (const v1::ImportItem& item : stage_.api().Items(kImportId)) {
    mapping.push_back(absl::StrCat(item.line(), "\t", item.sku(), "\t",
                                   v1::ItemState_Name(item.state()), "\t",
                                   item.remote_id()));
  }
  EXPECT_EQ(run->out(), absl::StrJoin(mapping, "\n") + "\n");
}

TEST_P(ImportTest, BadLinesAreToldWithTheirReasonAndTheSameAgainCostsNothing) {
  auto rows = Rows(3);
  rows[1].selling_price = "cheap";
  const std::string file = Write(rows);
  for (int run = 0; run < 2; ++run) {
    const auto program = client_.Start(
        "import_catalog", {stage_.server().address(), kImportId, file});
    EXPECT_EQ(Must(program->Wait(kRunTimeout)), 1) << program->err();
    const std::vector<std::string> lines =
        absl::StrSplit(program->out(), '\n', absl::SkipEmpty());
    EXPECT_THAT(
        lines,
        ElementsAre(
            HasSubstr("1\tEX-1\tITEM_STATE_CREATED\t"),
            "2\tEX-2\tITEM_STATE_INVALID\t-",
            HasSubstr("product.selling_price\tERROR_REASON_PRICE_INVALID\t"),
            HasSubstr("3\tEX-3\tITEM_STATE_CREATED\t")));
    EXPECT_EQ(stage_.simulator().RequestCount("POST /products"), 1);
  }
}

TEST_P(ImportTest, AFileThatCannotBeReadAndAWrongCallAreErrors) {
  const std::string broken =
      stage_.directory().Write("broken.jsonl", "{\"product\": {}}\n{\"prod\n");
  const auto program = client_.Start(
      "import_catalog", {stage_.server().address(), kImportId, broken});
  EXPECT_EQ(Must(program->Wait(kRunTimeout)), 1);
  EXPECT_THAT(program->err(), HasSubstr("line 2: "));
  const auto folder = client_.Start(
      "import_catalog",
      {stage_.server().address(), "folder", stage_.directory().path()});
  EXPECT_EQ(Must(folder->Wait(kRunTimeout)), 1) << folder->err();
  const auto wrong = client_.Start("import_catalog", {"only", "two"});
  EXPECT_NE(Must(wrong->Wait(kRunTimeout)), 0);
  EXPECT_THAT(wrong->err(), HasSubstr("usage: "));
}

TEST_P(ImportTest, AFileThatIsMissingIsAnErrorBeforeTheImportIsOpened) {
  const std::string missing = stage_.directory().path() + "/missing.jsonl";
  const auto program = client_.Start(
      "import_catalog", {stage_.server().address(), kImportId, missing});
  EXPECT_EQ(Must(program->Wait(kRunTimeout)), 1);
  EXPECT_THAT(program->err(), HasSubstr(missing));
  EXPECT_THAT(program->err(), Not(HasSubstr("Traceback")));
  EXPECT_THAT(program->err(), Not(HasSubstr("\n    at ")));
  EXPECT_THAT(stage_.api().Imports(), IsEmpty());
}

TEST_P(ImportTest, OnlyALineFeedEndsALine) {
  auto rows = Rows(2);
  rows[0].name_en = "Blue\u2028mug";
  // JSON may hold both as they are.
  const std::string file = stage_.directory().Write(
      "odd.jsonl", absl::StrReplaceAll(ToText(rows), {{"\\u2028", "\u2028"},
                                                      {"\",\"", "\",\r\""}}));
  const auto program = client_.Start(
      "import_catalog", {stage_.server().address(), kImportId, file});
  EXPECT_EQ(Must(program->Wait(kRunTimeout)), 0) << program->err();
  EXPECT_THAT(process::CompareRecords(rows, stage_.simulator().Products()),
              IsEmpty());
}

TEST_P(ImportTest, ARefusalIsToldWithItsReasonAndNotTriedAgain) {
  const std::string file = Write(Rows(1));
  const auto program = client_.Start(
      "import_catalog", {stage_.server().address(), "not a name", file});
  EXPECT_EQ(Must(program->Wait(kRunTimeout)), 1);
  EXPECT_THAT(program->err(), HasSubstr("FIELD_INVALID"));
  EXPECT_THAT(program->err(), Not(HasSubstr("trying again")));
}

INSTANTIATE_TEST_SUITE_P(Examples, ImportTest, ::testing::ValuesIn(Languages()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace qantara::examples
