#include "tools/benchmark/watch/load_shape.h"

#include <algorithm>

#include "domain/status_macros.h"

namespace qantara::tools {
namespace {

// etcd takes 128 at most.
constexpr uint32_t kFiguresPerCommit = 100;
constexpr double kWriteSeconds = 300;

}  // namespace

absl::Status WriteFigures(WatchSubject& subject, uint32_t figures) {
  FeedOrder order;
  order.max_changes = figures;
  order.max_seconds = kWriteSeconds;
  order.per_commit = std::min(figures, kFiguresPerCommit);
  order.figures = figures;
  return subject.Feed(order).status();
}

absl::StatusOr<std::unique_ptr<WatchPool>> OpenWatchers(WatchSubject& subject,
                                                        const LoadShape& shape,
                                                        bool keep_deliveries) {
  QANTARA_RETURN_IF_ERROR(WriteFigures(subject, shape.figures));
  WatchPool::Options options;
  options.address = subject.address();
  QANTARA_ASSIGN_OR_RETURN(options.dialect, subject.Dialect({}));
  options.watchers = shape.watchers;
  options.connections = shape.connections;
  options.threads = shape.threads;
  options.keep_deliveries = keep_deliveries;
  return WatchPool::Open(options);
}

}  // namespace qantara::tools
