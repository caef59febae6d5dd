// Makes records of decided events.
#ifndef QANTARA_STORE_NEW_EVENT_H_
#define QANTARA_STORE_NEW_EVENT_H_

#include "absl/random/random.h"
#include "absl/time/time.h"
#include "domain/decision.h"
#include "domain/ports/event_log.h"

namespace qantara::store {

// Gives events their place, an unpredictable id of 16 bytes, and the time. One
// thread at a time.
class NewEventFactory {
 public:
  domain::NewEvent Make(domain::PendingEvent pending, domain::Position position,
                        absl::Time now);

 private:
  absl::BitGen random_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_NEW_EVENT_H_
