// Keys and values of the log on disk; store/README.md has them byte by byte.
//
//   events        position                     ->  01, EventRecord
//                 or, where it was cut         ->  02, check, EventRecord
//   streams       stream                       ->  revision
//   stream_index  stream 00 revision           ->  position
//   commits       last position of the commit  ->  first position, digest, 02
//                 or, of ChainForm::kValues    ->  first position, digest
//
// Numbers are eight bytes, big-endian. These bytes are on disk: never change
// them, only add.
#ifndef QANTARA_STORE_LOG_FORMAT_H_
#define QANTARA_STORE_LOG_FORMAT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/event_log.h"
#include "qantara/events/v1/event.pb.h"
#include "store/chain_digest.h"

namespace qantara::store {

// Names of the column families, and their places in the list that opens them.
enum LogFamily { kEvents, kStreams, kStreamIndex, kCommits };
inline constexpr const char* kLogFamilyNames[] = {"events", "streams",
                                                  "stream_index", "commits"};

// What is stored of a commit.
struct Commit {
  domain::Position first = 0;
  domain::Position last = 0;
  Digest digest = {};
  ChainForm form = ChainForm::kValueDigests;
};

std::string StreamIndexKey(absl::string_view stream, domain::Revision revision);

std::string EncodeCommit(const Commit& commit);

// Errors: kDataLoss when the bytes are not a commit that ends at `last`.
absl::StatusOr<Commit> DecodeCommit(domain::Position last,
                                    absl::string_view value);

// An event of kind EventCut gets the format of what was cut.
std::string EncodeEvent(const events::v1::EventRecord& record);

// Errors: kDataLoss, with the position, when the bytes are not the event at
// `position`, or of a kind that this program does not know.
absl::StatusOr<domain::EventRecordPtr> DecodeEvent(domain::Position position,
                                                   absl::string_view value);

// What stays of the event with this stored value.
events::v1::EventRecord CutRecordOf(const events::v1::EventRecord& record,
                                    absl::string_view value);

// Digest of the event's value as it was when it was appended.
//
// Errors: kDataLoss when it was cut and its digest is not one.
absl::StatusOr<Digest> ValueDigestOf(const events::v1::EventRecord& record,
                                     absl::string_view value);

// Reads a stored number of eight bytes; `what` begins the message.
//
// Errors: kDataLoss when there are not eight bytes.
absl::StatusOr<uint64_t> DecodeNumber(absl::string_view value,
                                      absl::string_view what);

// kDataLoss (LOG_DAMAGED): the event at `position` cannot be read back.
absl::Status DamagedAt(domain::Position position, absl::string_view why);

}  // namespace qantara::store

#endif  // QANTARA_STORE_LOG_FORMAT_H_
