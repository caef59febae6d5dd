#include "store/rocksdb_event_log.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/env.h"
#include "store/database.h"
#include "store/database_options.h"
#include "store/log_format.h"
#include "store/log_reader.h"
#include "tests/store/disk_image.h"
#include "tests/store/event_log_candidates.h"
#include "tests/store/event_log_contract.h"
#include "tests/store/faulty_file_system.h"
#include "tests/store/sample_events.h"
#include "tests/store/temporary_directory.h"

namespace qantara::store {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

INSTANTIATE_TEST_SUITE_P(
    Disk, EventLogContract,
    ::testing::Values([]() -> std::unique_ptr<LogUnderTest> {
      return std::make_unique<DiskLogUnderTest>(1 << 20);
    }));

INSTANTIATE_TEST_SUITE_P(
    DiskWithoutRecentEvents, EventLogContract,
    ::testing::Values([]() -> std::unique_ptr<LogUnderTest> {
      return std::make_unique<DiskLogUnderTest>(0);
    }));

INSTANTIATE_TEST_SUITE_P(
    Memory, EventLogContract,
    ::testing::Values([]() -> std::unique_ptr<LogUnderTest> {
      return std::make_unique<MemoryLogUnderTest>();
    }));

class RocksdbEventLogTest : public ::testing::Test {
 protected:
  RocksdbEventLogTest() : path_(directory_.path() + "/data") {}

  absl::StatusOr<std::unique_ptr<RocksdbEventLog>> TryOpen() {
    RocksdbEventLog::Options options;
    options.directory = path_;
    options.recent_bytes = 0;
    return RocksdbEventLog::Open(options);
  }

  std::unique_ptr<RocksdbEventLog> Open() {
    auto log = TryOpen();
    EXPECT_TRUE(log.ok()) << log.status();
    if (!log.ok()) abort();
    return *std::move(log);
  }

  // A copy of the data directory as it is now, as after a crash.
  std::string Copy(const std::string& name) {
    const std::string copy = directory_.path() + "/" + name;
    fs::copy(path_, copy, fs::copy_options::recursive);
    return copy;
  }

  // Changes the log's database behind the log's back.
  void Change(LogFamily family, const std::string& key,
              const std::string& value) {
    const auto database = Database::Open(
        path_ + "/log", LogDatabaseOptions(*rocksdb::Env::Default()),
        LogFamilies(), Database::Mode::kReadWrite);
    ASSERT_TRUE(database.ok()) << database.status();
    ASSERT_TRUE((*database)
                    ->db()
                    .Put({}, (*database)->family(family), key, value)
                    .ok());
  }

  // Path of the newest write-ahead log.
  std::string Wal() {
    std::string newest;
    for (const auto& entry : fs::directory_iterator(path_ + "/log")) {
      if (entry.path().extension() == ".log") {
        newest = std::max(newest, entry.path().string());
      }
    }
    return newest;
  }

  static std::string BytesOf(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }

  static void SetBytes(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
  }

