// The waiting time that a server asks for.
#ifndef QANTARA_ADAPTERS_HTTP_RETRY_AFTER_H_
#define QANTARA_ADAPTERS_HTTP_RETRY_AFTER_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace qantara::adapters {

// Longest wait that is believed; a longer one is cut to it.
inline constexpr absl::Duration kLongestRetryAfter = absl::Hours(1);

// Reads the value of a `Retry-After` header: whole seconds, or a date in one of
// the three forms of HTTP, which is compared with `now`. A date that has passed
// is 0. Nothing where it is neither.
std::optional<absl::Duration> ParseRetryAfter(absl::string_view value,
                                              absl::Time now);

// Reads a date in one of the three forms of HTTP.
std::optional<absl::Time> ParseHttpDate(absl::string_view value);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_HTTP_RETRY_AFTER_H_
