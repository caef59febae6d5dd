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
#include "tests/server/retention/retention_world.h"
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

// Changes of stock, of which the old ones are cut.
server::RetentionWorld::Options CutOptions(const std::string& directory) {
  server::RetentionWorld::Options options;
  options.directory = directory;
  options.pace.least_events = 10;
  return options;
}

TEST(FsckTest, ADirectoryWithCutHistoryIsSound) {
  const store::TemporaryDirectory directory;
  {
    server::RetentionWorld world(CutOptions(directory.path()));
    for (int i = 0; i < 20; ++i) world.Observe(1, 5, i);
    world.Pass(absl::Hours(2));
    world.Run(absl::Minutes(1));
    ASSERT_EQ(world.Kinds(), "20x 1P 1C");
  }
  const Checked checked = Check(directory.path());
  EXPECT_EQ(checked.result, FsckResult::kSound) << checked.text;
  EXPECT_THAT(checked.text, HasSubstr("0 differences"));
}

// As after a power cut that took the tables back.
TEST(FsckTest, TablesFromBeforeACutAreNotCheckedUntilAStart) {
  const store::TemporaryDirectory directory;
  const std::string data = directory.path() + "/data";
  const std::string old_tables = directory.path() + "/old_tables";
  auto options = CutOptions(data);
  {
    server::RetentionWorld world(options);
    for (int i = 0; i < 20; ++i) world.Observe(1, 5, i);
  }
  std::filesystem::copy(data + "/tables", old_tables,
                        std::filesystem::copy_options::recursive);
  options.since_begin = absl::Hours(2);
  {
    server::RetentionWorld world(options);
    world.Run(absl::Minutes(1));
    ASSERT_EQ(world.Kinds(), "20x 1P 1C");
  }
  std::filesystem::remove_all(data + "/tables");
  std::filesystem::rename(old_tables, data + "/tables");
  const Checked checked = Check(data);
  EXPECT_EQ(checked.result, FsckResult::kNotChecked) << checked.text;
  EXPECT_THAT(checked.text, HasSubstr("start the server once"));
  { const server::RetentionWorld started(options); }
  EXPECT_EQ(Check(data).result, FsckResult::kSound);
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
