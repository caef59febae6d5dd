// What everything that cuts events promises, see
// domain/ports/history_cutter.h.
#ifndef QANTARA_TESTS_STORE_HISTORY_CUTTER_CONTRACT_H_
#define QANTARA_TESTS_STORE_HISTORY_CUTTER_CONTRACT_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/ports/history_cutter.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/store/log_under_test.h"
#include "tests/store/sample_events.h"

namespace qantara::store {

class HistoryCutterContract : public ::testing::TestWithParam<NewLogUnderTest> {
 protected:
  using Positions = std::vector<domain::Position>;

  HistoryCutterContract() : candidate_(GetParam()()) {}

  domain::EventLog& log() { return candidate_->log(); }
  void Reopen() { candidate_->Reopen(); }

  absl::StatusOr<domain::CutResult> Cut(const Positions& positions) {
    return candidate_->cutter().Cut(positions);
  }

  // Appends one commit to stream `s`: `S` is a fact that may be cut, `.` one
  // that stays.
  void Append(const std::string& kinds) {
    std::vector<domain::NewEvent> events;
    for (const char kind : kinds) {
      const domain::Position position = log().head() + events.size() + 1;
      events.push_back(SampleEvent(position, "s", absl::StrCat(position)));
      if (kind == 'S') {
        *events.back().record->mutable_event() =
            SampleStock(absl::StrCat("stock ", position));
      }
    }
    ASSERT_TRUE(log().Append(absl::MakeSpan(events)).ok());
  }

  // What is read: `S`, `.`, or `x` where the event was cut.
  std::string Kinds() {
    std::string kinds;
    for (const auto& record : Records()) {
      kinds += record->event().has_event_cut()        ? 'x'
               : record->event().has_stock_observed() ? 'S'
                                                      : '.';
    }
    return kinds;
  }

  // Every event; by position and by stream they must be the same.
  std::vector<domain::EventRecordPtr> Records() {
    const auto records = log().Read(0, {});
    const auto stream = log().ReadStream("s", 0, {});
    EXPECT_TRUE(records.ok()) << records.status();
    EXPECT_TRUE(stream.ok()) << stream.status();
    if (!records.ok() || !stream.ok()) return {};
    EXPECT_EQ(records->size(), stream->size());
    for (size_t i = 0; i < stream->size(); ++i) {
      EXPECT_EQ((*records)[i]->SerializeAsString(),
                (*stream)[i]->SerializeAsString());
      EXPECT_EQ((*records)[i]->position(), i + 1);
    }
    return *records;
  }

 private:
  std::unique_ptr<LogUnderTest> candidate_;
};

TEST_P(HistoryCutterContract, CutEventsKeepTheirPlace) {
  Append("S.");
  Append("S");
  Append(".S");
  const auto before = Records();
  const auto result = Cut({1, 3});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->cut, 2);
  EXPECT_EQ(result->kept, 0);
  EXPECT_GT(result->bytes_before, 0);
  EXPECT_GT(result->bytes_after, 0);
  for (const bool reopened : {false, true}) {
    if (reopened) Reopen();
    EXPECT_EQ(Kinds(), "x.x.S");
    const auto after = Records();
    ASSERT_EQ(after.size(), before.size());
    for (size_t i = 0; i < after.size(); ++i) {
      events::v1::EventRecord expected = *before[i];
      if (i == 0 || i == 2) *expected.mutable_event() = after[i]->event();
      EXPECT_EQ(after[i]->SerializeAsString(), expected.SerializeAsString());
    }
  }
}

TEST_P(HistoryCutterContract, CuttingAgainChangesNothing) {
  Append("SS");
  Append(".");
  EXPECT_EQ(Cut({1})->cut, 1);
  const auto once = Records();
  EXPECT_EQ(Cut({1, 2})->cut, 1);
  const auto again = Cut({1, 2});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->cut, 0);
  EXPECT_EQ(again->bytes_before, 0);
  EXPECT_EQ(Records()[0]->SerializeAsString(), once[0]->SerializeAsString());
  EXPECT_TRUE(Cut({}).ok());
}

TEST_P(HistoryCutterContract, WhatMustStayIsRefusedAndNothingIsCut) {
  for (size_t i = 0; i < domain::HistoryCutter::kMostCuts + 1; ++i) Append("S");
  Append("S.");
  Append("SS");
  const domain::Position head = log().head();
  Positions many;
  while (many.size() <= domain::HistoryCutter::kMostCuts) {
    many.push_back(many.size() + 1);
  }
  const std::vector<Positions> cases = {
      {0, 1},         // No event.
      {1, 1},         // Twice.
      {2, 1},         // Not ascending.
      {1, head - 2},  // Its kind stays.
      {1, head},      // In the newest commit.
      {1, head - 1}, {1, head + 1}, many,
  };
  for (const Positions& positions : cases) {
    EXPECT_EQ(Cut(positions).status().code(),
              absl::StatusCode::kInvalidArgument)
        << positions.back();
  }
  EXPECT_EQ(Kinds().find('x'), std::string::npos);
  EXPECT_TRUE(log().writable().ok());
  many.pop_back();
  EXPECT_EQ(Cut(many)->cut, many.size());
}

TEST_P(HistoryCutterContract, AppendingGoesOnBehindACut) {
  Append("SS");
  Append("S");
  ASSERT_TRUE(Cut({1, 2}).ok());
  EXPECT_EQ(log().head(), 3);
  Append("S");
  Reopen();
  EXPECT_TRUE(log().writable().ok()) << log().writable();
  Append(".");
  EXPECT_EQ(Records().back()->revision(), 5);
  EXPECT_EQ(Cut({3, 4})->cut, 2);
  EXPECT_EQ(Kinds(), "xxxx.");
}

TEST_P(HistoryCutterContract,
       EventsAreWholeOrCutForReadersAndAppendsMeanwhile) {
  constexpr domain::Position kEvents = 200;
  constexpr domain::Position kEventsPerRead = 20;
  for (domain::Position i = 0; i < kEvents; ++i) Append("S");
  Append(".");
  std::atomic<bool> done{false};
  std::atomic<bool> sound{true};
  std::atomic<uint64_t> reads{0};
  std::thread reader([&] {
    while (!done) {
      const auto events = log().Read(0, {});
      if (!events.ok()) sound = false;
      for (size_t i = 0; sound && i < kEvents; ++i) {
        const auto& record = *(*events)[i];
        if (record.position() != i + 1) sound = false;
        if (record.event().has_event_cut()) continue;
        if (record.event().stock_observed().connection() !=
            absl::StrCat("stock ", i + 1)) {
          sound = false;
        }
      }
      ++reads;
      reads.notify_all();
    }
  });
  std::thread cutting([&] {
    for (domain::Position i = 1; i + 3 < kEvents; i += 4) {
      // However the threads run, cuts are met by many readings.
      if (i % kEventsPerRead == 1) reads.wait(reads.load());
      if (!Cut({i, i + 1, i + 2, i + 3}).ok()) sound = false;
    }
  });
  for (int i = 0; i < 50; ++i) {
    EXPECT_TRUE(AppendTexts(log(), {"a", "b"}).ok());
  }
  cutting.join();
  done = true;
  reader.join();
  EXPECT_TRUE(sound);
  EXPECT_GE(reads, kEvents / kEventsPerRead);
  EXPECT_EQ(log().head(), kEvents + 101);
  Reopen();
  EXPECT_TRUE(log().writable().ok()) << log().writable();
  EXPECT_EQ(Kinds().substr(0, 8), "xxxxxxxx");
}

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_HISTORY_CUTTER_CONTRACT_H_
