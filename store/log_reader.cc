#include "store/log_reader.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"
#include "store/big_endian.h"
#include "store/log_format.h"
#include "store/rocksdb_status.h"

namespace qantara::store {
namespace {

// Collects events until the limit is reached.
class Page {
 public:
  explicit Page(domain::ReadLimit limit) : limit_(limit) {}

  // Whether one more event of that size fits; the first always does.
  bool Takes(size_t bytes) const {
    return events_.empty() ||
           (events_.size() < limit_.events && bytes_ + bytes <= limit_.bytes);
  }

  void Add(domain::EventRecordPtr event, size_t bytes) {
    events_.push_back(std::move(event));
    bytes_ += bytes;
  }

  std::vector<domain::EventRecordPtr> Take() { return std::move(events_); }

 private:
  const domain::ReadLimit limit_;
  std::vector<domain::EventRecordPtr> events_;
  size_t bytes_ = 0;
};

absl::Status AddFromStream(const Database& database, absl::string_view stream,
                           domain::Revision revision, domain::Position position,
                           Page& page, bool* full) {
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = database.db().Get(
      CheckedRead(), database.family(kEvents), NumberBytes(position), &value);
  if (status.IsNotFound()) return DamagedAt(position, "it is missing");
  QANTARA_RETURN_IF_ERROR(ToStatus(status, "reading a stream"));
  *full = !page.Takes(value.size());
  if (*full) return absl::OkStatus();
  QANTARA_ASSIGN_OR_RETURN(auto event, DecodeEvent(position, ToView(value)));
  if (event->stream() != stream || event->revision() != revision) {
    return DamagedAt(position, "it is not the one that its stream names");
  }
  page.Add(std::move(event), value.size());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<domain::EventRecordPtr>> ReadEvents(
    const Database& database, domain::Position first, domain::Position last,
    domain::ReadLimit limit) {
  const std::unique_ptr<rocksdb::Iterator> rows(
      database.db().NewIterator(CheckedRead(), database.family(kEvents)));
  Page page(limit);
  domain::Position position = first;
  for (rows->Seek(NumberBytes(first)); rows->Valid() && position <= last;
       rows->Next(), ++position) {
    if (ToView(rows->key()) != NumberBytes(position)) break;
    if (!page.Takes(rows->value().size())) return page.Take();
    QANTARA_ASSIGN_OR_RETURN(auto event,
                             DecodeEvent(position, ToView(rows->value())));
    page.Add(std::move(event), rows->value().size());
  }
  if (!rows->status().ok()) {
    return ToStatus(rows->status(),
                    absl::StrCat("reading the event at position ", position));
  }
  if (position <= last) return DamagedAt(position, "it is missing");
  return page.Take();
}

absl::StatusOr<std::vector<domain::EventRecordPtr>> ReadStreamEvents(
    const Database& database, absl::string_view stream, domain::Revision after,
    domain::Position last, domain::ReadLimit limit) {
  const std::unique_ptr<rocksdb::Iterator> rows(
      database.db().NewIterator(CheckedRead(), database.family(kStreamIndex)));
  const std::string prefix = absl::StrCat(stream, std::string(1, '\0'));
  Page page(limit);
  domain::Revision revision = after + 1;
  bool full = false;
  for (rows->Seek(StreamIndexKey(stream, revision));
       rows->Valid() && !full && absl::StartsWith(ToView(rows->key()), prefix);
       rows->Next(), ++revision) {
    QANTARA_ASSIGN_OR_RETURN(
        const domain::Position position,
        DecodeNumber(ToView(rows->value()), "an entry of a stream's index"));
    if (position > last) break;
    if (ToView(rows->key()) != StreamIndexKey(stream, revision)) {
      return DamagedAt(position, "its stream leaves out a revision");
    }
    QANTARA_RETURN_IF_ERROR(
        AddFromStream(database, stream, revision, position, page, &full));
  }
  QANTARA_RETURN_IF_ERROR(
      ToStatus(rows->status(), absl::StrCat("reading stream ", stream)));
  return page.Take();
}

}  // namespace qantara::store