  // Opens a log that must be readable up to `head`, and closed for writing for
  // a reason that mentions `why`.
  void ExpectReadOnly(domain::Position head, const std::string& why) {
    const auto log = Open();
    EXPECT_EQ(log->head(), head);
    EXPECT_EQ(log->writable().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(log->writable().message(), HasSubstr(why));
    EXPECT_EQ(AppendTexts(*log, {"x"}), log->writable());
    EXPECT_EQ(log->head(), head);
  }

  TemporaryDirectory directory_;
  std::string path_;
};

TEST_F(RocksdbEventLogTest, DirectoryInUseIsSaidSo) {
  const auto log = Open();
  const absl::Status second = TryOpen().status();
  EXPECT_EQ(second.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(second.message(),
              AllOf(HasSubstr(path_), HasSubstr("in use by another process")));
}

TEST_F(RocksdbEventLogTest, DirectoryThatCannotBeMadeIsUnavailable) {
  path_ = directory_.path() + "/absent/data";
  EXPECT_EQ(TryOpen().status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(RocksdbEventLogTest, CopyOfARunningLogHoldsEverythingAcknowledged) {
  const auto log = Open();
  ASSERT_TRUE(AppendTexts(*log, {"a", "b"}).ok());
  path_ = Copy("copy");
  const auto copy = Open();
  EXPECT_TRUE(copy->writable().ok()) << copy->writable();
  EXPECT_THAT(TextsAfter(*copy), ElementsAre("a", "b"));
  EXPECT_TRUE(AppendTexts(*copy, {"c"}).ok());
}

TEST_F(RocksdbEventLogTest, LogShorterThanItsMarkerIsOnlyRead) {
  auto log = Open();
  ASSERT_TRUE(AppendTexts(*log, {"a", "b"}).ok());
  const std::string old = Copy("old");
  ASSERT_TRUE(AppendTexts(*log, {"c"}).ok());
  log.reset();
  fs::remove_all(path_ + "/log");
  fs::copy(old + "/log", path_ + "/log", fs::copy_options::recursive);
  ExpectReadOnly(2,
                 "it ends at position 2, but its marker says that it went to "
                 "position 3");
}

TEST_F(RocksdbEventLogTest, DamagedTailIsOnlyReadAndStaysOnDisk) {
  auto log = Open();
  ASSERT_TRUE(AppendTexts(*log, {"a"}).ok());
  const size_t good = BytesOf(Wal()).size();
  ASSERT_TRUE(AppendTexts(*log, {"b"}).ok());
  log.reset();
  std::string bytes = BytesOf(Wal());
  bytes[good + 20] ^= 1;
  SetBytes(Wal(), bytes);
  const std::string wal = Wal();
  ExpectReadOnly(1, "went to position 2");
  EXPECT_EQ(Wal(), wal);
  EXPECT_EQ(BytesOf(wal), bytes);
  // Mending the bytes brings everything back.
  bytes[good + 20] ^= 1;
  SetBytes(wal, bytes);
  EXPECT_THAT(TextsAfter(*Open()), ElementsAre("a", "b"));
  EXPECT_TRUE(Open()->writable().ok());
}

TEST_F(RocksdbEventLogTest, TornTailBehindTheMarkerIsDropped) {
  auto log = Open();
  ASSERT_TRUE(AppendTexts(*log, {"a"}).ok());
  const std::string head = BytesOf(path_ + "/head");
  ASSERT_TRUE(AppendTexts(*log, {"b"}).ok());
  log.reset();
  SetBytes(path_ + "/head", head);
  const std::string bytes = BytesOf(Wal());
  SetBytes(Wal(), bytes.substr(0, bytes.size() - 1));
  log = Open();
  EXPECT_TRUE(log->writable().ok()) << log->writable();
  EXPECT_THAT(TextsAfter(*log), ElementsAre("a"));
  EXPECT_TRUE(AppendTexts(*log, {"c"}).ok());
}

TEST_F(RocksdbEventLogTest, MarkerBehindTheLogIsBroughtForward) {
  auto log = Open();
  ASSERT_TRUE(AppendTexts(*log, {"a"}).ok());
  const std::string head = BytesOf(path_ + "/head");
  ASSERT_TRUE(AppendTexts(*log, {"b"}).ok());
  log.reset();
  SetBytes(path_ + "/head", head);
  const std::string old = Copy("old");
  log = Open();
  EXPECT_TRUE(log->writable().ok());
  EXPECT_NE(BytesOf(path_ + "/head"), head);
}

TEST_F(RocksdbEventLogTest, DamagedMarkerStopsWritingUntilItIsRemoved) {
  ASSERT_TRUE(AppendTexts(*Open(), {"a"}).ok());
  SetBytes(path_ + "/head", "nonsense");
  ExpectReadOnly(1, "/head is unreadable");
  fs::remove(path_ + "/head");
  EXPECT_TRUE(AppendTexts(*Open(), {"b"}).ok());
}

TEST_F(RocksdbEventLogTest, AnotherHistoryThanTheMarkersIsOnlyRead) {
  ASSERT_TRUE(AppendTexts(*Open(), {"a"}).ok());
  const std::string head = BytesOf(path_ + "/head");
  // Another commit up to the marker's position, and one that goes beyond it.
  for (const bool same_bounds : {true, false}) {
    fs::remove_all(path_);
    {
      const auto log = Open();
      if (same_bounds) {
        ASSERT_TRUE(AppendTexts(*log, {"b"}).ok());
        ASSERT_TRUE(AppendTexts(*log, {"c"}).ok());
      } else {
        ASSERT_TRUE(AppendTexts(*log, {"b", "c"}).ok());
      }
    }
    SetBytes(path_ + "/head", head);
    ExpectReadOnly(2, "its history up to position 1 is another one");
  }
}

TEST_F(RocksdbEventLogTest, MissingDatabaseWithMarkerIsDataLoss) {
  ASSERT_TRUE(AppendTexts(*Open(), {"a"}).ok());
  fs::remove_all(path_ + "/log");
  const absl::Status status = TryOpen().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(status.message(), HasSubstr("went to position 1"));
}

TEST_F(RocksdbEventLogTest, UnreadableEventsAreDataLossWithTheirPosition) {
  events::v1::EventRecord other = *SampleEvent(7, "s", "a").record;
  events::v1::EventRecord unknown = *SampleEvent(2, "s", "a").record;
  // Field 999, which no kind has: written by a later release.
  unknown.mutable_event()->Clear();
  unknown.mutable_event()
      ->GetReflection()
      ->MutableUnknownFields(unknown.mutable_event())
      ->AddVarint(999, 1);
  events::v1::EventRecord cut = *SampleEvent(2, "s", "a").record;
  cut.mutable_event()->mutable_event_cut()->set_value_digest("x");
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"unknown format", ""},
      {"unknown format", "\x03x"},
      {"not as it was written", "\x02x"},
      {"not as it was written", "\x02 12345678"},
      {"its format is not that of its kind",
       "\x01" + EncodeEvent(cut).substr(9)},
      {"it does not parse", "\x01\xff\xff"},
      {"it says position 7", EncodeEvent(other)},
      {"unknown kind of event", EncodeEvent(unknown)},
  };
  ASSERT_TRUE(AppendTexts(*Open(), {"a"}).ok());
  ASSERT_TRUE(AppendTexts(*Open(), {"b"}).ok());
  ASSERT_TRUE(AppendTexts(*Open(), {"c"}).ok());
  for (const auto& [why, value] : cases) {
    Change(kEvents, NumberBytes(2), value);
    const auto log = Open();
    EXPECT_TRUE(log->writable().ok());
    for (const absl::Status& status :
         {log->Read(0, {}).status(), log->ReadStream("s", 0, {}).status(),
          log->Verify().status()}) {
      EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
      EXPECT_THAT(status.message(),
                  AllOf(HasSubstr("position 2"), HasSubstr(why)));
    }
    EXPECT_TRUE(log->Read(2, {}).ok());
  }
}

TEST_F(RocksdbEventLogTest, ReadingEndsAtTheHeadOfItsBeginning) {
  ASSERT_TRUE(AppendTexts(*Open(), {"a", "b"}).ok());
  const auto database = Database::Open(
      path_ + "/log", LogDatabaseOptions(*rocksdb::Env::Default()),
      LogFamilies(), Database::Mode::kReadOnly);
  ASSERT_TRUE(database.ok()) << database.status();
  EXPECT_EQ(ReadEvents(**database, 1, 1, {})->size(), 1);
  EXPECT_EQ(ReadStreamEvents(**database, "s", 0, 1, {})->size(), 1);
  EXPECT_EQ(ReadEvents(**database, 1, 3, {}).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST_F(RocksdbEventLogTest, DamagedLastCommitStopsWriting) {
  ASSERT_TRUE(AppendTexts(*Open(), {"a", "b"}).ok());
  Change(kEvents, NumberBytes(1),
         EncodeEvent(*SampleEvent(1, "s", "z").record));
  ExpectReadOnly(2, "the digest of positions 1 to 2 is another one");
}

TEST_F(RocksdbEventLogTest, EventOutsideOfACommitStopsWriting) {
  ASSERT_TRUE(AppendTexts(*Open(), {"a"}).ok());
  Change(kEvents, NumberBytes(2),
         EncodeEvent(*SampleEvent(2, "s", "b").record));
  ExpectReadOnly(1, "the last event is at 2");
}

TEST_F(RocksdbEventLogTest, VerifyFindsAChangedEvent) {
  {
    const auto log = Open();
    EXPECT_EQ(log->Verify().value(), 0);
    for (const char* text : {"a", "b", "c"}) {
      ASSERT_TRUE(AppendTexts(*log, {text, text}).ok());
    }
    EXPECT_EQ(log->Verify().value(), 6);
    EXPECT_EQ(log->Verify(4).value(), 6);
  }
  // A whole event, only another one.
  events::v1::EventRecord changed = *SampleEvent(3, "s", "z").record;
  changed.set_revision(3);
  Change(kEvents, NumberBytes(3), EncodeEvent(changed));
  const auto log = Open();
  EXPECT_TRUE(log->Read(0, {}).ok());
  EXPECT_THAT(log->Verify().status().message(), HasSubstr("positions 3 to 4"));
}

// The rule behind all answers: what was acknowledged is there, in order, and
// behind it at most the commit whose outcome was not known.
class FailingDiskTest
    : public RocksdbEventLogTest,
      public ::testing::WithParamInterface<FaultyFileSystem::Failure> {};

TEST_P(FailingDiskTest, EveryFailureIsUnknownAndStopsWriting) {
  constexpr int kOperations = 24;
  int failures = 0;
  for (int operation = 0; operation < kOperations; ++operation) {
    const auto memory = EnvOf({});
    ASSERT_TRUE(memory->CreateDirIfMissing("/data").ok());
    const auto faulty =
        std::make_shared<FaultyFileSystem>(memory->GetFileSystem());
    const auto env = rocksdb::NewCompositeEnv(faulty);
    RocksdbEventLog::Options options;
    options.directory = "/data";
    options.env = env.get();
    options.recent_bytes = 0;
    std::vector<std::string> acknowledged;
    {
      auto log = RocksdbEventLog::Open(options);
      ASSERT_TRUE(log.ok()) << log.status();
      faulty->FailAfter(operation, GetParam());
      absl::Status status;
      for (int i = 0; i < 3 * kOperations && status.ok(); ++i) {
        status = AppendTexts(**log, {std::to_string(i)});
        if (status.ok()) acknowledged.push_back(std::to_string(i));
      }
      ASSERT_FALSE(status.ok());
      EXPECT_EQ((*log)->writable().code(),
                absl::StatusCode::kFailedPrecondition);
      EXPECT_EQ(AppendTexts(**log, {"x"}), (*log)->writable());
      EXPECT_EQ(TextsAfter(**log), acknowledged);
      if (absl::IsUnavailable(status)) ++failures;
    }
    faulty->LosePower();
    options.env = memory.get();
    const auto log = RocksdbEventLog::Open(options);
    ASSERT_TRUE(log.ok()) << log.status();
    EXPECT_TRUE((*log)->writable().ok()) << (*log)->writable();
    std::vector<std::string> found = TextsAfter(**log);
    ASSERT_GE(found.size(), acknowledged.size());
    ASSERT_LE(found.size(), acknowledged.size() + 1);
    found.resize(acknowledged.size());
    EXPECT_EQ(found, acknowledged);
    EXPECT_TRUE(AppendTexts(**log, {"y"}).ok());
    EXPECT_TRUE((*log)->Verify().ok());
  }
  // Writes and syncs of the write-ahead log, and not only of the marker.
  EXPECT_GT(failures, kOperations / 2);
}

INSTANTIATE_TEST_SUITE_P(
    Failures, FailingDiskTest,
    ::testing::Values(
        FaultyFileSystem::Failure{},
        FaultyFileSystem::Failure{
            FaultyFileSystem::Failing::kAll,
            rocksdb::IOStatus::NoSpace("no space is left"), ""},
        FaultyFileSystem::Failure{FaultyFileSystem::Failing::kSyncs,
                                  rocksdb::IOStatus::IOError("fsync failed"),
                                  ""},
        // What is lost in a failed sync is not there after one that works.
        FaultyFileSystem::Failure{FaultyFileSystem::Failing::kOnce,
                                  rocksdb::IOStatus::IOError("fsync failed"),
                                  "/log/"},
        FaultyFileSystem::Failure{
            FaultyFileSystem::Failing::kOnce,
            rocksdb::IOStatus::NoSpace("no space is left"), "/log/"}));

TEST_F(RocksdbEventLogTest, FailedMarkerStopsWritingAfterTheCommit) {
  const auto faulty =
      std::make_shared<FaultyFileSystem>(rocksdb::FileSystem::Default());
  const auto env = rocksdb::NewCompositeEnv(faulty);
  RocksdbEventLog::Options options;
  options.directory = path_;
  options.env = env.get();
  auto log = RocksdbEventLog::Open(options);
  ASSERT_TRUE(log.ok());
  faulty->FailAfter(0, "/head");
  EXPECT_TRUE(AppendTexts(**log, {"a"}).ok());
  EXPECT_THAT((*log)->writable().message(), HasSubstr("head marker"));
  EXPECT_THAT(TextsAfter(**log), ElementsAre("a"));
}

}  // namespace
}  // namespace qantara::store
