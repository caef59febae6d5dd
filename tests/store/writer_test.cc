#include "store/writer.h"

#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "domain/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/store/fixed_clock.h"
#include "tests/store/gated_event_log.h"
#include "tests/store/gated_tables.h"
#include "tests/store/memory_log.h"
#include "tests/store/memory_tables.h"
#include "tests/store/sample_commands.h"
#include "tests/store/sample_events.h"

namespace qantara::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Answer = Answers::Answer;

class WriterTest : public ::testing::Test {
 protected:
  WriterTest()
      : rocksdb_tables_(tables_in_memory_.tables()),
        log_(std::make_unique<GatedEventLog>(log_in_memory_.log())),
        tables_(std::make_unique<GatedTables>(rocksdb_tables_)) {}

  void Start(const WriterOptions& options = {}) {
    auto writer =
        Writer::Start({*log_, *tables_, clock_, &SampleFold}, options);
    if (!writer.ok()) {
      ADD_FAILURE() << writer.status();
      abort();
    }
    writer_ = *std::move(writer);
  }

  // Keeps the writer busy, so that what is submitted next becomes one group.
  // Its own answer is the first.
  void Hold() {
    log_->SetClosed(true);
    writer_->Submit(Write("hold", answers_, {"hold=1"}));
    log_->AwaitAppend();
  }

  void LetGo() { log_->SetClosed(false); }

  std::vector<Answer> WaitFor(size_t count) { return answers_.Wait(count); }

  // The row as the tables have it once they reflect the log.
  std::string Row(const std::string& key) {
    EXPECT_TRUE(
        rocksdb_tables_.WaitFor(log_->head(), absl::InfiniteDuration()));
    return rocksdb_tables_.Get(domain::Table::kSkus, key)->value_or("absent");
  }

  const FixedClock clock_;
  MemoryLog log_in_memory_;
  MemoryTables tables_in_memory_;
  RocksdbTables& rocksdb_tables_;
  std::unique_ptr<GatedEventLog> log_;
  std::unique_ptr<GatedTables> tables_;
  Answers answers_;
  std::unique_ptr<Writer> writer_;
};

const absl::Status kOk;

TEST_F(WriterTest, EventsGetPlaceIdTimeAndCause) {
  Start();
  writer_->Submit(Write("a", answers_, {"k=1", "k=2"}));
  EXPECT_THAT(WaitFor(1), ElementsAre(Answer{"a", kOk, 2}));
  const auto events = log_->Read(0, {}).value();
  ASSERT_EQ(events.size(), 2);
  for (const auto& event : events) {
    EXPECT_EQ(event->event_id().size(), 16);
    EXPECT_EQ(event->time().seconds(), 1700000000);
    EXPECT_EQ(event->time().nanos(), 123456789);
    EXPECT_EQ(event->causation(), "test");
    EXPECT_EQ(event->stream(), "s");
  }
  EXPECT_NE(events[0]->event_id(), events[1]->event_id());
  EXPECT_EQ(Row("k"), "2");
}

TEST_F(WriterTest, WhatIsReadyIsCommittedTogetherAndAnsweredInOrder) {
  Start();
  Hold();
  std::vector<Answer> expected = {{"hold", kOk, 1}};
  for (domain::Position i = 0; i < 100; ++i) {
    writer_->Submit(Increment("n", answers_));
    expected.push_back({"n", kOk, i + 2});
  }
  LetGo();
  EXPECT_EQ(WaitFor(101), expected);
  EXPECT_THAT(log_->appends(), ElementsAre(1, 100));
  EXPECT_EQ(Row("n"), "100");
}

TEST_F(WriterTest, GroupsAreBounded) {
  WriterOptions options;
  options.group.commands = 3;
  Start(options);
  Hold();
  for (int i = 0; i < 7; ++i) writer_->Submit(Increment("n", answers_));
  LetGo();
  WaitFor(8);
  EXPECT_THAT(log_->appends(), ElementsAre(1, 3, 3, 1));
}

TEST_F(WriterTest, GroupsAreBoundedInTheRowsThatTheyChange) {
  WriterOptions options;
  options.group_row_bytes = 1;
  Start(options);
  Hold();
  for (int i = 0; i < 3; ++i) writer_->Submit(Increment("n", answers_));
  LetGo();
  WaitFor(4);
  EXPECT_THAT(log_->appends(), ElementsAre(1, 1, 1, 1));
  EXPECT_EQ(Row("n"), "3");
}

