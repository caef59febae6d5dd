// Flips one bit after the other in the files of a data directory and tells what
// a whole reading shows then. RocksDB ends the process at some of them: whoever
// started it starts it again, with the flip behind.
//
//   bit_flip_look IMAGE FIRST
//
// IMAGE is a directory with the files of the data directory. Prints `truth`,
// then for each flip from number FIRST on `NUMBER KIND RESULT PLACE`, where
// RESULT is `same`, `refused`, `read_only` or `WRONG`, and `end`.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "domain/ports/history_cutter.h"
#include "store/catch_up.h"
#include "store/log_format.h"
#include "store/rocksdb_event_log.h"
#include "store/rocksdb_tables.h"
#include "tests/store/bit_flip_sample.h"
#include "tests/store/sample_commands.h"

namespace qantara::store {
namespace {

// Flips in one file; in those that only the end of the log depends on, more.
// Under a sanitizer each takes many times as long.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr size_t kFlips = 10;
constexpr size_t kManyFlips = 80;
#else
constexpr size_t kFlips = 40;
constexpr size_t kManyFlips = 500;
#endif

// What a whole reading shows.
struct Content {
  std::vector<std::string> texts;
  std::vector<std::vector<std::string>> streams;
  std::map<std::string, std::string> rows;
  // Revisions that new events of the streams get.
  std::vector<domain::Revision> next;

  bool operator==(const Content&) const = default;
};

struct Seen {
  // Why something is refused, OK when nothing is.
  absl::Status refused;
  // Whether the log is only read; it says so.
  bool read_only = false;
  Content content;
};

// What an event says. One that may be cut is told as if it were: where the
// write of a cut is damaged, the event is whole again, which is no less true.
std::string Told(const events::v1::EventRecord& record) {
  if (!domain::MayBeCut(record.event())) return record.SerializeAsString();
  return CutRecordOf(record, EncodeEvent(record)).SerializeAsString();
}

absl::Status ReadLog(const RocksdbEventLog& log, Content* content) {
  for (domain::Position after = 0; after < log.head();) {
    const auto events = log.Read(after, domain::ReadLimit());
    if (!events.ok()) return events.status();
    for (const auto& event : *events) {
      content->texts.push_back(Told(*event));
    }
    after += events->size();
  }
  for (int i = 0; i < kSampleStreams; ++i) {
    content->streams.emplace_back();
    const auto events = log.ReadStream(SampleStream(i), 0, domain::ReadLimit());
    if (!events.ok()) return events.status();
    for (const auto& event : *events) {
      content->streams.back().push_back(Told(*event));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadTables(RocksdbEventLog& log, rocksdb::Env& env,
                        Content* content) {
  const auto tables = RocksdbTables::Open(SampleTableOptions(env));
  if (!tables.ok()) return tables.status();
  const absl::Status caught_up =
      CatchUp(log, **tables, &SampleFold, log.head());
  if (!caught_up.ok()) return caught_up;
  return (*tables)->Snapshot()->Scan(
      domain::Table::kSkus, "", "",
      [&](absl::string_view key, absl::string_view value) {
        content->rows[std::string(key)] = std::string(value);
        return true;
      });
}

Seen Look(const DiskImage& image) {
  Seen seen;
  const auto env = EnvOf(image);
  const auto log = RocksdbEventLog::Open(SampleLogOptions(*env));
  seen.refused = log.status();
  if (!log.ok()) return seen;
  seen.read_only = !(*log)->writable().ok();
  seen.refused = ReadLog(**log, &seen.content);
  if (!seen.refused.ok() || seen.read_only) return seen;
  seen.refused = ReadTables(**log, *env, &seen.content);
  if (!seen.refused.ok()) return seen;
  for (int i = 0; i < kSampleStreams; ++i) {
    domain::NewEvent event =
        SampleEvent((*log)->head() + 1, SampleStream(i), "0=more");
    seen.refused = (*log)->Append(absl::MakeSpan(&event, 1));
    if (!seen.refused.ok()) return seen;
    seen.content.next.push_back(event.record->revision());
  }
  return seen;
}

// Such as "log/MANIFEST" or "tables/sst".
std::string KindOf(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  const std::string where = absl::StrContains(path, "/log/")      ? "log/"
                            : absl::StrContains(path, "/tables/") ? "tables/"
                                                                  : "";
  for (const char* part : {"MANIFEST", "OPTIONS"}) {
    if (absl::StartsWith(name, part)) return absl::StrCat(where, part);
  }
  if (absl::EndsWith(name, ".log")) return absl::StrCat(where, "wal");
  if (absl::EndsWith(name, ".sst")) return absl::StrCat(where, "sst");
  return absl::StrCat(where, name);
}

bool IsPrefix(const std::vector<std::string>& begin,
              const std::vector<std::string>& whole) {
  return begin.size() <= whole.size() &&
         std::equal(begin.begin(), begin.end(), whole.begin());
}

std::string ResultOf(const Seen& seen, const Seen& truth) {
  if (!seen.refused.ok()) return "refused";
  if (seen.read_only) {
    return IsPrefix(seen.content.texts, truth.content.texts) ? "read_only"
                                                             : "WRONG";
  }
  return seen.content == truth.content ? "same" : "WRONG";
}

DiskImage Load(const std::string& directory) {
  DiskImage image;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    image[entry.path().string().substr(directory.size())] = {
        std::istreambuf_iterator<char>(file), {}};
  }
  return image;
}

int Run(const std::string& directory, int first) {
  const DiskImage image = Load(directory);
  const Seen truth = Look(image);
  if (!truth.refused.ok() || truth.read_only) {
    std::cerr << truth.refused << std::endl;
    return 1;
  }
  std::cout << "truth" << std::endl;
  int number = 0;
  for (const auto& [path, bytes] : image) {
    const std::string kind = KindOf(path);
    if (absl::StrContains(kind, "LOG")) continue;
    const bool many = kind == "log/wal" || kind == "log/MANIFEST";
    const size_t flips = std::min(bytes.size(), many ? kManyFlips : kFlips);
    for (size_t i = 0; i < flips; ++i, ++number) {
      if (number < first) continue;
      std::mt19937 random(number);
      const size_t offset = i * bytes.size() / flips;
      const int bit = std::uniform_int_distribution<int>(0, 7)(random);
      DiskImage damaged = image;
      char& byte = damaged[path][offset];
      byte = static_cast<char>(byte ^ (1 << bit));
      // Said before, so that it is known which one the process died of.
      std::cout << number << " " << kind << " " << std::flush;
      std::cout << ResultOf(Look(damaged), truth) << " " << path << ":"
                << offset << "." << bit << std::endl;
    }
  }
  std::cout << "end" << std::endl;
  return 0;
}

}  // namespace
}  // namespace qantara::store

int main(int argc, char** argv) {
  int first = 0;
  if (argc != 3 || !absl::SimpleAtoi(argv[2], &first)) return 2;
  return qantara::store::Run(argv[1], first);
}
