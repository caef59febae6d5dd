#include "store/log_format.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "store/big_endian.h"

namespace qantara::store {
namespace {

// First byte of a stored event: a serialized EventRecord follows.
constexpr char kPlainEvent = 1;

}  // namespace

std::string StreamIndexKey(absl::string_view stream,
                           domain::Revision revision) {
  std::string key(stream);
  key.push_back('\0');
  AppendNumber(revision, &key);
  return key;
}

std::string EncodeCommit(const Commit& commit) {
  std::string value = NumberBytes(commit.first);
  value.append(commit.digest.data(), commit.digest.size());
  return value;
}

absl::StatusOr<Commit> DecodeCommit(domain::Position last,
                                    absl::string_view value) {
  if (value.size() != kNumberBytes + kDigestBytes) {
    return DamagedAt(last, "its commit is unreadable");
  }
  Commit commit;
  commit.first = ReadNumber(value);
  commit.last = last;
  if (commit.first == 0 || commit.first > commit.last) {
    return DamagedAt(last, "its commit is unreadable");
  }
  value.remove_prefix(kNumberBytes);
  std::copy(value.begin(), value.end(), commit.digest.begin());
  return commit;
}

std::string EncodeEvent(const events::v1::EventRecord& record) {
  std::string value(1, kPlainEvent);
  record.AppendToString(&value);
  return value;
}

absl::StatusOr<domain::EventRecordPtr> DecodeEvent(domain::Position position,
                                                   absl::string_view value) {
  if (value.empty() || value.front() != kPlainEvent) {
    return DamagedAt(position, "unknown format");
  }
  value.remove_prefix(1);
  auto record = std::make_shared<events::v1::EventRecord>();
  if (!record->ParseFromArray(value.data(), static_cast<int>(value.size()))) {
    return DamagedAt(position, "it does not parse");
  }
  if (record->position() != position) {
    return DamagedAt(position,
                     absl::StrCat("it says position ", record->position()));
  }
  if (record->event().kind_case() == events::v1::Event::KIND_NOT_SET) {
    return DamagedAt(position, "unknown kind of event");
  }
  return domain::EventRecordPtr(std::move(record));
}

absl::StatusOr<uint64_t> DecodeNumber(absl::string_view value,
                                      absl::string_view what) {
  if (value.size() != kNumberBytes) {
    return domain::MakeError(
        absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
        absl::StrCat(what, " has ", value.size(), " bytes"));
  }
  return ReadNumber(value);
}

absl::Status DamagedAt(domain::Position position, absl::string_view why) {
  return domain::MakeError(absl::StatusCode::kDataLoss,
                           v1::ERROR_REASON_LOG_DAMAGED,
                           absl::StrCat("the event at position ", position,
                                        " cannot be read back: ", why),
                           {{"position", absl::StrCat(position)}});
}

}  // namespace qantara::store
