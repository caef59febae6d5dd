#include "store/event_cuts.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"
#include "rocksdb/write_batch.h"
#include "store/big_endian.h"
#include "store/commit_chain.h"
#include "store/log_format.h"
#include "store/rocksdb_status.h"

namespace qantara::store {
namespace {

using domain::CutResult;
using domain::HistoryCutter;
using domain::Position;

absl::Status Refused(Position position, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("the event at position ", position, " is not cut: ", why));
}

absl::Status CheckPositions(const Database& database,
                            absl::Span<const Position> positions,
                            Position head) {
  if (positions.size() > HistoryCutter::kMostCuts) {
    return absl::InvalidArgumentError(
        absl::StrCat("at most ", HistoryCutter::kMostCuts,
                     " events are cut at once, not ", positions.size()));
  }
  Position before = 0;
  for (const Position position : positions) {
    if (position <= before) return Refused(position, "positions must ascend");
    before = position;
  }
  if (positions.empty()) return absl::OkStatus();
  // What a start compares with the marker stays whole.
  QANTARA_ASSIGN_OR_RETURN(const auto newest, FindCommit(database, head));
  if (!newest.has_value() || before >= newest->first) {
    return Refused(before, "it is not older than the newest commit");
  }
  return absl::OkStatus();
}

absl::Status AddCut(const Database& database, Position position,
                    const Commit& commit, rocksdb::WriteBatch* writes,
                    CutResult* result) {
  const std::string key = NumberBytes(position);
  rocksdb::PinnableSlice value;
  const rocksdb::Status found =
      database.db().Get(CheckedRead(), database.family(kEvents), key, &value);
  if (found.IsNotFound()) return DamagedAt(position, "it is missing");
  QANTARA_RETURN_IF_ERROR(ToStatus(found, "reading an event to cut"));
  QANTARA_ASSIGN_OR_RETURN(const auto event,
                           DecodeEvent(position, ToView(value)));
  if (event->event().has_event_cut()) return absl::OkStatus();
  if (!domain::MayBeCut(event->event())) {
    return Refused(position, "events of its kind stay");
  }
  if (commit.form != ChainForm::kValueDigests) {
    ++result->kept;
    return absl::OkStatus();
  }
  const std::string left = EncodeEvent(CutRecordOf(*event, ToView(value)));
  ++result->cut;
  result->bytes_before += value.size();
  result->bytes_after += left.size();
  return ToStatus(writes->Put(database.family(kEvents), key, left),
                  "collecting cuts");
}

}  // namespace

absl::StatusOr<CutResult> CollectCuts(const Database& database,
                                      absl::Span<const Position> positions,
                                      Position head,
                                      rocksdb::WriteBatch* writes) {
  QANTARA_RETURN_IF_ERROR(CheckPositions(database, positions, head));
  CutResult result;
  std::optional<Commit> commit;
  for (const Position position : positions) {
    if (!commit.has_value() || position > commit->last) {
      QANTARA_ASSIGN_OR_RETURN(commit, NextCommit(database, position - 1));
      if (!commit.has_value()) {
        return DamagedAt(position, "no commit holds it");
      }
    }
    QANTARA_RETURN_IF_ERROR(
        AddCut(database, position, *commit, writes, &result));
  }
  return result;
}

}  // namespace qantara::store
