// Stock events as the bytes of a full-feed watch's messages. Pure.
#ifndef QANTARA_SERVER_INVENTORY_COMMIT_ENCODER_H_
#define QANTARA_SERVER_INVENTORY_COMMIT_ENCODER_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "qantara/events/v1/event.pb.h"
#include "server/inventory/inventory_peer.h"

namespace qantara::server {

// Changes in one message of a watch.
inline constexpr int kMaxChanges = 1000;

// Returns the messages that tell the event to a watch without filter that wants
// every change as it is: what AddNews says, at most kMaxChanges in one, the
// last one with the token. They hold nothing of a subscriber. Empty where the
// event tells nothing.
//
// The bytes are written straight from the event, without messages in between:
// that is what makes replays fast.
std::vector<EncodedMessage> EncodeCommit(const events::v1::EventRecord& record,
                                         absl::string_view connection);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_COMMIT_ENCODER_H_
