#include "tools/simulator/text.h"

#include <openssl/evp.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace qantara::simulator {
namespace {

constexpr int kSaudiOffsetSeconds = 3 * 60 * 60;

// FNV-1a over `text`, continued from `hash`.
uint64_t Fnv(uint64_t hash, absl::string_view text) {
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

// The finaliser of SplitMix64: spreads a weak hash over all bits.
uint64_t Spread(uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace

std::string DecodeUrl(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() &&
        absl::ascii_isxdigit(text[i + 1]) &&
        absl::ascii_isxdigit(text[i + 2])) {
      out += absl::HexStringToBytes(text.substr(i + 1, 2));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> ParseQuery(
    absl::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (absl::string_view part : absl::StrSplit(query, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    parameters.emplace_back(DecodeUrl(pair.first), DecodeUrl(pair.second));
  }
  return parameters;
}

size_t CountCharacters(absl::string_view utf8) {
  size_t count = 0;
  for (const char c : utf8) {
    if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++count;
  }
  return count;
}

int64_t NowMs() { return absl::ToUnixMillis(absl::Now()); }

std::string TimeText(int64_t time_ms, bool offset) {
  const absl::Time time = absl::FromUnixMillis(time_ms);
  if (offset) {
    return absl::FormatTime("%Y-%m-%dT%H:%M:%E3S%Ez", time,
                            absl::FixedTimeZone(kSaudiOffsetSeconds));
  }
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone());
}

std::string HttpDate(int64_t time_ms) {
  return absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT",
                          absl::FromUnixMillis(time_ms), absl::UTCTimeZone());
}

std::optional<int64_t> ParseTimeMs(absl::string_view text) {
  absl::Time time;
  std::string error;
  for (const char* format : {"%Y-%m-%dT%H:%M:%E*S%Ez", "%Y-%m-%d %H:%M:%E*S",
                             "%Y-%m-%dT%H:%M:%E*S", "%Y-%m-%d"}) {
    if (absl::ParseTime(format, text, &time, &error)) {
      return absl::ToUnixMillis(time);
    }
  }
  return std::nullopt;
}

std::string Sha256Hex(absl::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(),
                 nullptr) != 1) {
    return "";
  }
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), size));
}

uint64_t MixedHash(uint64_t seed, absl::string_view name,
                   absl::string_view key) {
  uint64_t hash = Fnv(0xcbf29ce484222325ULL, name);
  hash = Fnv(hash * 31 + 7, key);
  return Spread(hash ^ Spread(seed));
}

double MixedFraction(uint64_t seed, absl::string_view name,
                     absl::string_view key) {
  return static_cast<double>(MixedHash(seed, name, key) >> 11) * 0x1.0p-53;
}

}  // namespace qantara::simulator
