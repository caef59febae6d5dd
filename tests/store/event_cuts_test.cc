// Cuts of the log on disk: the chain of digests runs across them, and every
// failure leaves events whole or cut.
#include "store/event_cuts.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/digest.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/env.h"
#include "store/big_endian.h"
#include "store/database.h"
#include "store/database_options.h"
#include "store/log_format.h"
#include "store/rocksdb_event_log.h"
#include "tests/store/disk_image.h"
#include "tests/store/event_log_candidates.h"
#include "tests/store/faulty_file_system.h"
#include "tests/store/history_cutter_contract.h"
#include "tests/store/sample_events.h"
#include "tests/store/temporary_directory.h"

namespace qantara::store {
namespace {

using ::testing::HasSubstr;

INSTANTIATE_TEST_SUITE_P(
    Disk, HistoryCutterContract,
    ::testing::Values([]() -> std::unique_ptr<LogUnderTest> {
      return std::make_unique<DiskLogUnderTest>(1 << 20);
    }));

INSTANTIATE_TEST_SUITE_P(
    DiskWithoutRecentEvents, HistoryCutterContract,
    ::testing::Values([]() -> std::unique_ptr<LogUnderTest> {
      return std::make_unique<DiskLogUnderTest>(0);
    }));

INSTANTIATE_TEST_SUITE_P(
    Memory, HistoryCutterContract,
    ::testing::Values([]() -> std::unique_ptr<LogUnderTest> {
      return std::make_unique<MemoryLogUnderTest>();
    }));

domain::NewEvent StockEvent(domain::Position position) {
  domain::NewEvent event = SampleEvent(position, "s", "");
  *event.record->mutable_event() = SampleStock(absl::StrCat(position));
  return event;
}

absl::Status AppendStock(domain::EventLog& log, int count = 1) {
  std::vector<domain::NewEvent> events;
  for (int i = 1; i <= count; ++i) events.push_back(StockEvent(log.head() + i));
  return log.Append(absl::MakeSpan(events));
}

class EventCutsTest : public ::testing::Test {
 protected:
  EventCutsTest() : path_(directory_.path() + "/data") {}

  std::unique_ptr<RocksdbEventLog> Open(rocksdb::Env* env = nullptr) {
    RocksdbEventLog::Options options;
    options.directory = path_;
    options.env = env;
    options.recent_bytes = 0;
    auto log = RocksdbEventLog::Open(options);
    EXPECT_TRUE(log.ok()) << log.status();
    if (!log.ok()) abort();
    return *std::move(log);
  }

  std::unique_ptr<Database> OpenDatabase() {
    auto database = Database::Open(path_ + "/log",
                                   LogDatabaseOptions(*rocksdb::Env::Default()),
                                   LogFamilies(), Database::Mode::kReadWrite);
    EXPECT_TRUE(database.ok()) << database.status();
    return *std::move(database);
  }

  std::string Value(LogFamily family, domain::Position position) {
    const auto database = OpenDatabase();
    std::string value;
    EXPECT_TRUE(
        database->db()
            .Get({}, database->family(family), NumberBytes(position), &value)
            .ok());
    return value;
  }

  void SetValue(LogFamily family, domain::Position position,
                const std::string& value) {
    const auto database = OpenDatabase();
    ASSERT_TRUE(
        database->db()
            .Put({}, database->family(family), NumberBytes(position), value)
            .ok());
  }

  // Three commits of two events each; the first four are cut.
  void MakeCutLog() {
    const auto log = Open();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(AppendStock(*log, 2).ok());
    const std::vector<domain::Position> positions = {1, 2, 3, 4};
    ASSERT_EQ(log->Cut(positions)->cut, 4);
  }

