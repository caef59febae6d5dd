// Those who stall while a stall is measured.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_STALLED_WATCHERS_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_STALLED_WATCHERS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/benchmark/watch/stall.h"
#include "tools/benchmark/watch/stall_check.h"
#include "tools/benchmark/watch/stoppable_relay.h"
#include "tools/benchmark/watch/watch_pool.h"

namespace qantara::tools {

// One thread at a time.
class StalledWatchers {
 public:
  // Opens their watches; they read nothing from then on. `subject` must outlive
  // them.
  //
  // Errors: those of the subject and the watches.
  static absl::StatusOr<std::unique_ptr<StalledWatchers>> Open(
      WatchSubject& subject, const StallPlan& plan);

  // Lets them read on, whoever lost its connection with its token, until each
  // has what was written. Adds to `figures`.
  //
  // Errors: kDataLoss when one was not told what it was promised;
  // kDeadlineExceeded; those of the watches.
  absl::Status CatchUp(const FeedResult& written, StallFigures* figures);

 private:
  StalledWatchers(WatchSubject& subject, const StallPlan& plan);

  WatchPool::Options Options() const;
  absl::Status TakeUntil(uint64_t changes, StallFigures* figures);
  absl::StatusOr<uint64_t> TakeMessages();
  absl::Status Reconnect();

  WatchSubject& subject_;
  const StallPlan plan_;
  std::vector<StallCheck> checks_;
  std::unique_ptr<StoppableRelay> relay_;
  std::unique_ptr<WatchPool> pool_;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_STALLED_WATCHERS_H_
