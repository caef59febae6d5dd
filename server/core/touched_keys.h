// What an event changes that somebody may be following.
#ifndef QANTARA_SERVER_CORE_TOUCHED_KEYS_H_
#define QANTARA_SERVER_CORE_TOUCHED_KEYS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "domain/ports/event_log.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::server {

// What is followed: an import, a product, or the stock of a connection. The
// keys are those of the streams.
std::string ImportFollowKey(absl::string_view connection,
                            absl::string_view import_id);
std::string ProductFollowKey(absl::string_view connection, uint64_t product_id);
std::string StockFollowKey(absl::string_view connection);
// Whether a connection works; no event tells of that.
std::string ConnectionFollowKey(absl::string_view connection);

// The log as a whole: every event touches it.
std::string EveryEventFollowKey();

// One followed thing that an event changed.
struct Touched {
  std::string key;
  // Of an import: lines that may have come to rest.
  std::vector<uint32_t> lines;
};

// Finds the intent at a position; null when it cannot be read.
using FindIntent = std::function<domain::EventRecordPtr(domain::Position)>;

// Lists everything that `event` changed, each key once, apart from the log as a
// whole.
std::vector<Touched> TouchedBy(const events::v1::Event& event,
                               const FindIntent& find_intent);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_TOUCHED_KEYS_H_