  TemporaryDirectory directory_;
  std::string path_;
};

TEST_F(EventCutsTest, ChainIsVerifiedAcrossACut) {
  MakeCutLog();
  const auto log = Open();
  EXPECT_EQ(log->Verify().value(), 6);
  ASSERT_TRUE(AppendStock(*log).ok());
  EXPECT_EQ(log->Verify(2).value(), 7);
}

TEST_F(EventCutsTest, DigestLeftBehindIsThatOfTheStoredValue) {
  {
    const auto log = Open();
    ASSERT_TRUE(AppendStock(*log).ok());
    ASSERT_TRUE(AppendStock(*log).ok());
  }
  const Digest digest = domain::Digest32Of(Value(kEvents, 1));
  const auto log = Open();
  const std::vector<domain::Position> positions = {1};
  ASSERT_TRUE(log->Cut(positions).ok());
  EXPECT_EQ(log->Read(0, {}).value()[0]->event().event_cut().value_digest(),
            std::string(digest.data(), digest.size()));
}

TEST_F(EventCutsTest, AnotherDigestInACutEventIsFound) {
  MakeCutLog();
  events::v1::EventRecord other = *Open()->Read(2, {}).value()[0];
  std::string& digest =
      *other.mutable_event()->mutable_event_cut()->mutable_value_digest();
  digest[5] ^= 1;
  SetValue(kEvents, 3, EncodeEvent(other));
  EXPECT_THAT(Open()->Verify().status().message(),
              HasSubstr("digest of positions 3 to 4"));
  digest.pop_back();
  SetValue(kEvents, 3, EncodeEvent(other));
  EXPECT_THAT(Open()->Verify().status().message(),
              HasSubstr("its digest is none"));
}

TEST_F(EventCutsTest, EveryBitOfACutEventIsChecked) {
  MakeCutLog();
  const std::string value = Value(kEvents, 3);
  ASSERT_EQ(value[0], '\x02');
  for (size_t bit = 0; bit < value.size() * 8; ++bit) {
    std::string flipped = value;
    flipped[bit / 8] ^= 1 << (bit % 8);
    EXPECT_EQ(DecodeEvent(3, flipped).status().code(),
              absl::StatusCode::kDataLoss)
        << bit;
  }
  SetValue(kEvents, 3, value.substr(0, value.size() - 1));
  const auto log = Open();
  EXPECT_TRUE(absl::IsDataLoss(log->Verify().status()));
  EXPECT_TRUE(absl::IsDataLoss(log->Read(0, {}).status()));
  EXPECT_TRUE(absl::IsDataLoss(log->ReadStream("s", 0, {}).status()));
  const std::vector<domain::Position> positions = {3};
  EXPECT_TRUE(absl::IsDataLoss(log->Cut(positions).status()));
  EXPECT_TRUE(log->writable().ok());
}

TEST_F(EventCutsTest, CommitsOfWholeValuesAreVerifiedAndNeverCut) {
  {
    const auto log = Open();
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(AppendStock(*log).ok());
  }
  // The first two as an earlier release wrote them.
  Digest digest = {};
  for (domain::Position i = 1; i <= 2; ++i) {
    ChainDigest chain(digest, ChainForm::kValues);
    chain.Add(Value(kEvents, i));
    digest = chain.Finish();
    SetValue(kCommits, i, EncodeCommit({i, i, digest, ChainForm::kValues}));
  }
  ChainDigest chain(digest, ChainForm::kValueDigests);
  chain.Add(Value(kEvents, 3));
  SetValue(kCommits, 3, EncodeCommit({3, 3, chain.Finish()}));
  rocksdb::Env::Default()->DeleteFile(path_ + "/head").PermitUncheckedError();
  {
    const auto log = Open();
    ASSERT_TRUE(log->writable().ok()) << log->writable();
    ASSERT_TRUE(AppendStock(*log).ok());
    EXPECT_EQ(log->Verify().value(), 4);
    const std::vector<domain::Position> positions = {1, 2, 3};
    const auto result = log->Cut(positions);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->kept, 2);
    EXPECT_EQ(result->cut, 1);
    EXPECT_EQ(log->Verify().value(), 4);
  }
  // Even where somebody cut one, it is not believed.
  const std::string value = Value(kEvents, 1);
  SetValue(kEvents, 1,
           EncodeEvent(CutRecordOf(**DecodeEvent(1, value), value)));
  EXPECT_THAT(Open()->Verify().status().message(),
              HasSubstr("out of a commit of whole values"));
}

TEST_F(EventCutsTest, ReadOnlyLogIsNotCut) {
  MakeCutLog();
  { ASSERT_TRUE(AppendStock(*Open()).ok()); }
  SetValue(kEvents, 8, EncodeEvent(*StockEvent(8).record));
  const auto log = Open();
  EXPECT_FALSE(log->writable().ok());
  const std::vector<domain::Position> positions = {5};
  EXPECT_EQ(log->Cut(positions).status(), log->writable());
}

class FailingCutTest
    : public EventCutsTest,
      public ::testing::WithParamInterface<FaultyFileSystem::Failure> {};

TEST_P(FailingCutTest, EveryFailureLeavesEventsWholeOrCut) {
  constexpr domain::Position kCuts = 12;
  int unknown = 0;
  path_ = "/data";
  for (int operation = 0; operation < 24; ++operation) {
    const auto memory = EnvOf({});
    ASSERT_TRUE(memory->CreateDirIfMissing(path_).ok());
    const auto faulty =
        std::make_shared<FaultyFileSystem>(memory->GetFileSystem());
    const auto env = rocksdb::NewCompositeEnv(faulty);
    domain::Position cut = 0;
    {
      const auto log = Open(env.get());
      for (domain::Position i = 0; i <= kCuts; ++i) {
        ASSERT_TRUE(AppendStock(*log).ok());
      }
      faulty->FailAfter(operation, GetParam());
      absl::Status status;
      while (status.ok() && cut < kCuts) {
        const std::vector<domain::Position> positions = {cut + 1};
        status = log->Cut(positions).status();
        if (status.ok()) ++cut;
      }
      if (!status.ok()) {
        if (absl::IsUnavailable(status)) ++unknown;
        EXPECT_FALSE(log->writable().ok());
        EXPECT_EQ(AppendStock(*log), log->writable());
      }
    }
    faulty->LosePower();
    const auto log = Open(memory.get());
    ASSERT_TRUE(log->writable().ok()) << log->writable();
    EXPECT_EQ(log->Verify().value(), kCuts + 1);
    const auto events = log->Read(0, {});
    ASSERT_TRUE(events.ok()) << events.status();
    for (const auto& event : *events) {
      const bool is_cut = event->event().has_event_cut();
      // Of the one that failed it is not known.
      if (event->position() == cut + 1) continue;
      EXPECT_EQ(is_cut, event->position() <= cut) << event->position();
    }
    std::vector<domain::Position> all;
    while (all.size() < kCuts) all.push_back(all.size() + 1);
    EXPECT_TRUE(log->Cut(all).ok());
    EXPECT_TRUE(AppendStock(*log).ok());
    EXPECT_EQ(log->Verify().value(), kCuts + 2);
  }
  EXPECT_GT(unknown, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Failures, FailingCutTest,
    ::testing::Values(FaultyFileSystem::Failure{},
                      FaultyFileSystem::Failure{
                          FaultyFileSystem::Failing::kSyncs,
                          rocksdb::IOStatus::IOError("fsync failed"), ""},
                      FaultyFileSystem::Failure{
                          FaultyFileSystem::Failing::kOnce,
                          rocksdb::IOStatus::NoSpace("no space is left"),
                          "/log/"}));

}  // namespace
}  // namespace qantara::store
