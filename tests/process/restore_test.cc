// The log is backed up while the server works, lost, and restored: what the
// backup knew is answered as before, and what it did not know is found at the
// provider before anything is created.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/end_state.h"
#include "tests/process/support/must.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kRows = 600;
constexpr int kEarlier = 20;
constexpr absl::Duration kPatience = absl::Seconds(90);

// Runs qantara_restore.
CliResult RunRestore(const Stage& stage, const std::string& backup,
                     const std::string& data_dir) {
  ProgramCall call;
  call.program = "./tools/qantara_restore";
  call.arguments = {"--backup", backup,   "--data_dir",
                    data_dir,   "--note", "disk lost"};
  call.output = stage.directory().path() + "/restore";
  const auto process = Must(Subprocess::Start(call));
  CliResult result;
  result.exit_code = Must(process->Wait(kPatience));
  result.out = process->out();
  result.err = process->err();
  return result;
}

// Takes a backup; returns its position.
uint64_t BackUp(Stage& stage, const std::string& name) {
  const CliResult taken = stage.RunCli({"log", "backup", name, "--json"});
  EXPECT_EQ(taken.exit_code, 0) << taken.err;
  const std::vector<std::string> parts =
      absl::StrSplit(taken.out, "\"position\":\"");
  uint64_t position = 0;
  if (parts.size() != 2 ||
      !absl::SimpleAtoi(parts[1].substr(0, parts[1].find('"')), &position)) {
    ADD_FAILURE() << taken.out;
  }
  return position;
}

// The data directory is lost; the server goes on with a backup in it.
void LoseAndRestore(Stage& stage, const std::string& name) {
  ASSERT_EQ(Must(stage.server().Stop()), 0);
  const std::string data = stage.server().data_directory();
  const std::string lost = stage.directory().path() + "/lost";
  fs::rename(data, lost);
  const CliResult restored =
      RunRestore(stage, absl::StrCat(lost, "/backups/", name), data);
  ASSERT_EQ(restored.exit_code, 0) << restored.err;
  Must(stage.server().Start());
  // Our old connection is noticed to be dead here.
  stage.api().Imports();
}

// The first `count` events, as JSON.
std::vector<std::string> Events(Stage& stage, size_t count) {
  const CliResult told =
      stage.RunCli({"events", "tail", "--after", "0", "--json"});
  EXPECT_EQ(told.exit_code, 0) << told.err;
  std::vector<std::string> lines = absl::StrSplit(told.out, '\n');
  EXPECT_GE(lines.size(), count);
  lines.resize(count);
  return lines;
}

// What the server answers about a finished import.
std::vector<std::string> Answers(Stage& stage, const std::string& import_id,
                                 const std::vector<CatalogRow>& rows) {
  std::vector<std::string> answers;
  for (const v1::ImportItem& item : stage.api().Items(import_id)) {
    answers.push_back(item.SerializeAsString());
  }
  for (const CatalogRow& row : rows) {
    answers.push_back(stage.api().Product(row.sku).SerializeAsString());
  }
  return answers;
}

std::vector<CatalogRow> RowsFrom(size_t begin, size_t end) {
  const std::vector<CatalogRow> all = SampleRows(kEarlier + kRows);
  return {all.begin() + begin, all.begin() + end};
}

