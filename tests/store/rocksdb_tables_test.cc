#include "store/rocksdb_tables.h"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/env.h"
#include "tests/store/disk_image.h"
#include "tests/store/faulty_file_system.h"
#include "tests/store/table_store_contract.h"
#include "tests/store/temporary_directory.h"

namespace qantara::store {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kInMemory[] = "/data";

class RocksdbTablesUnderTest : public TablesUnderTest {
 public:
  explicit RocksdbTablesUnderTest(rocksdb::Env* env) {
    options_.env = env;
    options_.directory = directory_.path();
    // In memory, where no test makes directories.
    if (env != nullptr) {
      EXPECT_TRUE(env->CreateDirIfMissing(options_.directory).ok());
    }
    Reopen();
  }

  domain::TableStore& tables() override { return *tables_; }

  void Reopen() override {
    tables_.reset();
    auto opened = RocksdbTables::Open(options_);
    if (!opened.ok()) {
      ADD_FAILURE() << opened.status();
      abort();
    }
    tables_ = *std::move(opened);
  }

 private:
  TemporaryDirectory directory_;
  RocksdbTables::Options options_;
  std::unique_ptr<RocksdbTables> tables_;
};

class MemoryTablesUnderTest : public TablesUnderTest {
 public:
  MemoryTablesUnderTest()
      : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())),
        tables_(env_.get()) {}

  domain::TableStore& tables() override { return tables_.tables(); }
  void Reopen() override { tables_.Reopen(); }

 private:
  const std::unique_ptr<rocksdb::Env> env_;
  RocksdbTablesUnderTest tables_;
};

INSTANTIATE_TEST_SUITE_P(
    Disk, TableStoreContract,
    ::testing::Values([]() -> std::unique_ptr<TablesUnderTest> {
      return std::make_unique<RocksdbTablesUnderTest>(nullptr);
    }));

INSTANTIATE_TEST_SUITE_P(
    Memory, TableStoreContract,
    ::testing::Values([]() -> std::unique_ptr<TablesUnderTest> {
      return std::make_unique<MemoryTablesUnderTest>();
    }));

class RocksdbTablesTest : public ::testing::Test {
 protected:
  RocksdbTablesTest() { options_.directory = directory_.path(); }

  std::unique_ptr<RocksdbTables> Open() {
    auto tables = RocksdbTables::Open(options_);
    EXPECT_TRUE(tables.ok()) << tables.status();
    if (!tables.ok()) abort();
    return *std::move(tables);
  }

  TemporaryDirectory directory_;
  RocksdbTables::Options options_;
};

TEST_F(RocksdbTablesTest, TablesOfAnotherFoldAreDropped) {
  const domain::TableWrite write = {domain::Table::kSkus, "a", "1"};
  ASSERT_TRUE(Open()->Apply(4, {write}).ok());
  EXPECT_EQ(Open()->position(), 4);
  options_.fold_version = 2;
  {
    const auto tables = Open();
    EXPECT_EQ(tables->position(), 0);
    EXPECT_EQ(tables->Get(domain::Table::kSkus, "a").value(), std::nullopt);
    ASSERT_TRUE(tables->Apply(5, {write}).ok());
  }
  EXPECT_EQ(Open()->position(), 5);
}

TEST_F(RocksdbTablesTest, DeletedDirectoryIsTheSameAsNoTables) {
  ASSERT_TRUE(Open()->Apply(4, {}).ok());
  std::filesystem::remove_all(directory_.path() + "/tables");
  EXPECT_EQ(Open()->position(), 0);
}

TEST_F(RocksdbTablesTest, DamagedTablesSayWhatToDelete) {
  ASSERT_TRUE(Open()->Apply(4, {}).ok());
  for (const auto& entry :
       std::filesystem::directory_iterator(directory_.path() + "/tables")) {
    if (entry.path().filename().string().rfind("MANIFEST", 0) == 0) {
      std::filesystem::resize_file(entry.path(), 10);
    }
  }
  const absl::Status status = RocksdbTables::Open(options_).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(status.message(),
              HasSubstr("delete " + directory_.path() + "/tables"));
}

TEST_F(RocksdbTablesTest, SnapshotOutlivesTheTables) {
  auto tables = Open();
  ASSERT_TRUE(tables->Apply(1, {}).ok());
  const auto snapshot = tables->Snapshot();
  tables.reset();
  EXPECT_EQ(snapshot->position(), 1);
  EXPECT_EQ(snapshot->Get(domain::Table::kSkus, "a").value(), std::nullopt);
}

TEST_F(RocksdbTablesTest, FailedApplyIsUnavailableAndKeepsThePosition) {
  const auto memory = EnvOf({});
  const auto faulty =
      std::make_shared<FaultyFileSystem>(memory->GetFileSystem());
  const auto env = rocksdb::NewCompositeEnv(faulty);
  options_.env = env.get();
  options_.directory = kInMemory;
  ASSERT_TRUE(memory->CreateDirIfMissing(kInMemory).ok());
  const auto tables = Open();
  ASSERT_TRUE(tables->Apply(1, {}).ok());
  faulty->FailAfter(0);
  EXPECT_EQ(tables->Apply(2, {}).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(tables->position(), 1);
  EXPECT_EQ(tables->Snapshot()->position(), 1);
  EXPECT_FALSE(tables->WaitFor(2, absl::ZeroDuration()));
}

TEST_F(RocksdbTablesTest, LostPowerLeavesTablesOfAnEarlierPosition) {
  constexpr int kPositions = 50;
  const auto memory = EnvOf({});
  const auto faulty =
      std::make_shared<FaultyFileSystem>(memory->GetFileSystem());
  const auto env = rocksdb::NewCompositeEnv(faulty);
  options_.env = env.get();
  options_.directory = kInMemory;
  ASSERT_TRUE(memory->CreateDirIfMissing(kInMemory).ok());
  {
    const auto tables = Open();
    for (int i = 1; i <= kPositions; ++i) {
      ASSERT_TRUE(
          tables
              ->Apply(i, {{domain::Table::kSkus, "a", std::to_string(i)},
                          {domain::Table::kItems, "a", std::to_string(i)}})
              .ok());
    }
  }
  faulty->LosePower();
  options_.env = memory.get();
  const auto tables = Open();
  ASSERT_LE(tables->position(), kPositions);
  const auto expected = tables->position() == 0
                            ? std::nullopt
                            : std::optional(std::to_string(tables->position()));
  EXPECT_EQ(tables->Get(domain::Table::kSkus, "a").value(), expected);
  EXPECT_EQ(tables->Get(domain::Table::kItems, "a").value(), expected);
}

}  // namespace
}  // namespace qantara::store
