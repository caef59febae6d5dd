#include "store/rocksdb_event_log.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/ports/failpoints.h"
#include "domain/status_macros.h"
#include "rocksdb/write_batch.h"
#include "store/big_endian.h"
#include "store/chain_digest.h"
#include "store/commit_chain.h"
#include "store/database.h"
#include "store/database_options.h"
#include "store/directory_lock.h"
#include "store/event_cuts.h"
#include "store/head_marker.h"
#include "store/log_backup.h"
#include "store/log_format.h"
#include "store/log_reader.h"
#include "store/log_verifier.h"
#include "store/recent_events.h"
#include "store/rocksdb_status.h"
#include "store/stream_revisions.h"

namespace qantara::store {
namespace {

constexpr size_t kEventIdBytes = 16;

absl::Status ReadOnly(absl::string_view why) {
  return domain::MakeError(absl::StatusCode::kFailedPrecondition,
                           v1::ERROR_REASON_LOG_UNAVAILABLE,
                           absl::StrCat("the log is read-only: ", why));
}

absl::Status BadEvent(domain::Position position, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("event for position ", position, ": ", why));
}

}  // namespace

// One commit in the making.
struct RocksdbEventLog::Batch {
  explicit Batch(const Head& head)
      : digest(head.digest, ChainForm::kValueDigests),
        first(head.position + 1),
        last(head.position) {}

  rocksdb::WriteBatch writes;
  ChainDigest digest;
  domain::Position first;
  domain::Position last;
  // Streams that the batch writes to.
  absl::flat_hash_map<std::string, domain::Revision> revisions;
  std::vector<std::pair<domain::EventRecordPtr, size_t>> events;
};

RocksdbEventLog::RocksdbEventLog(const Options& options)
    : options_(options),
      env_(options.env != nullptr ? *options.env : *rocksdb::Env::Default()),
      recent_(std::make_unique<RecentEvents>(options.recent_bytes)),
      revisions_(std::make_unique<StreamRevisions>(options.cached_streams)),
      newest_(std::make_unique<Head>()) {}

RocksdbEventLog::~RocksdbEventLog() {
  // The log is whole without it: the marker only has to stay behind.
  if (marker_ != nullptr) marker_->Sync().IgnoreError();
}

absl::StatusOr<std::unique_ptr<RocksdbEventLog>> RocksdbEventLog::Open(
    const Options& options) {
  std::unique_ptr<RocksdbEventLog> log =
      absl::WrapUnique(new RocksdbEventLog(options));
  QANTARA_RETURN_IF_ERROR(
      ToStatus(log->env_.CreateDirIfMissing(options.directory),
               absl::StrCat("making ", options.directory)));
  QANTARA_ASSIGN_OR_RETURN(
      log->lock_, DirectoryLock::Acquire(log->env_, options.directory));
  QANTARA_RETURN_IF_ERROR(log->OpenDatabase());
  return log;
}

