// The bytes on disk, pinned: what was written once is read for ever.
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/env.h"
#include "store/database.h"
#include "store/database_options.h"
#include "store/log_format.h"
#include "store/rocksdb_event_log.h"
#include "store/rocksdb_status.h"
#include "store/rocksdb_tables.h"
#include "tests/store/filled_message.h"
#include "tests/store/sample_events.h"

namespace qantara::store {
namespace {

using ::testing::ElementsAreArray;

std::vector<std::string> LinesOf(const std::string& file) {
  std::ifstream in("tests/store/golden/" + file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') lines.push_back(line);
  }
  return lines;
}

std::string Hex(absl::string_view bytes) {
  return bytes.empty() ? "-" : absl::BytesToHexString(bytes);
}

// Every row of a closed database, as `NAME/FAMILY KEY VALUE`.
void Dump(const std::string& path, const std::string& name,
          const rocksdb::DBOptions& options,
          const std::vector<rocksdb::ColumnFamilyDescriptor>& families,
          std::vector<std::string>* lines) {
  const auto database =
      Database::Open(path, options, families, Database::Mode::kReadOnly);
  ASSERT_TRUE(database.ok()) << database.status();
  for (size_t i = 0; i < families.size(); ++i) {
    const std::unique_ptr<rocksdb::Iterator> rows(
        (*database)->db().NewIterator(CheckedRead(), (*database)->family(i)));
    for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
      lines->push_back(absl::StrCat(name, "/", families[i].name, " ",
                                    Hex(ToView(rows->key())), " ",
                                    Hex(ToView(rows->value()))));
    }
    ASSERT_TRUE(rows->status().ok());
  }
}

// A data directory with four commits, one of them cut, and a row in each table.
void Make(rocksdb::Env* env) {
  RocksdbEventLog::Options log_options;
  log_options.directory = "/data";
  log_options.env = env;
  const auto log = RocksdbEventLog::Open(log_options).value();
  std::vector<domain::NewEvent> events = {SampleEvent(1, "import/a/b", "x"),
                                          SampleEvent(2, "product/a/7", "y")};
  ASSERT_TRUE(log->Append(absl::MakeSpan(events)).ok());
  events = {SampleEvent(3, "import/a/b", "z")};
  ASSERT_TRUE(log->Append(absl::MakeSpan(events)).ok());
  events = {SampleEvent(4, "stock/a", "")};
  *events[0].record->mutable_event() = SampleStock("a");
  ASSERT_TRUE(log->Append(absl::MakeSpan(events)).ok());
  events = {SampleEvent(5, "import/a/b", "w")};
  ASSERT_TRUE(log->Append(absl::MakeSpan(events)).ok());
  const std::vector<domain::Position> positions = {4};
  ASSERT_TRUE(log->Cut(positions).ok());
  RocksdbTables::Options table_options;
  table_options.directory = "/data";
  table_options.env = env;
  const auto tables = RocksdbTables::Open(table_options).value();
  std::vector<domain::TableWrite> writes;
  for (const domain::Table table : domain::kAllTables) {
    writes.push_back({table, "k", "v"});
  }
  ASSERT_TRUE(tables->Apply(5, writes).ok());
}

TEST(GoldenTest, BytesOnDiskAreTheRecordedOnes) {
  const std::unique_ptr<rocksdb::Env> env(
      rocksdb::NewMemEnv(rocksdb::Env::Default()));
  Make(env.get());
  std::vector<std::string> lines;
  Dump("/data/log", "log", LogDatabaseOptions(*env), LogFamilies(), &lines);
  Dump("/data/tables", "tables", TableDatabaseOptions(*env, 1 << 20),
       TableFamilies(1 << 20), &lines);
  std::string head;
  ASSERT_TRUE(rocksdb::ReadFileToString(env.get(), "/data/head", &head).ok());
  lines.push_back(absl::StrCat("head ", Hex(head)));
  EXPECT_THAT(lines, ElementsAreArray(LinesOf("store.txt")))
      << absl::StrJoin(lines, "\n");
}

// Puts the rows and the marker of a golden file into an empty directory.
void Restore(const std::string& file, rocksdb::Env* env) {
  ASSERT_TRUE(env->CreateDirIfMissing("/data").ok());
  const auto database =
      Database::Open("/data/log", LogDatabaseOptions(*env), LogFamilies(),
                     Database::Mode::kReadWrite);
  ASSERT_TRUE(database.ok()) << database.status();
  for (const std::string& line : LinesOf(file)) {
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    const std::string last = absl::HexStringToBytes(words.back());
    if (words[0] == "head") {
      ASSERT_TRUE(
          rocksdb::WriteStringToFile(env, last, "/data/head", true).ok());
    }
    for (size_t i = 0; i < std::size(kLogFamilyNames); ++i) {
      if (words[0] != absl::StrCat("log/", kLogFamilyNames[i])) continue;
      ASSERT_TRUE((*database)
                      ->db()
                      .Put({}, (*database)->family(i),
                           absl::HexStringToBytes(words[1]), last)
                      .ok());
    }
  }
}

TEST(GoldenTest, LogOfWholeValuesIsReadAndContinuedForEver) {
  const std::unique_ptr<rocksdb::Env> env(
      rocksdb::NewMemEnv(rocksdb::Env::Default()));
  Restore("store_whole_values.txt", env.get());
  RocksdbEventLog::Options options;
  options.directory = "/data";
  options.env = env.get();
  for (domain::Position head = 3; head < 6; ++head) {
    const auto log = RocksdbEventLog::Open(options);
    ASSERT_TRUE(log.ok()) << log.status();
    ASSERT_TRUE((*log)->writable().ok()) << (*log)->writable();
    EXPECT_EQ((*log)->head(), head);
    EXPECT_EQ(TextsAfter(**log)[1], "y");
    EXPECT_EQ((*log)->Verify().value_or(0), head);
    EXPECT_TRUE(AppendTexts(**log, {"more"}).ok());
    EXPECT_EQ((*log)->Verify().value_or(0), head + 1);
  }
}

// Events of every kind as they were stored, by whatever release.
TEST(GoldenTest, EventsOnceStoredAreReadForEver) {
  const auto lines = LinesOf("events.txt");
  ASSERT_FALSE(lines.empty());
  for (const std::string& line : lines) {
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    ASSERT_EQ(words.size(), 2) << line;
    const std::string value = absl::HexStringToBytes(words[1]);
    const auto record = DecodeEvent(1, value);
    ASSERT_TRUE(record.ok()) << words[0] << ": " << record.status();
    EXPECT_EQ(EncodeEvent(**record), value) << words[0];
    EXPECT_FALSE(HasUnknownFields(**record)) << words[0];
    EXPECT_EQ(KindOf((*record)->event()), words[0]);
  }
}

TEST(GoldenTest, EveryKindOfEventIsRecorded) {
  std::set<std::string> recorded;
  for (const std::string& line : LinesOf("events.txt")) {
    recorded.insert(line.substr(0, line.find(' ')));
  }
  const auto* kinds = events::v1::Event::descriptor()->oneof_decl(0);
  for (int i = 0; i < kinds->field_count(); ++i) {
    const std::string& name = kinds->field(i)->name();
    EXPECT_TRUE(recorded.contains(name))
        << "Add this line to golden/events.txt:\n"
        << name << " " << Hex(EncodeEvent(FilledRecord(*kinds->field(i))));
  }
}

}  // namespace
}  // namespace qantara::store
