// When the outcome of an unknown request can be settled.
#ifndef QANTARA_DOMAIN_DELIVERY_WAIT_OUT_H_
#define QANTARA_DOMAIN_DELIVERY_WAIT_OUT_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

// Time by Clock::BootMillis at which nothing can land any more: send-by, plus
// the time an answer is waited for, plus the longest processing. A window of
// another boot says nothing about this clock: the wait starts again at
// `first_seen`, when this process first saw the intent.
int64_t WaitOutEnd(const events::v1::SendWindow& window,
                   const std::string& boot_id, int64_t first_seen);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_WAIT_OUT_H_