TEST_F(WriterTest, RefusedCommandFailsAloneAndInItsTurn) {
  Start();
  Hold();
  writer_->Submit(Write("a", answers_, {"k=1"}));
  writer_->Submit(Require("b", answers_, "k", "2"));
  writer_->Submit(Write("c", answers_, {"k=3"}));
  LetGo();
  EXPECT_THAT(WaitFor(4),
              ElementsAre(Answer{"hold", kOk, 1}, Answer{"a", kOk, 2},
                          Answer{"b", absl::NotFoundError("k"), 0},
                          Answer{"c", kOk, 3}));
  EXPECT_THAT(log_->appends(), ElementsAre(1, 2));
}

TEST_F(WriterTest, DecisionWithoutEventsWaitsForWhatItRestsOn) {
  Start();
  Hold();
  writer_->Submit(Write("a", answers_, {"k=1"}));
  writer_->Submit(Require("b", answers_, "k", "1"));
  LetGo();
  EXPECT_THAT(WaitFor(3),
              ElementsAre(Answer{"hold", kOk, 1}, Answer{"a", kOk, 2},
                          Answer{"b", kOk, 2}));
  // Alone it needs no commit.
  writer_->Submit(Require("c", answers_, "k", "1"));
  EXPECT_EQ(WaitFor(4).back(), (Answer{"c", kOk, 2}));
  EXPECT_THAT(log_->appends(), ElementsAre(1, 1));
}

TEST_F(WriterTest, DecisionsSeeWhatTheTablesDoNotReflectYet) {
  Start();
  tables_->SetClosed(true);
  writer_->Submit(Write("a", answers_, {"k=1", "l=1"}));
  WaitFor(1);
  writer_->Submit(Write("b", answers_, {"k=2", "l="}));
  WaitFor(2);
  EXPECT_EQ(rocksdb_tables_.position(), 0);
  writer_->Submit(Require("c", answers_, "k", "2"));
  writer_->Submit(Require("d", answers_, "l", "1"));
  EXPECT_EQ(WaitFor(3)[2].status, kOk);
  EXPECT_EQ(WaitFor(4)[3].status, absl::NotFoundError("l"));
  tables_->SetClosed(false);
  EXPECT_EQ(Row("k"), "2");
  EXPECT_EQ(Row("l"), "absent");
}

TEST_F(WriterTest, EventThatCannotBeFoldedFailsItsCommandAlone) {
  Start();
  Hold();
  writer_->Submit(Write("a", answers_, {"k=1"}));
  writer_->Submit(Write("b", answers_, {"k=2", "b=1", "nonsense", "k=3"}));
  writer_->Submit(Require("c", answers_, "k", "1"));
  writer_->Submit(Require("d", answers_, "b", "1"));
  writer_->Submit(Write("e", answers_, {"l=1"}));
  LetGo();
  EXPECT_THAT(
      WaitFor(6),
      ElementsAre(Answer{"hold", kOk, 1}, Answer{"a", kOk, 2},
                  Answer{"b", absl::DataLossError("no such row"), 0},
                  Answer{"c", kOk, 2}, Answer{"d", absl::NotFoundError("b"), 0},
                  Answer{"e", kOk, 3}));
  EXPECT_EQ(Row("k"), "1");
  EXPECT_EQ(Row("b"), "absent");
  EXPECT_THAT(TextsAfter(*log_), ElementsAre("hold=1", "k=1", "l=1"));
}

