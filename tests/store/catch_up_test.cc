#include "store/catch_up.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "gtest/gtest.h"
#include "rocksdb/env.h"
#include "tests/store/memory_log.h"
#include "tests/store/memory_tables.h"
#include "tests/store/sample_commands.h"
#include "tests/store/sample_events.h"

namespace qantara::store {
namespace {

class CatchUpTest : public ::testing::Test {
 protected:
  std::string Row(const std::string& key) {
    return tables_.tables().Get(domain::Table::kSkus, key)->value_or("absent");
  }

  MemoryLog log_;
  MemoryTables tables_;
};

TEST_F(CatchUpTest, FoldsUpToThePositionAskedFor) {
  ASSERT_TRUE(AppendTexts(log_.log(), {"a=1", "b=1", "a=2"}).ok());
  ASSERT_TRUE(CatchUp(log_.log(), tables_.tables(), &SampleFold, 2).ok());
  EXPECT_EQ(tables_.tables().position(), 2);
  EXPECT_EQ(Row("a"), "1");
  ASSERT_TRUE(CatchUp(log_.log(), tables_.tables(), &SampleFold, 3).ok());
  EXPECT_EQ(tables_.tables().position(), 3);
  EXPECT_EQ(Row("a"), "2");
  EXPECT_TRUE(CatchUp(log_.log(), tables_.tables(), &SampleFold, 3).ok());
}

TEST_F(CatchUpTest, WritesLargeCatalogsInBatches) {
  // 3 x 5 MB is more than one batch.
  const std::string value(5 << 20, 'v');
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(
        AppendTexts(log_.log(), {absl::StrCat("k", i, "=", value)}).ok());
  }
  ASSERT_TRUE(AppendTexts(log_.log(), {"broken"}).ok());
  // The batches before the error are kept, and the next try goes on there.
  EXPECT_EQ(CatchUp(log_.log(), tables_.tables(), &SampleFold, 4).code(),
            absl::StatusCode::kDataLoss);
  EXPECT_EQ(tables_.tables().position(), 2);
  EXPECT_EQ(Row("k1"), value);
  EXPECT_TRUE(CatchUp(log_.log(), tables_.tables(), &SampleFold, 3).ok());
  EXPECT_EQ(Row("k2"), value);
}

TEST_F(CatchUpTest, EventThatCannotBeFoldedNamesItsPosition) {
  ASSERT_TRUE(AppendTexts(log_.log(), {"a=1", "broken"}).ok());
  const absl::Status status =
      CatchUp(log_.log(), tables_.tables(), &SampleFold, 2);
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_NE(status.message().find("position 2"), absl::string_view::npos);
}

TEST_F(CatchUpTest, TablesBeyondTheLogAreRefused) {
  ASSERT_TRUE(AppendTexts(log_.log(), {"a=1"}).ok());
  ASSERT_TRUE(tables_.tables().Apply(2, {}).ok());
  const absl::Status status =
      CatchUp(log_.log(), tables_.tables(), &SampleFold, 1);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(domain::GetReason(status), v1::ERROR_REASON_LOG_DAMAGED);
  EXPECT_EQ(tables_.tables().position(), 2);
}

}  // namespace
}  // namespace qantara::store
