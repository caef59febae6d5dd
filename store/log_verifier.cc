#include "store/log_verifier.h"

#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "rocksdb/snapshot.h"
#include "store/big_endian.h"
#include "store/commit_chain.h"
#include "store/log_format.h"
#include "store/rocksdb_status.h"

namespace qantara::store {
namespace {

absl::Status DamagedStream(absl::string_view stream, absl::string_view why) {
  return domain::MakeError(
      absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
      absl::StrCat("stream ", stream, " is damaged: ", why));
}

// The event must be where its stream says.
absl::Status CheckIndexed(const Database& database,
                          const events::v1::EventRecord& record) {
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = database.db().Get(
      CheckedRead(), database.family(kStreamIndex),
      StreamIndexKey(record.stream(), record.revision()), &value);
  if (status.IsNotFound()) {
    return DamagedAt(record.position(), "its stream does not hold it");
  }
  QANTARA_RETURN_IF_ERROR(ToStatus(
      status,
      absl::StrCat("reading the stream of position ", record.position())));
  QANTARA_ASSIGN_OR_RETURN(
      const domain::Position indexed,
      DecodeNumber(ToView(value), "an entry of a stream's index"));
  if (indexed == record.position()) return absl::OkStatus();
  return DamagedAt(record.position(), absl::StrCat("its stream holds position ",
                                                   indexed, " in its place"));
}

}  // namespace

LogVerifier::LogVerifier(const Database* database, domain::Position last)
    : database_(database) {
  checked_.last = last;
}

absl::StatusOr<domain::LogChecked> LogVerifier::Next() {
  if (database_ == nullptr) {
    checked_.complete = true;
  } else if (checked_.events < checked_.last) {
    QANTARA_RETURN_IF_ERROR(CheckEvents());
  } else {
    QANTARA_RETURN_IF_ERROR(CheckRevisions());
  }
  return checked_;
}

absl::Status LogVerifier::CheckEvents() {
  const domain::Position begin = checked_.events;
  while (checked_.events < checked_.last &&
         checked_.events - begin < kStepEvents) {
    QANTARA_ASSIGN_OR_RETURN(
        const Commit commit,
        CheckNextCommit(*database_, checked_.events,
                        [this](const events::v1::EventRecord& record) {
                          return CheckIndexed(*database_, record);
                        }));
    checked_.events = commit.last;
    checked_.digest.assign(commit.digest.begin(), commit.digest.end());
  }
  return absl::OkStatus();
}

absl::Status LogVerifier::CheckRevisions() {
  rocksdb::ManagedSnapshot snapshot(&database_->db());
  rocksdb::ReadOptions read = CheckedRead();
  read.snapshot = snapshot.snapshot();
  const std::unique_ptr<rocksdb::Iterator> rows(
      database_->db().NewIterator(read, database_->family(kStreamIndex)));
  int looked = 0;
  for (rows->Seek(stream_.empty() ? ""
                                  : StreamIndexKey(stream_, revision_ + 1));
       rows->Valid() && looked < kStepEvents; rows->Next(), ++looked) {
    const absl::string_view key = ToView(rows->key());
    if (key.size() < kNumberBytes + 2) {
      return DamagedStream("", "an entry of the index is too short");
    }
    const absl::string_view stream =
        key.substr(0, key.size() - kNumberBytes - 1);
    if (stream != stream_) QANTARA_RETURN_IF_ERROR(EndStream(read));
    QANTARA_ASSIGN_OR_RETURN(
        const domain::Position position,
        DecodeNumber(ToView(rows->value()), "an entry of a stream's index"));
    QANTARA_RETURN_IF_ERROR(CheckEntry(
        stream, ReadNumber(key.substr(key.size() - kNumberBytes)), position));
  }
  QANTARA_RETURN_IF_ERROR(ToStatus(rows->status(), "reading the streams"));
  if (rows->Valid()) return absl::OkStatus();
  QANTARA_RETURN_IF_ERROR(EndStream(read));
  if (checked_.revisions != checked_.last) {
    return DamagedStream(
        "", absl::StrCat("all together have ", checked_.revisions,
                         " entries for ", checked_.last, " events"));
  }
  checked_.complete = true;
  return absl::OkStatus();
}

absl::Status LogVerifier::CheckEntry(absl::string_view stream,
                                     domain::Revision revision,
                                     domain::Position position) {
  if (revision != revision_ + 1) {
    return DamagedStream(
        stream, absl::StrCat("revision ", revision_ + 1, " is missing"));
  }
  if (position <= position_) {
    return DamagedStream(stream,
                         absl::StrCat("revision ", revision, " is at position ",
                                      position, ", behind ", position_));
  }
  stream_ = std::string(stream);
  revision_ = revision;
  position_ = position;
  if (position <= checked_.last) ++checked_.revisions;
  return absl::OkStatus();
}

absl::Status LogVerifier::EndStream(const rocksdb::ReadOptions& read) {
  if (stream_.empty()) return absl::OkStatus();
  rocksdb::PinnableSlice value;
  const rocksdb::Status status =
      database_->db().Get(read, database_->family(kStreams), stream_, &value);
  if (status.IsNotFound()) return DamagedStream(stream_, "it has no revision");
  QANTARA_RETURN_IF_ERROR(
      ToStatus(status, absl::StrCat("reading the revision of ", stream_)));
  QANTARA_ASSIGN_OR_RETURN(
      const domain::Revision revision,
      DecodeNumber(ToView(value), absl::StrCat("the revision of ", stream_)));
  if (revision != revision_) {
    return DamagedStream(
        stream_, absl::StrCat("it has revision ", revision, ", but ", revision_,
                              " entries"));
  }
  ++checked_.streams;
  stream_.clear();
  revision_ = 0;
  position_ = 0;
  return absl::OkStatus();
}

}  // namespace qantara::store