// Looks before it opens for writing: recovery would drop the bytes behind a
// damaged record for ever.
absl::Status RocksdbEventLog::OpenDatabase() {
  const std::string path = absl::StrCat(options_.directory, "/log");
  const std::string marker_path = absl::StrCat(options_.directory, "/head");
  const rocksdb::DBOptions options = LogDatabaseOptions(env_);
  const auto marker = HeadMarker::Read(env_, marker_path);
  if (absl::IsUnavailable(marker.status())) return marker.status();

  std::vector<std::string> present;
  const rocksdb::Status listed =
      rocksdb::DB::ListColumnFamilies(options, path, &present);
  // A directory that died while it was being made lacks families.
  if (listed.ok() && present.size() > std::size(kLogFamilyNames)) {
    QANTARA_ASSIGN_OR_RETURN(database_,
                             Database::Open(path, options, LogFamilies(),
                                            Database::Mode::kReadOnly));
    QANTARA_RETURN_IF_ERROR(Inspect());
  } else if (!listed.ok() && env_.FileExists(path + "/CURRENT").ok()) {
    return ToStatus(listed, absl::StrCat("opening ", path));
  }
  if (!marker.ok()) {
    StopWriting(ReadOnly(marker.status().message()));
  } else if (marker->has_value()) {
    QANTARA_RETURN_IF_ERROR(CheckAgainstMarker(**marker));
  }
  if (!writable().ok()) return absl::OkStatus();

  domain::Reach(domain::Failpoint::kOpenLooked);
  database_.reset();
  QANTARA_ASSIGN_OR_RETURN(
      database_,
      Database::Open(path, options, LogFamilies(), Database::Mode::kReadWrite));
  QANTARA_RETURN_IF_ERROR(Inspect());
  domain::Reach(domain::Failpoint::kOpenRecovered);
  QANTARA_ASSIGN_OR_RETURN(marker_,
                           HeadMarker::Open(env_, marker_path, *newest_));
  domain::Reach(domain::Failpoint::kOpenDone);
  return absl::OkStatus();
}

// Finds the head, and stops writing where the last commit is not whole.
absl::Status RocksdbEventLog::Inspect() {
  QANTARA_ASSIGN_OR_RETURN(const auto commit, LastCommit(*database_));
  QANTARA_ASSIGN_OR_RETURN(const domain::Position last_event,
                           LastEvent(*database_));
  if (commit.has_value()) *newest_ = {commit->last, commit->digest};
  head_.store(newest_->position, std::memory_order_release);
  if (last_event != newest_->position) {
    StopWriting(ReadOnly(absl::StrCat("the last commit ends at position ",
                                      newest_->position,
                                      ", the last event is at ", last_event)));
    return absl::OkStatus();
  }
  if (!commit.has_value()) return absl::OkStatus();
  const absl::Status whole = CheckCommit(*database_, *commit, NoFurtherCheck);
  if (!whole.ok()) StopWriting(ReadOnly(whole.message()));
  return absl::OkStatus();
}

absl::Status RocksdbEventLog::CheckAgainstMarker(const Head& head) {
  if (head.position == 0) return absl::OkStatus();
  if (database_ == nullptr) {
    return domain::MakeError(
        absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
        absl::StrCat("there is no log in ", options_.directory,
                     ", but its marker says that it went to position ",
                     head.position));
  }
  if (head.position > newest_->position) {
    StopWriting(ReadOnly(absl::StrCat(
        "it ends at position ", newest_->position,
        ", but its marker says that it went to position ", head.position)));
    return absl::OkStatus();
  }
  const auto commit = FindCommit(*database_, head.position);
  if (!commit.ok()) {
    StopWriting(ReadOnly(commit.status().message()));
  } else if (!commit->has_value() || (*commit)->digest != head.digest) {
    StopWriting(ReadOnly(absl::StrCat(
        "its history up to position ", head.position,
        " is another one than its marker says; the log ends at position ",
        newest_->position)));
  }
  return absl::OkStatus();
}

absl::Status RocksdbEventLog::Append(absl::Span<domain::NewEvent> events) {
  QANTARA_RETURN_IF_ERROR(writable());
  if (events.empty()) return absl::InvalidArgumentError("nothing to append");
  Batch batch(*newest_);
  for (domain::NewEvent& event : events) {
    QANTARA_RETURN_IF_ERROR(CheckEvent(event, batch.last + 1));
    const absl::Status added = AddEvent(event, batch);
    if (absl::IsUnavailable(added) || absl::IsDataLoss(added)) {
      // Revisions cannot be read any more; nothing was written.
      StopWriting(ReadOnly(added.message()));
      return writable();
    }
    QANTARA_RETURN_IF_ERROR(added);
  }
  return Write(batch);
}