TEST(RestoreTest, AnImportThatEndedAfterTheBackupIsLinkedAndNotCreatedAgain) {
  StageOptions options;
  // The import lasts some ten seconds.
  options.requests_per_minute = 120;
  Stage stage(options);
  const auto earlier = RowsFrom(0, kEarlier);
  ASSERT_EQ(stage
                .RunCli({"import", stage.directory().Write("earlier.csv",
                                                           ToCsv(earlier))})
                .exit_code,
            0);
  const std::string first = stage.api().Imports().at(0).import_id();
  const auto rows = RowsFrom(kEarlier, kEarlier + kRows);
  const std::string file = stage.directory().Write("catalog.csv", ToCsv(rows));
  const auto import = stage.StartCli({"import", file});
  ASSERT_TRUE(WaitUntil(kPatience, [&] {
    return stage.api().Imports().at(0).counts().created() >= 50 &&
           stage.api().Imports().size() == 2;
  }));
  const uint64_t position = BackUp(stage, "mid");
  ASSERT_EQ(Must(import->Wait(kPatience)), 0) << import->err();
  const auto events = Events(stage, position);
  const auto answers = Answers(stage, first, earlier);
  const int64_t requests = stage.simulator().RequestsTotal();
  ASSERT_EQ(stage.simulator().Products().size(), kEarlier + kRows);

  LoseAndRestore(stage, "mid");
  EXPECT_EQ(Events(stage, position), events);
  EXPECT_EQ(Answers(stage, first, earlier), answers);
  const v1::Import half = stage.api().Imports().at(0);
  EXPECT_LT(half.counts().created(), kRows);
  EXPECT_EQ(half.connection_state(), v1::CONNECTION_STATE_PAUSED);
  EXPECT_THAT(stage.RunCli({"status"}).out, HasSubstr("disk lost"));
  EXPECT_EQ(stage.simulator().RequestsTotal(), requests);

  ASSERT_EQ(stage.RunCli({"connection", "resume"}).exit_code, 0);
  const CliResult again = stage.RunCli({"import", file});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  const v1::Import whole = stage.api().Import(half.import_id());
  EXPECT_EQ(SumOf(whole.counts()), kRows);
  EXPECT_GT(whole.counts().linked(), 0u);
  const auto records = stage.simulator().Products();
  EXPECT_THAT(CompareRecords(RowsFrom(0, kEarlier + kRows), records),
              IsEmpty());
  EXPECT_EQ(stage.simulator().CountSince(requests, "POST"), 0);
  EXPECT_EQ(stage.RunCli({"log", "verify"}).exit_code, 0);
}

TEST(RestoreTest, ANamelessItemThatMayExistIsParked) {
  Stage stage;
  ASSERT_EQ(stage.RunCli({"connection", "pause"}).exit_code, 0);
  const std::string file = stage.directory().Write(
      "nameless.csv", "name_en,selling_price\nGlue,5.00\n");
  ASSERT_EQ(stage.RunCli({"import", file, "--allow_missing_sku", "--detach"})
                .exit_code,
            0);
  BackUp(stage, "before");
  ASSERT_EQ(stage.RunCli({"connection", "resume"}).exit_code, 0);
  ASSERT_TRUE(WaitUntil(
      kPatience, [&] { return stage.simulator().Products().size() == 1; }));

  LoseAndRestore(stage, "before");
  ASSERT_EQ(stage.RunCli({"connection", "resume"}).exit_code, 0);
  ASSERT_TRUE(WaitUntil(kPatience, [&] {
    return stage.api().Imports().at(0).counts().parked() == 1;
  }));
  EXPECT_THAT(stage.RunCli({"parked"}).out, HasSubstr("OUTCOME_UNKNOWN"));
  EXPECT_EQ(stage.simulator().Products().size(), 1u);
}

TEST(RestoreTest, TheServerDoesNotStartOnABackup) {
  Stage stage;
  BackUp(stage, "b");
  ASSERT_EQ(Must(stage.server().Stop()), 0);
  ProgramCall call;
  call.program = "./server/qantara_server";
  call.arguments = {
      "--config",   stage.directory().path() + "/server.textproto",
      "--data_dir", stage.server().data_directory() + "/backups/b",
      "--listen",   "127.0.0.1:0"};
  call.output = stage.directory().path() + "/refused";
  const auto process = Must(Subprocess::Start(call));
  EXPECT_EQ(Must(process->Wait(kPatience)), 1);
  EXPECT_THAT(process->err(), HasSubstr("qantara_restore"));
}

}  // namespace
}  // namespace qantara::process
