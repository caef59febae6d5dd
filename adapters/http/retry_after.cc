#include "adapters/http/retry_after.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"

namespace qantara::adapters {
namespace {

// IMF-fixdate, RFC 850 and asctime. All are in UTC whatever they say.
constexpr const char* kDateForms[] = {
    "%a, %d %b %Y %H:%M:%S GMT",
    "%A, %d-%b-%y %H:%M:%S GMT",
    "%a %b %e %H:%M:%S %Y",
};

bool IsDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

}  // namespace

std::optional<absl::Time> ParseHttpDate(absl::string_view value) {
  // ParseTime also reads words such as "infinite-future".
  const std::string text(absl::StripAsciiWhitespace(value));
  if (text.find("infinite") != std::string::npos) return std::nullopt;
  for (const char* form : kDateForms) {
    absl::Time time;
    if (absl::ParseTime(form, text, absl::UTCTimeZone(), &time, nullptr)) {
      return time;
    }
  }
  return std::nullopt;
}

std::optional<absl::Duration> ParseRetryAfter(absl::string_view value,
                                              absl::Time now) {
  value = absl::StripAsciiWhitespace(value);
  if (IsDigits(value)) {
    uint32_t seconds = 0;
    // Too many digits for a number are a very long wait.
    if (!absl::SimpleAtoi(value, &seconds)) return kLongestRetryAfter;
    return std::min(absl::Seconds(seconds), kLongestRetryAfter);
  }
  const std::optional<absl::Time> date = ParseHttpDate(value);
  if (!date.has_value()) return std::nullopt;
  return std::clamp(*date - now, absl::ZeroDuration(), kLongestRetryAfter);
}

}  // namespace qantara::adapters