absl::Status RocksdbEventLog::CheckEvent(const domain::NewEvent& event,
                                         domain::Position position) const {
  if (event.record == nullptr) return BadEvent(position, "no record");
  const events::v1::EventRecord& record = *event.record;
  if (record.position() != position) {
    return BadEvent(position, absl::StrCat("position ", record.position(),
                                           " does not follow the head"));
  }
  if (record.stream().empty() ||
      record.stream().find('\0') != std::string::npos) {
    return BadEvent(position, "the stream is empty or has a zero byte");
  }
  if (record.event_id().size() != kEventIdBytes) {
    return BadEvent(position, "the event id has not 16 bytes");
  }
  if (!record.has_time()) return BadEvent(position, "no time");
  if (record.event().kind_case() == events::v1::Event::KIND_NOT_SET) {
    return BadEvent(position, "no kind of event");
  }
  if (record.event().has_event_cut()) {
    return BadEvent(position, "only events that are in the log are cut");
  }
  return absl::OkStatus();
}

absl::Status RocksdbEventLog::AddEvent(domain::NewEvent& event, Batch& batch) {
  events::v1::EventRecord& record = *event.record;
  const auto [entry, inserted] =
      batch.revisions.try_emplace(record.stream(), domain::Revision{0});
  if (inserted) {
    QANTARA_ASSIGN_OR_RETURN(entry->second, RevisionOf(record.stream()));
  }
  if (!event.expected.Matches(entry->second)) {
    return domain::MakeError(absl::StatusCode::kAborted,
                             v1::ERROR_REASON_REVISION_CONFLICT,
                             absl::StrCat("stream ", record.stream(),
                                          " has revision ", entry->second),
                             {{"actual", absl::StrCat(entry->second)}});
  }
  record.set_revision(++entry->second);
  batch.last = record.position();
  const std::string value = EncodeEvent(record);
  const std::string position = NumberBytes(record.position());
  batch.digest.Add(value);
  rocksdb::Status status =
      batch.writes.Put(database_->family(kEvents), position, value);
  if (status.ok()) {
    status = batch.writes.Put(
        database_->family(kStreamIndex),
        StreamIndexKey(record.stream(), record.revision()), position);
  }
  batch.events.emplace_back(event.record, value.size());
  return ToStatus(status, "collecting events");
}

