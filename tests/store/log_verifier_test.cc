// A whole log passes, also while it grows and is cut; every kind of damage is
// found and named.
#include "store/log_verifier.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/env.h"
#include "store/big_endian.h"
#include "store/database.h"
#include "store/database_options.h"
#include "store/log_format.h"
#include "store/rocksdb_event_log.h"
#include "tests/store/sample_events.h"
#include "tests/store/temporary_directory.h"

namespace qantara::store {
namespace {

using ::testing::HasSubstr;

class LogVerifierTest : public ::testing::Test {
 protected:
  LogVerifierTest() : path_(directory_.path() + "/data") { Open(); }

  void Open() {
    auto log = RocksdbEventLog::Open({.directory = path_});
    ASSERT_TRUE(log.ok()) << log.status();
    log_ = *std::move(log);
  }

  // One commit of `count` events, by turns to the streams `a` and `b`.
  void Append(int count) {
    std::vector<domain::NewEvent> events;
    for (int i = 0; i < count; ++i) {
      const domain::Position position = log_->head() + events.size() + 1;
      events.push_back(
          SampleEvent(position, position % 2 == 0 ? "a" : "b", "x"));
      *events.back().record->mutable_event() = SampleStock("x");
    }
    ASSERT_TRUE(log_->Append(absl::MakeSpan(events)).ok());
  }

  static absl::StatusOr<domain::LogChecked> Verify(
      domain::LogVerification& verification,
      const std::function<void()>& between = [] {}) {
    while (true) {
      auto checked = verification.Next();
      if (!checked.ok() || checked->complete) return checked;
      between();
    }
  }
  absl::StatusOr<domain::LogChecked> Verify() {
    return Verify(*log_->BeginVerification());
  }

  // Changes the log's database behind the log's back, and says what a
  // verification finds.
  std::string FindAfter(
      const std::function<void(rocksdb::DB&, Database&)>& change) {
    log_.reset();
    {
      const auto database = Database::Open(
          path_ + "/log", LogDatabaseOptions(*rocksdb::Env::Default()),
          LogFamilies(), Database::Mode::kReadWrite);
      if (!database.ok()) return database.status().ToString();
      change((*database)->db(), **database);
    }
    Open();
    const auto checked = Verify();
    return checked.ok() ? "nothing" : checked.status().ToString();
  }

  TemporaryDirectory directory_;
  const std::string path_;
  std::unique_ptr<RocksdbEventLog> log_;
};

TEST_F(LogVerifierTest, AnEmptyLogIsRight) {
  const auto checked = Verify();
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->events, 0u);
  EXPECT_EQ(checked->digest, "");
}

TEST_F(LogVerifierTest, EverythingIsCountedOverManySteps) {
  for (int i = 0; i < 7; ++i) Append(500);
  const auto verification = log_->BeginVerification();
  int steps = 0;
  const auto checked = Verify(*verification, [&steps] { ++steps; });
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->events, 3500u);
  EXPECT_EQ(checked->revisions, 3500u);
  EXPECT_EQ(checked->streams, 2u);
  EXPECT_EQ(checked->digest.size(), 32u);
  EXPECT_GE(steps, 4);
}

TEST_F(LogVerifierTest, TheDigestTellsEqualLogs) {
  Append(3);
  const auto before = Verify();
  Append(1);
  const auto after = Verify();
  ASSERT_TRUE(before.ok() && after.ok());
  EXPECT_NE(before->digest, after->digest);
  ASSERT_TRUE(log_->Cut({domain::Position{1}}).ok());
  EXPECT_EQ(Verify()->digest, after->digest);
}

TEST_F(LogVerifierTest, TheLogMayGrowAndBeCutMeanwhile) {
  for (int i = 0; i < 5; ++i) Append(500);
  domain::Position cut = 1;
  const auto verification = log_->BeginVerification();
  const auto checked = Verify(*verification, [&] {
    Append(100);
    ASSERT_TRUE(log_->Cut({cut++}).ok());
  });
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->last, 2500u);
  EXPECT_EQ(checked->revisions, 2500u);
  EXPECT_GT(log_->head(), 2500u);
}

TEST_F(LogVerifierTest, AChangedEventIsFound) {
  Append(4);
  Append(1);
  EXPECT_THAT(FindAfter([](rocksdb::DB& db, Database& database) {
                domain::NewEvent other = SampleEvent(2, "a", "other");
                other.record->set_revision(1);
                db.Put({}, database.family(kEvents), NumberBytes(2),
                       EncodeEvent(*other.record))
                    .PermitUncheckedError();
              }),
              HasSubstr("digest of positions 1 to 4"));
}

TEST_F(LogVerifierTest, AnEntryThatPointsElsewhereIsFound) {
  Append(4);
  EXPECT_THAT(FindAfter([](rocksdb::DB& db, Database& database) {
                db.Put({}, database.family(kStreamIndex),
                       StreamIndexKey("a", 2), NumberBytes(2))
                    .PermitUncheckedError();
              }),
              HasSubstr("its stream holds position 2 in its place"));
}

TEST_F(LogVerifierTest, AMissingEntryIsFound) {
  Append(4);
  EXPECT_THAT(FindAfter([](rocksdb::DB& db, Database& database) {
                db.Delete({}, database.family(kStreamIndex),
                          StreamIndexKey("b", 1))
                    .PermitUncheckedError();
              }),
              HasSubstr("its stream does not hold it"));
}

TEST_F(LogVerifierTest, AnEntryOfNoEventIsFound) {
  Append(4);
  EXPECT_THAT(FindAfter([](rocksdb::DB& db, Database& database) {
                db.Put({}, database.family(kStreamIndex),
                       StreamIndexKey("c", 1), NumberBytes(3))
                    .PermitUncheckedError();
                db.Put({}, database.family(kStreams), "c", NumberBytes(1))
                    .PermitUncheckedError();
              }),
              HasSubstr("5 entries for 4 events"));
}

TEST_F(LogVerifierTest, ARevisionThatIsNotTheLastEntryIsFound) {
  Append(4);
  EXPECT_THAT(FindAfter([](rocksdb::DB& db, Database& database) {
                db.Put({}, database.family(kStreams), "a", NumberBytes(7))
                    .PermitUncheckedError();
              }),
              HasSubstr("it has revision 7, but 2 entries"));
}

}  // namespace
}  // namespace qantara::store
