#include "tools/restore/restore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "store/rocksdb_event_log.h"
#include "tests/store/sample_events.h"
#include "tests/store/temporary_directory.h"

namespace qantara::tools {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

class RestoreTest : public ::testing::Test {
 protected:
  RestoreTest()
      : backup_(directory_.path() + "/backup"),
        data_dir_(directory_.path() + "/new") {}

  // A log of three events, and its backup.
  void SetUp() override {
    const auto log =
        store::RocksdbEventLog::Open({.directory = directory_.path() + "/old"});
    ASSERT_TRUE(log.ok()) << log.status();
    ASSERT_TRUE(store::AppendTexts(**log, {"a", "b"}).ok());
    ASSERT_TRUE(store::AppendTexts(**log, {"c"}).ok());
    auto work = (*log)->BeginBackup(backup_, kNow);
    ASSERT_TRUE(work.ok()) << work.status();
    for (bool complete = false; !complete;) {
      const auto progress = (*work)->Next();
      ASSERT_TRUE(progress.ok()) << progress.status();
      complete = progress->complete;
    }
  }

  absl::Status Run(const std::string& note = "") {
    return Restore({backup_, data_dir_, note}, kNow, out_);
  }

  store::TemporaryDirectory directory_;
  const std::string backup_;
  const std::string data_dir_;
  std::ostringstream out_;
};

TEST_F(RestoreTest, TheLogGoesOnWithLogRestored) {
  ASSERT_TRUE(Run("disk lost").ok());
  EXPECT_FALSE(fs::exists(data_dir_ + ".partial"));
  EXPECT_FALSE(fs::exists(data_dir_ + "/BACKUP"));
  const auto log = store::RocksdbEventLog::Open({.directory = data_dir_});
  ASSERT_TRUE(log.ok()) << log.status();
  ASSERT_TRUE((*log)->writable().ok()) << (*log)->writable();
  const auto events = (*log)->Read(0, {});
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_EQ(events->size(), 4u);
  EXPECT_EQ(store::TextOf(*(*events)[2]), "c");
  const events::v1::EventRecord& last = *events->back();
  EXPECT_EQ(last.stream(), "log");
  EXPECT_EQ(last.event().log_restored().backup_position(), 3u);
  EXPECT_EQ(last.event().log_restored().note(), "disk lost");
  EXPECT_TRUE((*log)->Verify().ok());
  EXPECT_THAT(out_.str(), HasSubstr("up to position 3"));
}

TEST_F(RestoreTest, TheBackupStaysAndCanBeRestoredAgain) {
  ASSERT_TRUE(Run().ok());
  fs::remove_all(data_dir_);
  fs::create_directory(data_dir_);
  EXPECT_TRUE(Run().ok());
}

TEST_F(RestoreTest, ADirectoryWithSomethingInItIsLeftAlone) {
  fs::create_directory(data_dir_);
  std::ofstream(data_dir_ + "/mine") << "x";
  EXPECT_TRUE(absl::IsAlreadyExists(Run()));
  EXPECT_TRUE(fs::exists(data_dir_ + "/mine"));
}

TEST_F(RestoreTest, WhatIsNoBackupIsRefused) {
  fs::remove(backup_ + "/BACKUP");
  const absl::Status restored = Run();
  EXPECT_TRUE(absl::IsNotFound(restored)) << restored;
  EXPECT_FALSE(fs::exists(data_dir_));
}

TEST_F(RestoreTest, ABackupThatIsNotWhatItSaysIsRefused) {
  std::ofstream(backup_ + "/BACKUP") << "position: 2 digest: 'x'";
  const absl::Status restored = Run();
  EXPECT_TRUE(absl::IsDataLoss(restored)) << restored;
  EXPECT_THAT(restored.message(), HasSubstr("ends at position 3"));
  EXPECT_FALSE(fs::exists(data_dir_));
  EXPECT_FALSE(fs::exists(data_dir_ + ".partial"));
}

}  // namespace
}  // namespace qantara::tools
