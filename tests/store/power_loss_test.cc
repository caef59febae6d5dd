// The power is cut at every moment of a run of the writer: what was
// acknowledged is there afterwards, and nothing that was never written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "store/catch_up.h"
#include "store/rocksdb_event_log.h"
#include "store/rocksdb_tables.h"
#include "store/writer.h"
#include "tests/store/disk_image.h"
#include "tests/store/fixed_clock.h"
#include "tests/store/recorded_disk.h"
#include "tests/store/sample_commands.h"
#include "tests/store/sample_events.h"

namespace qantara::store {
namespace {

using Unsynced = DiskModel::Unsynced;

constexpr char kDirectory[] = "/data";
constexpr int kStarts = 4;
constexpr int kCommandsPerStart = 25;
constexpr int kInFlight = 3;
// So small that rows are written to files now and then.
constexpr size_t kTableBytes = size_t{24} << 10;
constexpr size_t kTextBytes = 200;
// Under a sanitizer each cut takes many times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kCutEvery = 16;
constexpr int kLeastCutPoints = 60;
constexpr int kTablesEvery = 5;
#else
constexpr int kCutEvery = 1;
constexpr int kLeastCutPoints = 1000;
// Opening the tables takes ten times as long as the log; not after each cut.
constexpr int kTablesEvery = 11;
#endif

// Notes each position once it is acknowledged.
class Numbered : public QueuedCommand {
 public:
  Numbered(RecordingFileSystem& disk, std::atomic<int>& in_flight)
      : disk_(disk), in_flight_(in_flight) {}

  absl::StatusOr<domain::Events> Decide(
      const domain::TableReader&,
      const domain::DecisionContext& context) override {
    return domain::Events{SamplePending(TextOf(context.next_position))};
  }

  void Done(const absl::Status& status, domain::Position position) override {
    EXPECT_TRUE(status.ok()) << status;
    disk_.Note(position);
    --in_flight_;
    in_flight_.notify_one();
  }

  size_t bytes() const override { return sizeof(*this); }

  // Row `POSITION % 16`, so that rows are overwritten.
  static std::string TextOf(domain::Position position) {
    return absl::StrCat(position % 16, "=",
                        std::string(kTextBytes, 'a' + position % 26), position);
  }

