#include "store/rebuild.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/store/memory_log.h"
#include "tests/store/memory_tables.h"
#include "tests/store/sample_commands.h"
#include "tests/store/sample_events.h"

namespace qantara::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = RowDifference::Kind;
using domain::Table;

class RebuildTest : public ::testing::Test {
 protected:
  // Folds these texts into the present tables.
  void Given(const std::vector<std::string>& texts) {
    ASSERT_TRUE(AppendTexts(log_.log(), texts).ok());
    ASSERT_TRUE(
        CatchUp(log_.log(), present_.tables(), &SampleFold, log_.log().head())
            .ok());
  }

  // Changes the present tables behind the log's back.
  void Spoil(std::vector<domain::TableWrite> writes) {
    ASSERT_TRUE(
        present_.tables().Apply(present_.tables().position(), writes).ok());
  }

  absl::StatusOr<RebuildReport> Compare(size_t most = 10) {
    return CompareRebuild(log_.log(), present_.tables(), fresh_.tables(),
                          &SampleFold, most);
  }

  MemoryLog log_;
  MemoryTables present_;
  MemoryTables fresh_;
};

TEST_F(RebuildTest, TablesThatFollowFromTheLogAreEqual) {
  std::vector<std::string> texts;
  // More rows than one page, and some of them gone again.
  for (int i = 0; i < 2500; ++i) texts.push_back(absl::StrCat("k", i, "=1"));
  for (int i = 0; i < 100; ++i) texts.push_back(absl::StrCat("k", i, "="));
  Given(texts);
  const auto report = Compare();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->position, 2600);
  EXPECT_EQ(report->rows, 2400);
  EXPECT_EQ(report->difference_count, 0);
  EXPECT_THAT(report->differences, IsEmpty());
}

TEST_F(RebuildTest, EveryKindOfDifferenceIsFound) {
  Given({"a=1", "b=1", "c=1", "d=1"});
  Spoil({{Table::kSkus, "a", std::nullopt},
         {Table::kSkus, "b", "2"},
         {Table::kSkus, "bb", "1"},
         {Table::kSkus, "d", std::nullopt},
         {Table::kItems, "x", "1"}});
  const auto report = Compare();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->differences,
              ElementsAre(RowDifference{Table::kItems, "x", Kind::kExtra},
                          RowDifference{Table::kSkus, "a", Kind::kMissing},
                          RowDifference{Table::kSkus, "b", Kind::kOther},
                          RowDifference{Table::kSkus, "bb", Kind::kExtra},
                          RowDifference{Table::kSkus, "d", Kind::kMissing}));
  EXPECT_EQ(report->difference_count, 5);
  EXPECT_EQ(report->rows, 4);
}

TEST_F(RebuildTest, OnlyTheFirstDifferencesAreKept) {
  Given({"a=1", "b=1", "c=1"});
  Spoil({{Table::kSkus, "a", "2"},
         {Table::kSkus, "b", "2"},
         {Table::kSkus, "c", "2"}});
  const auto report = Compare(2);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->differences.size(), 2);
  EXPECT_EQ(report->difference_count, 3);
}

TEST_F(RebuildTest, ComparesAtThePositionOfThePresentTables) {
  Given({"a=1"});
  ASSERT_TRUE(AppendTexts(log_.log(), {"b=1"}).ok());
  const auto report = Compare();
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->position, 1);
  EXPECT_EQ(report->difference_count, 0);
}

TEST_F(RebuildTest, TablesFromBeforeACutAreNotCompared) {
  Given({"a=1"});
  domain::NewEvent event = SampleEvent(2, "s", "");
  event.record->mutable_event()->mutable_stock_history_cut();
  ASSERT_TRUE(log_.log().Append(absl::MakeSpan(&event, 1)).ok());
  const absl::Status status = Compare().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(status.message(), HasSubstr("position 2: start the server"));
}

TEST_F(RebuildTest, NeedsEmptyTablesToFoldInto) {
  ASSERT_TRUE(fresh_.tables().Apply(1, {}).ok());
  EXPECT_EQ(Compare().status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(RebuildTest, TablesBeyondTheLogAreRefused) {
  Given({"a=1"});
  ASSERT_TRUE(present_.tables().Apply(2, {}).ok());
  EXPECT_EQ(Compare().status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace qantara::store
