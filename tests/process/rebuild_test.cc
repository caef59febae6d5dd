// The derived tables are lost; the log has everything.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "tests/process/support/catalog.h"
#include "tests/process/support/must.h"
#include "tests/process/support/stage.h"

namespace qantara::process {
namespace {

constexpr int kRows = 120;

// What the server answers, as bytes.
std::vector<std::string> Answers(ApiClient& api,
                                 const std::vector<CatalogRow>& rows) {
  std::vector<std::string> answers;
  for (const v1::Import& import : api.Imports()) {
    answers.push_back(import.SerializeAsString());
    answers.push_back(api.Import(import.import_id()).SerializeAsString());
    for (const v1::ImportItem& item : api.Items(import.import_id())) {
      answers.push_back(item.SerializeAsString());
    }
  }
  for (const CatalogRow& row : rows) {
    if (row.selling_price.empty()) continue;
    answers.push_back(api.Product(row.sku).SerializeAsString());
  }
  return answers;
}

TEST(RebuildTest, WithoutItsTablesTheServerAnswersAsBefore) {
  Stage stage;
  std::vector<CatalogRow> rows = SampleRows(kRows);
  rows[3].selling_price.clear();
  stage.RunCli({"import", stage.directory().Write("first.csv", ToCsv(rows))});
  rows[5].selling_price = "7.75";
  stage.RunCli({"import", stage.directory().Write("second.csv", ToCsv(rows))});
  v1::UpdateProductRequest update;
  *update.mutable_key() = Sku(rows[0].sku);
  update.mutable_product()->set_name_en("Cup");
  v1::UpdateProductResponse updated;
  ASSERT_TRUE(stage.api().Update(update, &updated).ok());
  const std::vector<std::string> before = Answers(stage.api(), rows);
  ASSERT_GT(before.size(), 3 * kRows);

  ASSERT_EQ(Must(stage.server().Stop()), 0);
  const std::string tables = stage.server().data_directory() + "/tables";
  std::error_code error;
  ASSERT_GT(std::filesystem::remove_all(tables, error), 0) << error.message();
  Must(stage.server().Start());

  EXPECT_EQ(Answers(stage.api(), rows), before);
}

}  // namespace
}  // namespace qantara::process
