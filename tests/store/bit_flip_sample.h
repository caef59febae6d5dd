// The data directory whose bits are flipped.
#ifndef QANTARA_TESTS_STORE_BIT_FLIP_SAMPLE_H_
#define QANTARA_TESTS_STORE_BIT_FLIP_SAMPLE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "store/catch_up.h"
#include "store/rocksdb_event_log.h"
#include "store/rocksdb_tables.h"
#include "tests/store/disk_image.h"
#include "tests/store/sample_commands.h"
#include "tests/store/sample_events.h"

namespace qantara::store {

inline constexpr char kSampleDirectory[] = "/data";
inline constexpr int kSampleStreams = 3;

inline std::string SampleStream(int number) {
  return absl::StrCat("stream-", number);
}

inline RocksdbEventLog::Options SampleLogOptions(rocksdb::Env& env) {
  RocksdbEventLog::Options options;
  options.directory = kSampleDirectory;
  options.env = &env;
  options.recent_bytes = 0;
  return options;
}

inline RocksdbTables::Options SampleTableOptions(rocksdb::Env& env) {
  RocksdbTables::Options options;
  options.directory = kSampleDirectory;
  options.env = &env;
  return options;
}

// Appends commits of one to three events, cuts one, and brings the tables up to
// them.
inline absl::Status AppendSample(rocksdb::Env& env, int commits) {
  const auto log = RocksdbEventLog::Open(SampleLogOptions(env));
  if (!log.ok()) return log.status();
  const auto tables = RocksdbTables::Open(SampleTableOptions(env));
  if (!tables.ok()) return tables.status();
  domain::NewEvent old =
      SampleEvent((*log)->head() + 1, SampleStream(0), "to be cut");
  *old.record->mutable_event() = SampleStock("to be cut");
  const absl::Status first = (*log)->Append(absl::MakeSpan(&old, 1));
  if (!first.ok()) return first;
  for (int commit = 0; commit < commits; ++commit) {
    std::vector<domain::NewEvent> events;
    for (int i = 0; i <= commit % 3; ++i) {
      const domain::Position position = (*log)->head() + events.size() + 1;
      events.push_back(
          SampleEvent(position, SampleStream(position % kSampleStreams),
                      absl::StrCat(position % 7, "=value ", position)));
    }
    const absl::Status appended = (*log)->Append(absl::MakeSpan(events));
    if (!appended.ok()) return appended;
  }
  const std::vector<domain::Position> cut = {old.record->position()};
  if (const auto done = (*log)->Cut(cut); !done.ok()) return done.status();
  return CatchUp(**log, **tables, &SampleFold, (*log)->head());
}

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_BIT_FLIP_SAMPLE_H_
