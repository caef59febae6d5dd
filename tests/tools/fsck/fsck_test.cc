#include "tools/fsck/fsck.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "adapters/system/system_clock.h"
#include "domain/fold/fold.h"
#include "domain/line.h"
#include "server/core/command_bus.h"
#include "store/rocksdb_event_log.h"
#include "store/rocksdb_tables.h"
#include "store/writer.h"
#include "tests/store/temporary_directory.h"

namespace qantara::tools {
namespace {

store::RocksdbTables::Options TablesIn(const std::string& directory) {
  store::RocksdbTables::Options options;
  options.directory = directory;
  options.fold_version = domain::kFoldVersion;
  return options;
}

using ::testing::HasSubstr;

// Writes an import of 3 lines to `directory`.
void Write(const std::string& directory) {
  const adapters::SystemClock clock;
  auto log = *store::RocksdbEventLog::Open({.directory = directory});
  auto tables = *store::RocksdbTables::Open(TablesIn(directory));
  auto writer = *store::Writer::Start(
      {*log, *tables, clock, [](const auto& record, auto& view) {
         return domain::Fold(record, view);
       }});
  server::CommandBus bus(*writer);
  ASSERT_TRUE(bus.Execute(domain::OpenImport{"shop", "spring", ""}).ok());
  domain::AcceptLines lines{"shop", "spring", 0, {}};
  for (const char* sku : {"A", "B", "C"}) {
    v1::CatalogLine line;
    line.mutable_product()->set_sku(sku);
    line.mutable_product()->set_name_en(sku);
    lines.lines.push_back(domain::ParseLine(line.SerializeAsString(), {}));
  }
  ASSERT_TRUE(bus.Execute(lines).ok());
  writer->Stop();
}

struct Checked {
  FsckResult result;
  std::string text;
};

Checked Check(const std::string& directory) {
  std::ostringstream out;
  const FsckResult result = Fsck(directory, ::testing::TempDir(), out);
  return {result, out.str()};
}

TEST(FsckTest, ASoundDirectoryIsSound) {
  const store::TemporaryDirectory directory;
  Write(directory.path());
  const Checked checked = Check(directory.path());
  EXPECT_EQ(checked.result, FsckResult::kSound) << checked.text;
  EXPECT_THAT(checked.text, HasSubstr("log: 2 events"));
  EXPECT_THAT(checked.text, HasSubstr("0 differences"));
}

TEST(FsckTest, AChangedRowIsNamed) {
  const store::TemporaryDirectory directory;
  Write(directory.path());
  {
    auto tables = *store::RocksdbTables::Open(TablesIn(directory.path()));
    const domain::TableWrite write{domain::Table::kSkus, "forged", "x"};
    ASSERT_TRUE(tables->Apply(tables->position(), {write}).ok());
  }
  const Checked checked = Check(directory.path());
  EXPECT_EQ(checked.result, FsckResult::kDamaged);
  EXPECT_THAT(checked.text, HasSubstr("forged: extra"));
}

TEST(FsckTest, ADirectoryInUseIsNotChecked) {
  const store::TemporaryDirectory directory;
  Write(directory.path());
  const auto log =
      store::RocksdbEventLog::Open({.directory = directory.path()});
  EXPECT_EQ(Check(directory.path()).result, FsckResult::kNotChecked);
}

TEST(FsckTest, AMissingDirectoryIsNotMade) {
  const store::TemporaryDirectory directory;
  const std::string missing = directory.path() + "/missing";
  EXPECT_EQ(Check(missing).result, FsckResult::kNotChecked);
  EXPECT_FALSE(std::filesystem::exists(missing));
}

}  // namespace
}  // namespace qantara::tools
