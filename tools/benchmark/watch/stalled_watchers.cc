#include "tools/benchmark/watch/stalled_watchers.h"

#include <algorithm>
#include <optional>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "domain/status_macros.h"
#include "tools/benchmark/watch/monotonic.h"

namespace qantara::tools {
namespace {

constexpr double kNanos = 1e9;
constexpr absl::Duration kCatchUpTimeout = absl::Minutes(2);
constexpr absl::Duration kLookInterval = absl::Milliseconds(5);
// What comes twice comes soon.
constexpr absl::Duration kLateCopies = absl::Milliseconds(200);
// Of a client that allows a server to be far ahead: more than sockets hold.
constexpr int kWideWindowBytes = 16 << 20;

}  // namespace

StalledWatchers::StalledWatchers(WatchSubject& subject, const StallPlan& plan)
    : subject_(subject),
      plan_(plan),
      checks_(static_cast<size_t>(plan.stalled), StallCheck(plan.latest)) {}

absl::StatusOr<std::unique_ptr<StalledWatchers>> StalledWatchers::Open(
    WatchSubject& subject, const StallPlan& plan) {
  auto stalled = absl::WrapUnique(new StalledWatchers(subject, plan));
  if (plan.frozen) {
    QANTARA_ASSIGN_OR_RETURN(stalled->relay_,
                             StoppableRelay::Start(subject.address()));
  }
  WatchPool::Options options = stalled->Options();
  QANTARA_ASSIGN_OR_RETURN(options.dialect,
                           subject.Dialect({std::nullopt, plan.latest}));
  QANTARA_ASSIGN_OR_RETURN(stalled->pool_, WatchPool::Open(options));
  if (plan.frozen) {
    stalled->relay_->Stop();
  } else {
    stalled->pool_->Pause();
  }
  return stalled;
}

WatchPool::Options StalledWatchers::Options() const {
  WatchPool::Options options;
  options.address = plan_.frozen ? relay_->address() : subject_.address();
  options.watchers = plan_.stalled;
  options.connections = plan_.stalled;
  options.reads_ahead = false;
  if (plan_.frozen) options.window_bytes = kWideWindowBytes;
  options.keep_messages = true;
  return options;
}

// Returns what the watcher that was told of fewest changes was told of.
absl::StatusOr<uint64_t> StalledWatchers::TakeMessages() {
  uint64_t fewest = kManyChanges;
  for (int i = 0; i < plan_.stalled; ++i) {
    StallCheck& check = checks_[static_cast<size_t>(i)];
    QANTARA_RETURN_IF_ERROR(check.Take(pool_->TakeMessages(i)));
    fewest = std::min(fewest, check.changes());
  }
  return fewest;
}

absl::Status StalledWatchers::Reconnect() {
  WatchPool::Options options = Options();
  QANTARA_ASSIGN_OR_RETURN(
      options.dialect,
      subject_.Dialect({checks_.front().position(), plan_.latest}));
  QANTARA_ASSIGN_OR_RETURN(pool_, WatchPool::Begin(options));
  return absl::OkStatus();
}

absl::Status StalledWatchers::TakeUntil(uint64_t changes,
                                        StallFigures* figures) {
  const absl::Time deadline = absl::Now() + kCatchUpTimeout;
  while (true) {
    const bool ended = pool_->AnyEnded();
    QANTARA_ASSIGN_OR_RETURN(const uint64_t told, TakeMessages());
    if (told >= changes) return absl::OkStatus();
    if (absl::Now() > deadline) {
      return absl::DeadlineExceededError(absl::StrCat(
          "a stalled watcher was told of ", told, " of ", changes, " changes"));
    }
    if (ended) {
      // A connection of which nothing is read may be given up, no other one.
      if (!plan_.frozen || figures->reconnected) {
        return absl::DataLossError("the watch of a stalled watcher ended");
      }
      figures->reconnected = true;
      QANTARA_RETURN_IF_ERROR(Reconnect());
    }
    absl::SleepFor(kLookInterval);
  }
}

absl::Status StalledWatchers::CatchUp(const FeedResult& written,
                                      StallFigures* figures) {
  const int64_t resumed = MonotonicNanos();
  if (plan_.frozen) {
    relay_->GoOn();
  } else {
    pool_->Resume();
  }
  QANTARA_RETURN_IF_ERROR(TakeUntil(written.changes, figures));
  figures->caught_up_seconds =
      static_cast<double>(MonotonicNanos() - resumed) / kNanos;
  absl::SleepFor(kLateCopies);
  QANTARA_RETURN_IF_ERROR(TakeMessages().status());
  figures->felt = true;
  figures->folded_figures = written.changes;
  for (const StallCheck& check : checks_) {
    QANTARA_RETURN_IF_ERROR(check.Finish(written, plan_.shape.figures));
    figures->felt =
        figures->felt && (check.fell_behind() || figures->reconnected);
    figures->on_the_way = std::max(
        figures->on_the_way,
        check.fell_behind() ? check.changes_before() : check.changes());
    figures->folded_figures =
        std::min<size_t>(figures->folded_figures, check.figures());
  }
  return absl::OkStatus();
}

}  // namespace qantara::tools
