// A backup is whole, names what is in it, and is there completely or not at
// all.
#include "store/log_backup.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/env.h"
#include "store/backup_manifest.h"
#include "store/rocksdb_event_log.h"
#include "tests/store/sample_events.h"
#include "tests/store/temporary_directory.h"

namespace qantara::store {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

class LogBackupTest : public ::testing::Test {
 protected:
  LogBackupTest() : target_(directory_.path() + "/backup") {
    auto log =
        RocksdbEventLog::Open({.directory = directory_.path() + "/data"});
    EXPECT_TRUE(log.ok()) << log.status();
    log_ = *std::move(log);
  }

  // Takes a backup, doing `between` before each step.
  absl::StatusOr<domain::BackupProgress> BackUp(
      const std::function<void()>& between = [] {}) {
    auto work = log_->BeginBackup(target_, kNow);
    if (!work.ok()) return work.status();
    while (true) {
      between();
      auto progress = (*work)->Next();
      if (!progress.ok() || progress->complete) return progress;
    }
  }
  // What is beside the data directory.
  std::set<std::string> Names() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(directory_.path())) {
      names.insert(entry.path().filename());
    }
    return names;
  }

  TemporaryDirectory directory_;
  const std::string target_;
  std::unique_ptr<RocksdbEventLog> log_;
};

TEST_F(LogBackupTest, HoldsWhatTheLogHeld) {
  ASSERT_TRUE(AppendTexts(*log_, {"a", "b"}).ok());
  ASSERT_TRUE(AppendTexts(*log_, {"c"}).ok());
  const auto progress = BackUp();
  ASSERT_TRUE(progress.ok()) << progress.status();
  EXPECT_EQ(progress->position, 3u);
  EXPECT_EQ(progress->checked, 3u);
  EXPECT_EQ(progress->bytes_copied, progress->bytes_total);
  EXPECT_THAT(Names(), ElementsAre("backup", "data"));
  EXPECT_FALSE(fs::exists(directory_.path() + "/data/backup.tmp"));
  const auto manifest = ReadManifest(nullptr, target_);
  ASSERT_TRUE(manifest.ok() && manifest->has_value());
  EXPECT_EQ((*manifest)->position(), 3u);
  EXPECT_EQ((*manifest)->digest(), progress->digest);
  EXPECT_EQ((*manifest)->time().seconds(), absl::ToUnixSeconds(kNow));
  const auto copy = RocksdbEventLog::Open({.directory = target_});
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_TRUE((*copy)->writable().ok()) << (*copy)->writable();
  EXPECT_THAT(TextsAfter(**copy), ElementsAre("a", "b", "c"));
}

TEST_F(LogBackupTest, WhatIsAppendedMeanwhileIsNoPartOfIt) {
  ASSERT_TRUE(AppendTexts(*log_, {"a"}).ok());
  const auto progress =
      BackUp([this] { ASSERT_TRUE(AppendTexts(*log_, {"later"}).ok()); });
  ASSERT_TRUE(progress.ok()) << progress.status();
  EXPECT_EQ(progress->position, 1u);
  EXPECT_GT(log_->head(), 3u);
  EXPECT_TRUE(log_->Verify().ok());
}

TEST_F(LogBackupTest, AnEmptyLogHasABackup) {
  const auto progress = BackUp();
  ASSERT_TRUE(progress.ok()) << progress.status();
  EXPECT_EQ(progress->position, 0u);
  EXPECT_EQ(progress->digest, "");
}

TEST_F(LogBackupTest, SharesNoFileWithTheLog) {
  ASSERT_TRUE(AppendTexts(*log_, {"a"}).ok());
  ASSERT_TRUE(BackUp().ok());
  for (const auto& entry : fs::recursive_directory_iterator(target_)) {
    if (entry.is_regular_file()) {
      EXPECT_EQ(fs::hard_link_count(entry.path()), 1u) << entry.path();
    }
  }
}

TEST_F(LogBackupTest, AnEmptyFolderIsTakenAndAFullOneRefused) {
  fs::create_directory(target_);
  ASSERT_TRUE(BackUp().ok());
  const absl::Status again = BackUp().status();
  EXPECT_TRUE(absl::IsAlreadyExists(again)) << again;
  EXPECT_THAT(again.message(), HasSubstr("is not empty"));
  EXPECT_THAT(Names(), ElementsAre("backup", "data"));
}

TEST_F(LogBackupTest, OneThatIsGivenUpLeavesNothing) {
  ASSERT_TRUE(AppendTexts(*log_, {"a"}).ok());
  {
    auto work = log_->BeginBackup(target_, kNow);
    ASSERT_TRUE(work.ok()) << work.status();
    ASSERT_TRUE((*work)->Next().ok());
    EXPECT_THAT(Names(), ElementsAre("backup.partial", "data"));
  }
  EXPECT_THAT(Names(), ElementsAre("data"));
  EXPECT_FALSE(fs::exists(directory_.path() + "/data/backup.tmp"));
}

TEST_F(LogBackupTest, WhatACrashLeftIsReplaced) {
  ASSERT_TRUE(AppendTexts(*log_, {"a"}).ok());
  for (const std::string& left :
       {target_ + ".partial/log", directory_.path() + "/data/backup.tmp"}) {
    fs::create_directories(left);
    std::ofstream(left + "/000001.sst") << "half";
  }
  ASSERT_TRUE(BackUp().ok());
  EXPECT_THAT(Names(), ElementsAre("backup", "data"));
}

TEST_F(LogBackupTest, AFolderWithoutParentIsRefused) {
  const auto work = log_->BeginBackup(directory_.path() + "/no/backup", kNow);
  EXPECT_TRUE(absl::IsUnavailable(work.status())) << work.status();
}

}  // namespace
}  // namespace qantara::store
