// Places at which a test lets the process die.
//
// A place before and after everything that makes a fact durable or lets a
// request go. In normal service nothing is set, and passing one is one relaxed
// load. Only code in this process can set the hook: the server does it by a
// flag at its start, never by a call.
#ifndef QANTARA_DOMAIN_PORTS_FAILPOINTS_H_
#define QANTARA_DOMAIN_PORTS_FAILPOINTS_H_

#include <atomic>
#include <cstddef>

namespace qantara::domain {

// In the order of kFailpoints.
enum class Failpoint {
  // The writer and the log.
  kWriterDecide,
  kLogAppend,
  kLogWritten,
  kLogSynced,
  kLogAppended,
  kMarkerWrite,
  kMarkerWritten,
  kWriterAnswer,
  kWriterAnswered,
  // What is old.
  kSnapshotTake,
  kSnapshotTaken,
  kHistoryCutRecord,
  kHistoryCutRecorded,
  kCutWrite,
  kCutWritten,
  // The tables.
  kTablesApply,
  kTablesApplied,
  // The start.
  kOpenLooked,
  kOpenRecovered,
  kMarkerReplace,
  kMarkerReplaced,
  kOpenDone,
  kCatchUpApply,
  kCatchUpDone,
  // Delivery.
  kCreateIntend,
  kCreateIntended,
  kCreateAnswered,
  kCreateRecorded,
  kUpdateIntend,
  kUpdateIntended,
  kUpdateAnswered,
  kUpdateRecorded,
  kInterruptedRecord,
  kInterruptedRecorded,
  kSettleRead,
  kSettlePage,
  kSettleRecord,
  kSettleRecorded,
  kSettleUpdateRead,
  kSettleUpdateAnswered,
  kSettleUpdateRecorded,
  kSplitSend,
  kItemsSettle,
  kItemsSettled,
  kSweepPage,
  kSweepRecord,
  kSweepRecorded,
  // Requests that write.
  kRequestQueued,
  kRequestLeaves,
  kRequestLeft,
  kRequestAnswering,
  kRequestAnswered,
};

struct FailpointInfo {
  Failpoint point;
  const char* name;
  const char* meaning;
};

inline constexpr FailpointInfo kFailpoints[] = {
    {Failpoint::kWriterDecide, "writer_decide",
     "commands were taken, none is decided"},
    {Failpoint::kLogAppend, "log_append",
     "a commit is decided, nothing of it is written"},
    {Failpoint::kLogWritten, "log_written",
     "a commit is written to the write-ahead log, not synced"},
    {Failpoint::kLogSynced, "log_synced",
     "the write-ahead log is synced, RocksDB has not returned"},
    {Failpoint::kLogAppended, "log_appended",
     "a commit is durable, its marker is not begun"},
    {Failpoint::kMarkerWrite, "marker_write",
     "the head marker is about to be overwritten"},
    {Failpoint::kMarkerWritten, "marker_written",
     "the head marker names the new commit"},
    {Failpoint::kWriterAnswer, "writer_answer",
     "a commit is durable, nobody was told"},
    {Failpoint::kWriterAnswered, "writer_answered",
     "commands were answered, followers were not woken"},
    {Failpoint::kSnapshotTake, "cut_snapshot_take",
     "old stock events are to be cut, a part of the snapshot is not recorded"},
    {Failpoint::kSnapshotTaken, "cut_snapshot_taken",
     "a part of the snapshot of the stock is on disk"},
    {Failpoint::kHistoryCutRecord, "cut_record",
     "the whole snapshot of the stock is on disk, the cut is not recorded"},
    {Failpoint::kHistoryCutRecorded, "cut_recorded",
     "the cut of stock events is on disk, all of them are whole"},
    {Failpoint::kCutWrite, "cut_write",
     "digests are about to be written in place of some stock events"},
    {Failpoint::kCutWritten, "cut_written",
     "digests stand in place of some stock events"},
    {Failpoint::kTablesApply, "tables_apply",
     "rows of a commit are about to be written"},
    {Failpoint::kTablesApplied, "tables_applied",
     "rows of a commit and their position are written"},
    {Failpoint::kOpenLooked, "open_looked",
     "the log was looked at, it is not open for writing"},
    {Failpoint::kOpenRecovered, "open_recovered",
     "RocksDB recovered the log, the marker is still the old one"},
    {Failpoint::kMarkerReplace, "marker_replace",
     "the new marker file is written beside the old one"},
    {Failpoint::kMarkerReplaced, "marker_replaced",
     "the new marker file is in its place, its directory is not synced"},
    {Failpoint::kOpenDone, "open_done", "the log takes events"},
    {Failpoint::kCatchUpApply, "catch_up_apply",
     "rows that the tables lack are folded, not written"},
    {Failpoint::kCatchUpDone, "catch_up_done",
     "the tables were brought up to the log at the start"},
    {Failpoint::kCreateIntend, "create_intend",
     "the budget granted a create, its intent is not recorded"},
    {Failpoint::kCreateIntended, "create_intended",
     "the intent of a create is on disk, nothing was sent"},
    {Failpoint::kCreateAnswered, "create_answered",
     "the outcome of a create is known, not recorded"},
    {Failpoint::kCreateRecorded, "create_recorded",
     "the outcome of a create is on disk"},
    {Failpoint::kUpdateIntend, "update_intend",
     "the budget granted an update, its intent is not recorded"},
    {Failpoint::kUpdateIntended, "update_intended",
     "the intent of an update is on disk, nothing was sent"},
    {Failpoint::kUpdateAnswered, "update_answered",
     "the outcome of an update is known, not recorded"},
    {Failpoint::kUpdateRecorded, "update_recorded",
     "the outcome of an update is on disk"},
    {Failpoint::kInterruptedRecord, "interrupted_record",
     "an intent of an earlier process was found, not recorded as unknown"},
    {Failpoint::kInterruptedRecorded, "interrupted_recorded",
     "an intent of an earlier process is recorded as unknown"},
    {Failpoint::kSettleRead, "settle_read",
     "an unknown create is about to be read back"},
    {Failpoint::kSettlePage, "settle_page",
     "a page of a reading has come, nothing is concluded"},
    {Failpoint::kSettleRecord, "settle_record",
     "a reading settles items, it is not recorded"},
    {Failpoint::kSettleRecorded, "settle_recorded",
     "what a reading settled is on disk"},
    {Failpoint::kSettleUpdateRead, "settle_update_read",
     "an unknown update is about to be read back"},
    {Failpoint::kSettleUpdateAnswered, "settle_update_answered",
     "the reading of an unknown update has come, not recorded"},
    {Failpoint::kSettleUpdateRecorded, "settle_update_recorded",
     "what the reading of an unknown update showed is on disk"},
    {Failpoint::kSplitSend, "split_send",
     "one half of the suspects of a refusal is about to be sent"},
    {Failpoint::kItemsSettle, "items_settle",
     "items that need no request are decided, not recorded"},
    {Failpoint::kItemsSettled, "items_settled",
     "items that need no request are on disk"},
    {Failpoint::kSweepPage, "sweep_page",
     "a page of a sweep has come, nothing of it is looked at"},
    {Failpoint::kSweepRecord, "sweep_record",
     "news of the catalog or the end of a sweep are read, not recorded"},
    {Failpoint::kSweepRecorded, "sweep_recorded",
     "news of the catalog or the end of a sweep are on disk"},
    {Failpoint::kRequestQueued, "request_queued",
     "the transport has a write, no connection was made for it"},
    {Failpoint::kRequestLeaves, "request_leaves",
     "connected; the bytes of a write leave next"},
    {Failpoint::kRequestLeft, "request_left",
     "the bytes of a write have left, no answer has begun"},
    {Failpoint::kRequestAnswering, "request_answering",
     "the answer to a write has begun"},
    {Failpoint::kRequestAnswered, "request_answered",
     "the answer to a write is complete, nobody was told"},
};

inline constexpr size_t kFailpointCount =
    sizeof(kFailpoints) / sizeof(kFailpoints[0]);

// Whether each failpoint stands in its own place of kFailpoints.
constexpr bool FailpointsInOrder() {
  for (size_t i = 0; i < kFailpointCount; ++i) {
    if (static_cast<size_t>(kFailpoints[i].point) != i) return false;
  }
  return static_cast<size_t>(Failpoint::kRequestAnswered) + 1 ==
         kFailpointCount;
}
static_assert(FailpointsInOrder(), "kFailpoints and Failpoint differ");

// Runs on whatever thread passes a failpoint; must not block.
using FailpointHook = void (*)(Failpoint);

inline std::atomic<FailpointHook> failpoint_hook{nullptr};

// Sets what every failpoint calls from now on; null: nothing.
inline void SetFailpointHook(FailpointHook hook) {
  failpoint_hook.store(hook, std::memory_order_relaxed);
}

// Whether a hook is set: only then what exists for failpoints alone is built.
inline bool FailpointsArmed() {
  return failpoint_hook.load(std::memory_order_relaxed) != nullptr;
}

// Passes a failpoint.
inline void Reach(Failpoint point) {
  const FailpointHook hook = failpoint_hook.load(std::memory_order_relaxed);
  if (hook != nullptr) hook(point);
}

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_PORTS_FAILPOINTS_H_
