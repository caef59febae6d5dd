// The power is cut at every moment of a run that appends and cuts events: what
// was acknowledged is there, each event is whole or cut, and the chain holds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "store/rocksdb_event_log.h"
#include "tests/store/disk_image.h"
#include "tests/store/recorded_disk.h"
#include "tests/store/sample_events.h"

namespace qantara::store {
namespace {

using Unsynced = DiskModel::Unsynced;

constexpr char kDirectory[] = "/data";
constexpr int kStarts = 3;
constexpr int kCommitsPerStart = 18;
constexpr domain::Position kCutAtOnce = 3;
// Behind this are notes of cuts; below it, of appends.
constexpr uint64_t kCutNote = uint64_t{1} << 32;
// Under a sanitizer each power cut takes many times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kEvery = 12;
constexpr int kLeastPowerCuts = 20;
#else
constexpr int kEvery = 1;
constexpr int kLeastPowerCuts = 300;
#endif

RocksdbEventLog::Options OptionsOn(rocksdb::Env* env) {
  RocksdbEventLog::Options options;
  options.directory = kDirectory;
  options.env = env;
  options.recent_bytes = 0;
  return options;
}

absl::Status AppendStock(RocksdbEventLog& log) {
  domain::NewEvent event = SampleEvent(log.head() + 1, "s", "");
  *event.record->mutable_event() = SampleStock(absl::StrCat(log.head() + 1));
  return log.Append(absl::MakeSpan(&event, 1));
}

// The positions from `first` on that one call cuts.
std::vector<domain::Position> CutFrom(domain::Position first) {
  std::vector<domain::Position> positions;
  for (domain::Position i = 0; i < kCutAtOnce; ++i) {
    positions.push_back(first + i);
  }
  return positions;
}

std::vector<DiskOperation> Record() {
  const auto memory = EnvOf({});
  EXPECT_TRUE(memory->CreateDirIfMissing(kDirectory).ok());
  const auto disk =
      std::make_shared<RecordingFileSystem>(memory->GetFileSystem());
  const auto env = rocksdb::NewCompositeEnv(disk);
  domain::Position cut = 0;
  for (int start = 0; start < kStarts; ++start) {
    const auto log = RocksdbEventLog::Open(OptionsOn(env.get()));
    EXPECT_TRUE(log.ok()) << log.status();
    for (int i = 0; i < kCommitsPerStart; ++i) {
      EXPECT_TRUE(AppendStock(**log).ok());
      disk->Note((*log)->head());
      if ((*log)->head() <= cut + 2 * kCutAtOnce) continue;
      EXPECT_TRUE((*log)->Cut(CutFrom(cut + 1)).ok());
      cut += kCutAtOnce;
      disk->Note(kCutNote + cut);
    }
  }
  return disk->operations();
}

struct Acknowledged {
  domain::Position appended = 0;
  domain::Position cut = 0;
};

// Opens what a power cut left, and says what is wrong with it.
std::string ProblemAfter(const DiskImage& image, const Acknowledged& told) {
  const auto env = EnvOf(image);
  env->CreateDirIfMissing(kDirectory).PermitUncheckedError();
  const auto opened = RocksdbEventLog::Open(OptionsOn(env.get()));
  if (!opened.ok()) return absl::StrCat("open: ", opened.status().ToString());
  RocksdbEventLog& log = **opened;
  if (!log.writable().ok()) return log.writable().ToString();
  if (log.head() < told.appended) return "acknowledged events are lost";
  if (log.head() > told.appended + 1) return "invented events";
  const auto verified = log.Verify();
  if (!verified.ok()) return verified.status().ToString();
  const auto events = log.Read(0, {});
  if (!events.ok()) return events.status().ToString();
  for (const auto& event : *events) {
    const bool is_cut = event->event().has_event_cut();
    const std::string at = absl::StrCat(" at ", event->position());
    if (event->position() <= told.cut && !is_cut) return "not cut" + at;
    if (event->position() > told.cut + kCutAtOnce && is_cut) return "cut" + at;
    if (!is_cut && event->event().stock_observed().connection() !=
                       absl::StrCat(event->position())) {
      return "another event" + at;
    }
  }
  if (!AppendStock(log).ok()) return "not appended";
  if (log.head() > told.cut + kCutAtOnce &&
      !log.Cut(CutFrom(told.cut + 1)).ok()) {
    return "not cut again";
  }
  return log.Verify().ok() ? "" : "not verified after going on";
}

TEST(CutPowerLossTest, EventsAreWholeOrCutAtAnyMoment) {
  std::mt19937 random(1);
  DiskModel disk;
  Acknowledged told;
  int moments = 0;
  int power_cuts = 0;
  int failures = 0;
  for (const DiskOperation& operation : Record()) {
    disk.Apply(operation);
    if (operation.kind == DiskOperation::kNote) {
      if (operation.number > kCutNote) {
        told.cut = operation.number - kCutNote;
      } else {
        told.appended = operation.number;
      }
    }
    if (moments++ % kEvery != 0) continue;
    // Each moment in one of the ways, in turn.
    const auto unsynced = static_cast<Unsynced>(power_cuts % 4);
    ++power_cuts;
    const std::string problem =
        ProblemAfter(disk.AfterPowerCut(unsynced, random), told);
    if (problem.empty()) continue;
    ADD_FAILURE() << "power cut " << power_cuts << ", way "
                  << static_cast<int>(unsynced) << ", after "
                  << int{operation.kind} << " " << operation.path << ": "
                  << problem;
    if (++failures == 10) return;
  }
  EXPECT_EQ(told.appended, kStarts * kCommitsPerStart);
  EXPECT_GT(told.cut, told.appended / 2);
  EXPECT_GE(power_cuts, kLeastPowerCuts);
  std::cout << "power cuts " << power_cuts << ", events cut " << told.cut
            << std::endl;
}

}  // namespace
}  // namespace qantara::store
