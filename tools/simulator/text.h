// Small pure functions on text: query strings, times, digests, UTF-8.
#ifndef TOOLS_SIMULATOR_TEXT_H_
#define TOOLS_SIMULATOR_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace qantara::simulator {

// Decodes %XX, and `+` as a space. A broken escape stays as it is.
std::string DecodeUrl(absl::string_view text);

// Decoded name and value of each parameter, in order. Brackets may come raw or
// encoded.
std::vector<std::pair<std::string, std::string>> ParseQuery(
    absl::string_view query);

// Number of code points; bytes that are no UTF-8 count one each at most.
size_t CountCharacters(absl::string_view utf8);

// Milliseconds since 1970, UTC.
int64_t NowMs();

// "2026-05-18T08:00:00.000Z", or with `offset` the same instant as
// "2026-05-18T11:00:00.000+03:00".
std::string TimeText(int64_t time_ms, bool offset);

// "Mon, 18 May 2026 08:00:00 GMT", the form of HTTP headers.
std::string HttpDate(int64_t time_ms);

// ISO 8601 with any offset, or a date alone. Nothing when it is neither.
std::optional<int64_t> ParseTimeMs(absl::string_view text);

// SHA-256 in lower-case hexadecimal.
std::string Sha256Hex(absl::string_view bytes);

// A number that depends on all arguments and on nothing else; evenly spread.
uint64_t MixedHash(uint64_t seed, absl::string_view name,
                   absl::string_view key);

// MixedHash as a number from 0 up to but not 1.
double MixedFraction(uint64_t seed, absl::string_view name,
                     absl::string_view key);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_TEXT_H_
