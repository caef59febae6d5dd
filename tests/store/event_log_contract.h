// What every event log promises, see domain/ports/event_log.h.
//
// Instantiate the suite with candidates; each test opens a log of its own.
#ifndef QANTARA_TESTS_STORE_EVENT_LOG_CONTRACT_H_
#define QANTARA_TESTS_STORE_EVENT_LOG_CONTRACT_H_

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "domain/error.h"
#include "domain/ports/event_log.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/store/log_under_test.h"
#include "tests/store/sample_events.h"

namespace qantara::store {

class EventLogContract : public ::testing::TestWithParam<NewLogUnderTest> {
 protected:
  EventLogContract() : candidate_(GetParam()()) {}

  domain::EventLog& log() { return candidate_->log(); }
  void Reopen() { candidate_->Reopen(); }

  absl::Status Append(std::vector<domain::NewEvent> events) {
    return log().Append(absl::MakeSpan(events));
  }

  // Texts and revisions of a stream's events.
  std::vector<std::pair<std::string, domain::Revision>> Stream(
      absl::string_view stream, domain::Revision after = 0,
      domain::ReadLimit limit = {}) {
    std::vector<std::pair<std::string, domain::Revision>> found;
    const auto events = log().ReadStream(stream, after, limit);
    EXPECT_TRUE(events.ok()) << events.status();
    if (!events.ok()) return found;
    for (const auto& event : *events) {
      EXPECT_EQ(event->stream(), stream);
      found.emplace_back(TextOf(*event), event->revision());
    }
    return found;
  }