TEST_F(WriterTest, RevisionConflictFailsItsCommandAlone) {
  Start();
  Hold();
  const auto expecting = [](domain::Revision revision) {
    return
        [revision](
            const domain::TableReader&,
            const domain::DecisionContext&) -> absl::StatusOr<domain::Events> {
          return domain::Events{SamplePending(
              "k=9", "t", domain::ExpectedRevision::Exactly(revision))};
        };
  };
  writer_->Submit(Increment("n", answers_));
  writer_->Submit(
      std::make_unique<SampleCommand>("right", answers_, expecting(0)));
  writer_->Submit(
      std::make_unique<SampleCommand>("wrong", answers_, expecting(0)));
  writer_->Submit(Increment("n", answers_));
  LetGo();
  const auto answers = WaitFor(5);
  EXPECT_EQ(answers[1], (Answer{"n", kOk, 2}));
  EXPECT_EQ(answers[2], (Answer{"right", kOk, 3}));
  EXPECT_EQ(answers[3].name, "wrong");
  EXPECT_EQ(answers[3].status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(domain::GetReason(answers[3].status),
            v1::ERROR_REASON_REVISION_CONFLICT);
  EXPECT_EQ(answers[4], (Answer{"n", kOk, 4}));
  EXPECT_EQ(Row("n"), "2");
}

TEST_F(WriterTest, EventThatTheLogCannotTakeFailsItsCommandAlone) {
  Start();
  Hold();
  writer_->Submit(Increment("n", answers_));
  writer_->Submit(std::make_unique<SampleCommand>(
      "bad", answers_,
      [](const domain::TableReader&,
         const domain::DecisionContext&) -> absl::StatusOr<domain::Events> {
        return domain::Events{SamplePending("k=9", "")};
      }));
  LetGo();
  const auto answers = WaitFor(3);
  EXPECT_EQ(answers[1], (Answer{"n", kOk, 2}));
  EXPECT_EQ(answers[2].status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(Row("k"), "absent");
  EXPECT_TRUE(writer_->accepting().ok());
}

TEST_F(WriterTest, FailedAppendFailsItsGroupAndStopsTheWriter) {
  for (const auto code : {absl::StatusCode::kUnavailable,
                          absl::StatusCode::kFailedPrecondition}) {
    SCOPED_TRACE(code);
    log_->FailWith(absl::OkStatus());
    Start();
    const size_t before = WaitFor(0).size();
    Hold();
    log_->FailWith(absl::Status(code, "the disk is broken"));
    writer_->Submit(Increment("n", answers_));
    writer_->Submit(Require("r", answers_, "k", "1"));
    LetGo();
    // They ran in a group of their own, after the one that failed.
    WaitFor(before + 3);
    writer_->Submit(Increment("n", answers_));
    const auto answers = WaitFor(before + 4);
    for (size_t i = before; i < answers.size(); ++i) {
      EXPECT_EQ(answers[i].status.code(), absl::StatusCode::kUnavailable);
      EXPECT_EQ(domain::GetReason(answers[i].status),
                v1::ERROR_REASON_LOG_UNAVAILABLE);
      EXPECT_THAT(answers[i].status.message(), HasSubstr("broken"));
      EXPECT_EQ(answers[i].position, 0);
    }
    EXPECT_EQ(writer_->accepting().code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(log_->head(), 0);
    EXPECT_EQ(Row("n"), "absent");
    writer_.reset();
  }
}

TEST_F(WriterTest, ReadOnlyLogRefusesEveryCommandAtOnce) {
  ASSERT_TRUE(AppendTexts(log_in_memory_.log(), {"k=1"}).ok());
  log_->FailWith(absl::FailedPreconditionError("the log is read-only"));
  Start();
  EXPECT_EQ(Row("k"), "1");
  writer_->Submit(Increment("n", answers_));
  EXPECT_EQ(domain::GetReason(WaitFor(1)[0].status),
            v1::ERROR_REASON_LOG_UNAVAILABLE);
  EXPECT_EQ(writer_->stats().refused, 1);
}

TEST_F(WriterTest, ReadOnlyLogThatLostItsEndStartsWithTheTablesAsTheyAre) {
  ASSERT_TRUE(
      rocksdb_tables_
          .Apply(3, std::vector<domain::TableWrite>{{domain::Table::kSkus, "k",
                                                     "1"}})
          .ok());
  log_->FailWith(absl::FailedPreconditionError("the log is read-only"));
  Start();
  EXPECT_EQ(Row("k"), "1");
  EXPECT_EQ(rocksdb_tables_.position(), 3);
  EXPECT_FALSE(writer_->accepting().ok());
}

TEST_F(WriterTest, TablesThatCannotBeWrittenStopTheWriter) {
  Start();
  tables_->SetClosed(true);
  writer_->Submit(Increment("n", answers_));
  EXPECT_EQ(WaitFor(1)[0].status, kOk);
  tables_->FailWith(absl::UnavailableError("no space"));
  tables_->SetClosed(false);
  while (writer_->stats().unfolded_commits > 0) std::this_thread::yield();
  writer_->Submit(Increment("n", answers_));
  EXPECT_EQ(domain::GetReason(WaitFor(2)[1].status),
            v1::ERROR_REASON_LOG_UNAVAILABLE);
  // What was acknowledged is folded at the next start.
  writer_.reset();
  tables_->FailWith(absl::OkStatus());
  Start();
  EXPECT_EQ(Row("n"), "1");
}

TEST_F(WriterTest, FullQueueRefusesAtOnce) {
  WriterOptions options;
  options.queue.commands = 2;
  Start(options);
  Hold();
  for (int i = 0; i < 3; ++i) writer_->Submit(Increment("n", answers_));
  // The refusal comes before all answers.
  const auto answers = WaitFor(1);
  EXPECT_EQ(answers[0].status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(domain::GetReason(answers[0].status), v1::ERROR_REASON_OVERLOADED);
  LetGo();
  WaitFor(4);
  EXPECT_EQ(Row("n"), "2");
}

TEST_F(WriterTest, WaitsForTheTablesWhenTheyAreTooFarBehind) {
  WriterOptions options;
  options.behind.layers = 2;
  Start(options);
  tables_->SetClosed(true);
  for (int i = 1; i <= 3; ++i) {
    writer_->Submit(Increment("n", answers_));
    WaitFor(i);
  }
  // Three commits wait for the tables, so that the next one has to.
  EXPECT_EQ(writer_->stats().unfolded_commits, 3);
  writer_->Submit(Increment("n", answers_));
  while (writer_->stats().queued_commands > 0) std::this_thread::yield();
  EXPECT_EQ(log_->appends().size(), 3);
  tables_->SetClosed(false);
  WaitFor(4);
  EXPECT_EQ(Row("n"), "4");
}

TEST_F(WriterTest, StopFinishesWhatIsQueuedAndFoldsIt) {
  Start();
  Hold();
  for (int i = 0; i < 5; ++i) writer_->Submit(Increment("n", answers_));
  std::thread stopper([this] { writer_->Stop(); });
  while (writer_->accepting().ok()) std::this_thread::yield();
  writer_->Submit(Increment("n", answers_));
  EXPECT_EQ(WaitFor(1)[0].status.code(), absl::StatusCode::kUnavailable);
  LetGo();
  stopper.join();
  EXPECT_EQ(WaitFor(7).size(), 7);
  EXPECT_EQ(rocksdb_tables_.position(), 6);
  EXPECT_EQ(Row("n"), "5");
  writer_->Stop();
}

TEST_F(WriterTest, StartFoldsWhatTheTablesLack) {
  ASSERT_TRUE(AppendTexts(log_in_memory_.log(), {"a=1", "a=2", "b=1"}).ok());
  Start();
  EXPECT_EQ(rocksdb_tables_.position(), 3);
  EXPECT_EQ(Row("a"), "2");
}

TEST_F(WriterTest, StartIsRefusedWhenTheTablesKnowMoreThanTheLog) {
  ASSERT_TRUE(rocksdb_tables_.Apply(3, {}).ok());
  const auto writer = Writer::Start({*log_, *tables_, clock_, &SampleFold});
  EXPECT_EQ(writer.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(domain::GetReason(writer.status()), v1::ERROR_REASON_LOG_DAMAGED);
}

TEST_F(WriterTest, ListenersGetEveryCommitAfterItsAnswers) {
  Start();
  std::vector<std::vector<domain::Position>> heard;
  auto subscription = writer_->feed().Subscribe(
      [&](absl::Span<const domain::EventRecordPtr> events) {
        heard.emplace_back();
        for (const auto& event : events) {
          heard.back().push_back(event->position());
          EXPECT_LE(event->position(), log_->head());
        }
      });
  Hold();
  writer_->Submit(Write("a", answers_, {"k=1", "k=2"}));
  writer_->Submit(Require("b", answers_, "k", "2"));
  writer_->Submit(Write("c", answers_, {"k=3"}));
  LetGo();
  writer_->Stop();
  EXPECT_THAT(heard, ElementsAre(ElementsAre(1), ElementsAre(2, 3, 4)));
}

TEST_F(WriterTest, ManyThreadsLoseNothing) {
  constexpr int kThreads = 8;
  constexpr int kPerThread = 200;
  Start();
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([this] {
      for (int j = 0; j < kPerThread; ++j) {
        writer_->Submit(Increment("n", answers_));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<domain::Position> positions;
  for (const Answer& answer : WaitFor(kThreads * kPerThread)) {
    EXPECT_EQ(answer.status, kOk);
    positions.insert(answer.position);
  }
  EXPECT_EQ(positions.size(), kThreads * kPerThread);
  EXPECT_EQ(Row("n"), std::to_string(kThreads * kPerThread));
  const WriterStats stats = writer_->stats();
  EXPECT_EQ(stats.commands, kThreads * kPerThread);
  EXPECT_EQ(stats.events, kThreads * kPerThread);
  EXPECT_EQ(stats.commits, log_->appends().size());
  EXPECT_EQ(stats.refused, 0);
}

}  // namespace
}  // namespace qantara::store