absl::Status RocksdbEventLog::Write(Batch& batch) {
  const Commit commit = {batch.first, batch.last, batch.digest.Finish(),
                         ChainForm::kValueDigests};
  rocksdb::Status status =
      batch.writes.Put(database_->family(kCommits), NumberBytes(commit.last),
                       EncodeCommit(commit));
  for (const auto& [stream, revision] : batch.revisions) {
    if (!status.ok()) break;
    status = batch.writes.Put(database_->family(kStreams), stream,
                              NumberBytes(revision));
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  domain::Reach(domain::Failpoint::kLogAppend);
  if (status.ok()) status = database_->db().Write(options, &batch.writes);
  if (!status.ok()) {
    StopWriting(ReadOnly(absl::StrCat("appending position ", batch.first,
                                      " failed: ", status.ToString())));
    return domain::MakeError(
        absl::StatusCode::kUnavailable, v1::ERROR_REASON_LOG_UNAVAILABLE,
        absl::StrCat("it is not known whether positions ", batch.first, " to ",
                     batch.last, " were written: ", status.ToString()));
  }
  domain::Reach(domain::Failpoint::kLogAppended);
  *newest_ = {commit.last, commit.digest};
  for (const auto& [stream, revision] : batch.revisions) {
    revisions_->Set(stream, revision);
  }
  for (auto& [event, bytes] : batch.events) {
    recent_->Push(std::move(event), bytes);
  }
  head_.store(commit.last, std::memory_order_release);
  // This commit is durable. The next one must not be without a marker.
  const absl::Status marked = marker_->Write(*newest_);
  if (!marked.ok()) StopWriting(ReadOnly(marked.message()));
  return absl::OkStatus();
}

absl::StatusOr<domain::Revision> RocksdbEventLog::RevisionOf(
    absl::string_view stream) {
  if (const auto known = revisions_->Find(stream)) return *known;
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = database_->db().Get(
      CheckedRead(), database_->family(kStreams), ToSlice(stream), &value);
  if (status.IsNotFound()) return 0;
  QANTARA_RETURN_IF_ERROR(
      ToStatus(status, absl::StrCat("reading the revision of ", stream)));
  return DecodeNumber(ToView(value), absl::StrCat("the revision of ", stream));
}

absl::StatusOr<std::vector<domain::EventRecordPtr>> RocksdbEventLog::Read(
    domain::Position after, domain::ReadLimit limit) const {
  const domain::Position last = head();
  if (after > last) {
    return absl::OutOfRangeError(absl::StrCat(
        "position ", after, " is beyond the head, which is ", last));
  }
  if (after == last) return std::vector<domain::EventRecordPtr>();
  auto recent = recent_->From(after + 1, last, limit);
  if (!recent.empty()) return recent;
  return ReadEvents(*database_, after + 1, last, limit);
}

absl::StatusOr<std::vector<domain::EventRecordPtr>> RocksdbEventLog::ReadStream(
    absl::string_view stream, domain::Revision after,
    domain::ReadLimit limit) const {
  const domain::Position last = head();
  if (last == 0) return std::vector<domain::EventRecordPtr>();
  return ReadStreamEvents(*database_, stream, after, last, limit);
}

absl::StatusOr<domain::CutResult> RocksdbEventLog::Cut(
    absl::Span<const domain::Position> positions) {
  QANTARA_RETURN_IF_ERROR(writable());
  rocksdb::WriteBatch writes;
  QANTARA_ASSIGN_OR_RETURN(const domain::CutResult result,
                           CollectCuts(*database_, positions, head(), &writes));
  if (result.cut == 0) return result;
  rocksdb::WriteOptions options;
  options.sync = true;
  domain::Reach(domain::Failpoint::kCutWrite);
  const rocksdb::Status status = database_->db().Write(options, &writes);
  if (!status.ok()) {
    StopWriting(
        ReadOnly(absl::StrCat("cutting events failed: ", status.ToString())));
    return domain::MakeError(
        absl::StatusCode::kUnavailable, v1::ERROR_REASON_LOG_UNAVAILABLE,
        absl::StrCat("it is not known whether events were cut: ",
                     status.ToString()));
  }
  domain::Reach(domain::Failpoint::kCutWritten);
  recent_->DropThrough(positions.back());
  return result;
}

absl::StatusOr<domain::Position> RocksdbEventLog::Verify(
    domain::Position after) const {
  const domain::Position last = head();
  while (after < last) {
    QANTARA_ASSIGN_OR_RETURN(
        const Commit commit,
        CheckNextCommit(*database_, after, NoFurtherCheck));
    after = commit.last;
  }
  return after;
}

std::unique_ptr<domain::LogVerification> RocksdbEventLog::BeginVerification()
    const {
  return std::make_unique<LogVerifier>(database_.get(), head());
}

absl::StatusOr<std::unique_ptr<domain::BackupWork>>
RocksdbEventLog::BeginBackup(const std::string& directory, absl::Time now) {
  // A damaged log is no backup.
  QANTARA_RETURN_IF_ERROR(writable());
  return LogBackup::Begin(
      env_, *database_,
      {absl::StrCat(options_.directory, "/backup.tmp"), directory}, now);
}

domain::Position RocksdbEventLog::head() const {
  return head_.load(std::memory_order_acquire);
}

absl::Status RocksdbEventLog::writable() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return writable_;
}

void RocksdbEventLog::StopWriting(absl::Status why) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (writable_.ok()) writable_ = std::move(why);
}

}  // namespace qantara::store
