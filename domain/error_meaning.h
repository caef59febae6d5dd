// What an error means to whoever gets it.
#ifndef QANTARA_DOMAIN_ERROR_MEANING_H_
#define QANTARA_DOMAIN_ERROR_MEANING_H_

#include <array>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace qantara::domain {

// Whether the same call can succeed when it is made again.
enum class Retry {
  kNo,         // It gets the same answer: correct it first.
  kAfterCure,  // Once a person has done what the cure says.
  kLater,      // By itself, after a while.
};

// Most codes of one reason.
inline constexpr size_t kMaxCodes = 2;

// What a status means.
struct ErrorMeaning {
  // Codes of calls that fail so, the usual one first; kOk where there are
  // fewer.
  std::array<absl::StatusCode, kMaxCodes> codes;
  Retry retry;
  // For kLater: how long to wait at least, where nothing better is known.
  int retry_seconds;
  absl::string_view cause;
  absl::string_view cure;
  // A command line of `qantara`, without the program's name, that shows or
  // mends it; empty where the command's own --help does.
  absl::string_view help;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_ERROR_MEANING_H_
