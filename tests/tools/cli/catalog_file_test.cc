#include "tools/cli/catalog_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tools/cli/catalog/byte_source.h"
#include "tools/cli/import_id.h"

namespace qantara::tools {
namespace {

constexpr char kCatalog[] = "sku,price\nA,1\nB,\n";

// printf 'sku,price\nA,1\nB,\n' | sha256sum
constexpr char kSha256[] =
    "722e4680fc15cc90397f3cd9879916c64ecf5105e26610f32817cfbbf8aba8fc";

uint32_t Count(const CatalogFile& file) {
  auto reader = file.NewReader(CatalogFormat::kDetect, {});
  EXPECT_TRUE(reader.ok()) << reader.status();
  const auto survey = Survey(**reader);
  EXPECT_TRUE(survey.ok()) << survey.status();
  return survey->records;
}

TEST(CatalogFileTest, AFileIsReadAgainAndAgainAlsoWithoutItsName) {
  const std::string path = ::testing::TempDir() + "/again.csv";
  std::ofstream(path) << kCatalog;
  const auto file = CatalogFile::Open(path);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ((*file)->name(), "again.csv");
  unlink(path.c_str());
  EXPECT_EQ(Count(**file), 2u);
  EXPECT_EQ(Count(**file), 2u);
  EXPECT_EQ(*(*file)->Sha256(), kSha256);
}

TEST(CatalogFileTest, APipeIsCopied) {
  const std::string path = ::testing::TempDir() + "/pipe";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(path) << kCatalog; });
  const auto file = CatalogFile::Open(path);
  writer.join();
  unlink(path.c_str());
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(Count(**file), 2u);
  EXPECT_EQ(*(*file)->Sha256(), kSha256);
}

TEST(CatalogFileTest, WhatIsNoFileIsRefused) {
  EXPECT_EQ(CatalogFile::Open("/nowhere/x").status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(CatalogFile::Open(::testing::TempDir()).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(SurveyTest, TextThatIsNotUtf8IsCountedAndTheFirstIsNamed) {
  auto reader = OpenCatalog(ReadText("sku,name\nA,a\nB,caf\xE9\nC,\xFF\n"),
                            CatalogFormat::kCsv, {});
  ASSERT_TRUE(reader.ok());
  const auto survey = Survey(**reader);
  ASSERT_TRUE(survey.ok());
  EXPECT_EQ(survey->records, 3u);
  EXPECT_EQ(survey->notices, 2u);
  EXPECT_EQ(survey->first_notice,
            "row 2, line 3, column \"name\": byte 4 is not valid UTF-8");
  EXPECT_EQ(survey->fields, (std::set<CatalogField>{CatalogField::kSku,
                                                    CatalogField::kNameEn}));
}

TEST(ImportIdTest, TheNameDependsOnEverythingThatChangesTheImport) {
  CatalogOptions options;
  v1::ImportHeader header;
  const std::string id = ImportIdOf("d", CatalogFormat::kCsv, options, header);
  EXPECT_EQ(id.size(), 32u);
  header.set_source_name("other.csv");
  EXPECT_EQ(ImportIdOf("d", CatalogFormat::kCsv, options, header), id);

  EXPECT_NE(ImportIdOf("e", CatalogFormat::kCsv, options, header), id);
  EXPECT_NE(ImportIdOf("d", CatalogFormat::kJsonl, options, header), id);
  CatalogOptions omit = options;
  omit.omit_blank_price = true;
  EXPECT_NE(ImportIdOf("d", CatalogFormat::kCsv, omit, header), id);
  CatalogOptions mapped = options;
  mapped.mapping.columns[CatalogField::kSku] = "No";
  EXPECT_NE(ImportIdOf("d", CatalogFormat::kCsv, mapped, header), id);
  header.set_connection("jeddah");
  EXPECT_NE(ImportIdOf("d", CatalogFormat::kCsv, options, header), id);
}

TEST(ImportIdTest, LaterTurnsHaveNumbers) {
  EXPECT_EQ(ImportIdOfTurn("a", 1), "a");
  EXPECT_EQ(ImportIdOfTurn("a", 2), "a-2");
}

}  // namespace
}  // namespace qantara::tools
