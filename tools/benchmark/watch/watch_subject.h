// A server whose watch is measured, in a process and a directory of its own.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_SUBJECT_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_SUBJECT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "tools/benchmark/watch/feed.h"
#include "tools/benchmark/watch/watch_pool.h"

namespace qantara::tools {

// How a watch is opened.
struct WatchWish {
  // Everything behind this position; nothing: from now on.
  std::optional<uint64_t> after;
  // Ours only: the latest value instead of every change.
  bool latest = false;
};

// One thread at a time, except for `Feed`, which may have one of its own.
class WatchSubject {
 public:
  virtual ~WatchSubject() = default;

  // For the report.
  virtual std::string name() const = 0;
  virtual const std::string& address() const = 0;
  virtual absl::StatusOr<WatchDialect> Dialect(const WatchWish& wish) = 0;

  // Writes and waits until all is durable.
  virtual absl::StatusOr<FeedRun> Feed(const FeedOrder& order) = 0;

  // Memory of its process.
  virtual absl::StatusOr<size_t> ResidentBytes() const = 0;
};

// Makes a new one with an empty directory, which is removed with it.
struct SubjectPlaces {
  std::string qantara;  // The program qantara_subject.
  std::string etcd;     // The program etcd; empty: there is none.
  std::string work_dir;
};

// Errors: those of the process.
absl::StatusOr<std::unique_ptr<WatchSubject>> StartQantara(
    const SubjectPlaces& places);
absl::StatusOr<std::unique_ptr<WatchSubject>> StartEtcd(
    const SubjectPlaces& places);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_WATCH_SUBJECT_H_
