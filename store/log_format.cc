#include "store/log_format.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/digest.h"
#include "domain/error.h"
#include "store/big_endian.h"

namespace qantara::store {
namespace {

// First byte of a stored event: a serialized EventRecord follows.
constexpr char kWholeEvent = 1;
// First byte of what is left of a cut event: a check and a serialized
// EventRecord follow. The chain of digests says nothing of this record's own
// bytes, so they have a check.
constexpr char kCutEvent = 2;
constexpr size_t kCheckBytes = 8;
// Last byte of a commit of ChainForm::kValueDigests.
constexpr char kValueDigestsForm = 2;

absl::string_view CheckOf(const Digest& digest) {
  return absl::string_view(digest.data(), kCheckBytes);
}

// Takes the check of a cut event from the front of `value`.
bool TakeCheck(absl::string_view* value) {
  if (value->size() < kCheckBytes) return false;
  const absl::string_view check = value->substr(0, kCheckBytes);
  value->remove_prefix(kCheckBytes);
  return check == CheckOf(domain::Digest32Of(*value));
}

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
  if (commit.form == ChainForm::kValueDigests) {
    value.push_back(kValueDigestsForm);
  }
  return value;
}

absl::StatusOr<Commit> DecodeCommit(domain::Position last,
                                    absl::string_view value) {
  Commit commit;
  if (value.size() == kNumberBytes + kDigestBytes) {
    commit.form = ChainForm::kValues;
  } else if (value.size() != kNumberBytes + kDigestBytes + 1 ||
             value.back() != kValueDigestsForm) {
    return DamagedAt(last, "its commit is unreadable");
  }
  commit.first = ReadNumber(value);
  commit.last = last;
  if (commit.first == 0 || commit.first > commit.last) {
    return DamagedAt(last, "its commit is unreadable");
  }
  value.remove_prefix(kNumberBytes);
  std::copy_n(value.begin(), kDigestBytes, commit.digest.begin());
  return commit;
}

std::string EncodeEvent(const events::v1::EventRecord& record) {
  if (record.event().has_event_cut()) {
    const std::string bytes = record.SerializeAsString();
    return absl::StrCat(std::string(1, kCutEvent),
                        CheckOf(domain::Digest32Of(bytes)), bytes);
  }
  std::string value(1, kWholeEvent);
  record.AppendToString(&value);
  return value;
}

absl::StatusOr<domain::EventRecordPtr> DecodeEvent(domain::Position position,
                                                   absl::string_view value) {
  if (value.empty() ||
      (value.front() != kWholeEvent && value.front() != kCutEvent)) {
    return DamagedAt(position, "unknown format");
  }
  const bool cut = value.front() == kCutEvent;
  value.remove_prefix(1);
  if (cut && !TakeCheck(&value)) {
    return DamagedAt(position, "what is left of it is not as it was written");
  }
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
  if (record->event().has_event_cut() != cut) {
    return DamagedAt(position, "its format is not that of its kind");
  }
  return domain::EventRecordPtr(std::move(record));
}

events::v1::EventRecord CutRecordOf(const events::v1::EventRecord& record,
                                    absl::string_view value) {
  events::v1::EventRecord left;
  left.set_position(record.position());
  left.set_stream(record.stream());
  left.set_revision(record.revision());
  left.set_event_id(record.event_id());
  *left.mutable_time() = record.time();
  left.set_causation(record.causation());
  const Digest digest = domain::Digest32Of(value);
  left.mutable_event()->mutable_event_cut()->set_value_digest(digest.data(),
                                                              digest.size());
  return left;
}

absl::StatusOr<Digest> ValueDigestOf(const events::v1::EventRecord& record,
                                     absl::string_view value) {
  if (!record.event().has_event_cut()) return domain::Digest32Of(value);
  const std::string& kept = record.event().event_cut().value_digest();
  Digest digest;
  if (kept.size() != digest.size()) {
    return DamagedAt(record.position(), "its digest is none");
  }
  std::copy(kept.begin(), kept.end(), digest.begin());
  return digest;
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