 private:
  std::unique_ptr<LogUnderTest> candidate_;
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST_P(EventLogContract, EmptyLogHasHeadZeroAndReadsAsEmpty) {
  EXPECT_EQ(log().head(), 0);
  EXPECT_TRUE(log().writable().ok());
  EXPECT_THAT(TextsAfter(log()), IsEmpty());
  EXPECT_THAT(Stream("s"), IsEmpty());
}

TEST_P(EventLogContract, AppendedEventsAreReadInOrder) {
  ASSERT_TRUE(AppendTexts(log(), {"a", "b"}).ok());
  ASSERT_TRUE(AppendTexts(log(), {"c"}).ok());
  EXPECT_EQ(log().head(), 3);
  EXPECT_THAT(TextsAfter(log()), ElementsAre("a", "b", "c"));
  EXPECT_THAT(TextsAfter(log(), 2), ElementsAre("c"));
}

TEST_P(EventLogContract, EventsComeBackAsTheyWereAppended) {
  std::vector<domain::NewEvent> events = {SampleEvent(1, "s", "a"),
                                          SampleEvent(2, "t", "b")};
  ASSERT_TRUE(log().Append(absl::MakeSpan(events)).ok());
  Reopen();
  const auto read = log().Read(0, domain::ReadLimit());
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->size(), 2);
  for (size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ((*read)[i]->SerializeAsString(),
              events[i].record->SerializeAsString());
    EXPECT_EQ((*read)[i]->revision(), 1);
  }
}

TEST_P(EventLogContract, ReopenedLogGoesOn) {
  ASSERT_TRUE(AppendTexts(log(), {"a", "b"}).ok());
  Reopen();
  EXPECT_EQ(log().head(), 2);
  EXPECT_TRUE(log().writable().ok()) << log().writable();
  ASSERT_TRUE(AppendTexts(log(), {"c"}).ok());
  Reopen();
  EXPECT_THAT(TextsAfter(log()), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Stream("s"),
              ElementsAre(Pair("a", 1), Pair("b", 2), Pair("c", 3)));
}

TEST_P(EventLogContract, StreamsCountTheirOwnRevisions) {
  ASSERT_TRUE(Append({SampleEvent(1, "s", "a"), SampleEvent(2, "t", "b"),
                      SampleEvent(3, "s", "c")})
                  .ok());
  EXPECT_THAT(Stream("s"), ElementsAre(Pair("a", 1), Pair("c", 2)));
  EXPECT_THAT(Stream("t"), ElementsAre(Pair("b", 1)));
  EXPECT_THAT(Stream("s", 1), ElementsAre(Pair("c", 2)));
  EXPECT_THAT(Stream("s", 2), IsEmpty());
  EXPECT_THAT(Stream("s", 9), IsEmpty());
}

TEST_P(EventLogContract, StreamsWithACommonPrefixStayApart) {
  ASSERT_TRUE(Append({SampleEvent(1, "1", "a"), SampleEvent(2, "10", "b"),
                      SampleEvent(3, "1/0", "c")})
                  .ok());
  EXPECT_THAT(Stream("1"), ElementsAre(Pair("a", 1)));
  EXPECT_THAT(Stream("10"), ElementsAre(Pair("b", 1)));
  EXPECT_THAT(Stream("1/0"), ElementsAre(Pair("c", 1)));
}

TEST_P(EventLogContract, ExpectedRevisionIsThatOfTheStreamWithinTheCommit) {
  using domain::ExpectedRevision;
  EXPECT_TRUE(Append({SampleEvent(1, "s", "a", ExpectedRevision::Exactly(0)),
                      SampleEvent(2, "s", "b", ExpectedRevision::Exactly(1))})
                  .ok());
  Reopen();
  EXPECT_TRUE(
      Append({SampleEvent(3, "s", "c", ExpectedRevision::Exactly(2))}).ok());
}

TEST_P(EventLogContract, ConflictWritesNothing) {
  using domain::ExpectedRevision;
  ASSERT_TRUE(AppendTexts(log(), {"a"}).ok());
  const absl::Status status =
      Append({SampleEvent(2, "t", "b"),
              SampleEvent(3, "s", "c", ExpectedRevision::Exactly(0))});
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(domain::GetReason(status), v1::ERROR_REASON_REVISION_CONFLICT);
  EXPECT_EQ(log().head(), 1);
  EXPECT_THAT(TextsAfter(log()), ElementsAre("a"));
  EXPECT_THAT(Stream("t"), IsEmpty());
  // The log goes on, and the refused event left no revision behind.
  EXPECT_TRUE(
      Append({SampleEvent(2, "t", "d", ExpectedRevision::Exactly(0))}).ok());
}

TEST_P(EventLogContract, MalformedEventsAreRefusedAndNothingIsWritten) {
  std::vector<std::pair<std::string, domain::NewEvent>> cases;
  const auto add = [&cases](std::string name) -> events::v1::EventRecord& {
    cases.emplace_back(std::move(name), SampleEvent(1, "s", "a"));
    return *cases.back().second.record;
  };
  add("position zero").set_position(0);
  add("position gap").set_position(2);
  add("no stream").clear_stream();
  add("zero byte in stream").set_stream(std::string("s\0t", 3));
  add("short id").set_event_id("123");
  add("no time").clear_time();
  add("no kind").clear_event();
  add("cut already").mutable_event()->mutable_event_cut();
  cases.emplace_back("no record", domain::NewEvent());
  for (const auto& [name, event] : cases) {
    EXPECT_EQ(Append({event}).code(), absl::StatusCode::kInvalidArgument)
        << name;
  }
  EXPECT_EQ(Append({}).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Append({SampleEvent(1, "s", "a"), SampleEvent(3, "s", "b")}).code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(log().head(), 0);
  EXPECT_TRUE(log().writable().ok());
  EXPECT_TRUE(AppendTexts(log(), {"a"}).ok());
}

TEST_P(EventLogContract, ReadBeyondTheHeadIsOutOfRange) {
  ASSERT_TRUE(AppendTexts(log(), {"a"}).ok());
  EXPECT_TRUE(log().Read(1, domain::ReadLimit()).ok());
  EXPECT_EQ(log().Read(2, domain::ReadLimit()).status().code(),
            absl::StatusCode::kOutOfRange);
}

TEST_P(EventLogContract, LimitsCutPagesButNeverToNothing) {
  ASSERT_TRUE(AppendTexts(log(), {"a", "b", "c", "d"}).ok());
  for (const bool reopened : {false, true}) {
    if (reopened) Reopen();
    const auto size = [this](domain::ReadLimit limit) {
      return std::pair(log().Read(1, limit)->size(),
                       Stream("s", 1, limit).size());
    };
    EXPECT_EQ(size({2, 1 << 20}), std::pair(size_t{2}, size_t{2}));
    EXPECT_EQ(size({10, 1 << 20}), std::pair(size_t{3}, size_t{3}));
    EXPECT_EQ(size({10, 1}), std::pair(size_t{1}, size_t{1}));
    EXPECT_EQ(size({0, 0}), std::pair(size_t{1}, size_t{1}));
  }
}

TEST_P(EventLogContract, ReadersNextToAppendsSeeWholeCommitsWithoutGaps) {
  constexpr int kCommits = 100;
  constexpr size_t kPerCommit = 3;
  std::atomic<bool> sound{true};
  std::thread reader([&] {
    domain::Position position = 0;
    while (position < kCommits * kPerCommit) {
      const auto events = log().Read(position, domain::ReadLimit());
      const auto stream = log().ReadStream("s", position, {});
      if (!events.ok() || !stream.ok()) {
        sound = false;
        return;
      }
      for (const auto& event : *events) {
        if (event->position() != ++position) sound = false;
      }
      if (position % kPerCommit != 0) sound = false;
    }
  });
  for (int i = 0; i < kCommits; ++i) {
    EXPECT_TRUE(AppendTexts(log(), {"a", "b", "c"}).ok());
  }
  reader.join();
  EXPECT_TRUE(sound);
}

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_EVENT_LOG_CONTRACT_H_