 private:
  RecordingFileSystem& disk_;
  std::atomic<int>& in_flight_;
};

// Starts the writer several times on one disk and lets it work.
std::vector<DiskOperation> Record() {
  const auto memory = EnvOf({});
  EXPECT_TRUE(memory->CreateDirIfMissing(kDirectory).ok());
  const auto disk =
      std::make_shared<RecordingFileSystem>(memory->GetFileSystem());
  const auto env = rocksdb::NewCompositeEnv(disk);
  const FixedClock clock;
  std::atomic<int> in_flight = 0;
  for (int start = 0; start < kStarts; ++start) {
    RocksdbEventLog::Options log_options;
    log_options.directory = kDirectory;
    log_options.env = env.get();
    auto log = RocksdbEventLog::Open(log_options);
    EXPECT_TRUE(log.ok()) << log.status();
    RocksdbTables::Options table_options;
    table_options.directory = kDirectory;
    table_options.env = env.get();
    table_options.memory_bytes = kTableBytes;
    auto tables = RocksdbTables::Open(table_options);
    EXPECT_TRUE(tables.ok()) << tables.status();
    auto writer = Writer::Start({**log, **tables, clock, &SampleFold});
    EXPECT_TRUE(writer.ok()) << writer.status();
    for (int i = 0; i < kCommandsPerStart; ++i) {
      for (int now = in_flight; now >= kInFlight; now = in_flight) {
        in_flight.wait(now);
      }
      ++in_flight;
      (*writer)->Submit(std::make_unique<Numbered>(*disk, in_flight));
    }
    (*writer)->Stop();
  }
  return disk->operations();
}

// Opens what a cut left, and says what is wrong with it.
std::string ProblemAfter(const DiskImage& image, domain::Position acknowledged,
                         bool with_tables) {
  const auto env = EnvOf(image);
  env->CreateDirIfMissing(kDirectory).PermitUncheckedError();
  RocksdbEventLog::Options options;
  options.directory = kDirectory;
  options.env = env.get();
  options.recent_bytes = 0;
  const auto log = RocksdbEventLog::Open(options);
  if (!log.ok()) return absl::StrCat("open: ", log.status().ToString());
  if (!(*log)->writable().ok()) return (*log)->writable().ToString();
  const std::vector<std::string> texts = TextsAfter(**log);
  if (texts.size() < acknowledged) {
    return absl::StrCat("lost: ", texts.size(), " of ", acknowledged);
  }
  if (texts.size() > acknowledged + kInFlight) return "invented events";
  for (size_t i = 0; i < texts.size(); ++i) {
    if (texts[i] != Numbered::TextOf(i + 1)) {
      return absl::StrCat("another event at ", i + 1);
    }
  }
  const auto verified = (*log)->Verify();
  if (!verified.ok()) return verified.status().ToString();
  if (*verified != texts.size()) return "not all is verified";
  if (with_tables) {
    RocksdbTables::Options table_options;
    table_options.directory = kDirectory;
    table_options.env = env.get();
    const auto tables = RocksdbTables::Open(table_options);
    if (!tables.ok()) return tables.status().ToString();
    const absl::Status caught_up =
        CatchUp(**log, **tables, &SampleFold, (*log)->head());
    if (!caught_up.ok()) return caught_up.ToString();
    const size_t rows = std::min<size_t>(texts.size(), 16);
    for (size_t i = texts.size() - rows; i < texts.size(); ++i) {
      const std::vector<std::string> row = absl::StrSplit(texts[i], '=');
      const auto value = (*tables)->Get(domain::Table::kSkus, row[0]);
      if (!value.ok() || *value != row[1]) return "another row";
    }
  }
  domain::NewEvent next = SampleEvent((*log)->head() + 1, "s", "more");
  return (*log)->Append(absl::MakeSpan(&next, 1)).ok() ? "" : "not appended";
}

TEST(PowerLossTest, NothingAcknowledgedIsLostAtAnyMoment) {
  const std::vector<DiskOperation> operations = Record();
  std::mt19937 random(1);
  DiskModel disk;
  domain::Position acknowledged = 0;
  int moments = 0;
  int planned = 0;
  int cuts = 0;
  int failures = 0;
  for (const DiskOperation& operation : operations) {
    disk.Apply(operation);
    ++moments;
    if (operation.kind == DiskOperation::kNote) {
      acknowledged = std::max(acknowledged, operation.number);
    }
    for (const Unsynced unsynced : {Unsynced::kNothing, Unsynced::kPrefix,
                                    Unsynced::kTorn, Unsynced::kGarbage}) {
      // After every sync in two ways, otherwise in one of them.
      const bool boundary = operation.kind == DiskOperation::kSync ||
                            operation.kind == DiskOperation::kSyncDirectory;
      if (moments % (boundary ? 2 : 4) !=
          static_cast<int>(unsynced) % (boundary ? 2 : 4)) {
        continue;
      }
      if (planned++ % kCutEvery != 0) continue;
      ++cuts;
      const std::string problem =
          ProblemAfter(disk.AfterPowerCut(unsynced, random), acknowledged,
                       cuts % kTablesEvery == 0);
      if (problem.empty()) continue;
      ADD_FAILURE() << "cut " << cuts << ", way " << static_cast<int>(unsynced)
                    << ", after " << int{operation.kind} << " "
                    << operation.path << ": " << problem;
      if (++failures == 10) return;
    }
  }
  EXPECT_EQ(acknowledged, kStarts * kCommandsPerStart);
  EXPECT_GE(cuts, kLeastCutPoints);
  RecordProperty("cut_points", cuts);
  std::cout << "cut points " << cuts << ", acknowledged " << acknowledged
            << std::endl;
}

}  // namespace
}  // namespace qantara::store
