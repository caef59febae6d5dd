// Secrets in environment variables and files.
#ifndef QANTARA_ADAPTERS_CREDENTIALS_SECRET_H_
#define QANTARA_ADAPTERS_CREDENTIALS_SECRET_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace qantara::adapters {

// Largest file that is read as a secret, in bytes.
inline constexpr size_t kMaxCredentialBytes = 16 << 10;

// Where a secret is.
struct SecretPlace {
  enum class Kind { kEnvironment, kFile };
  Kind kind = Kind::kEnvironment;
  // Name of the variable, or path of the file.
  std::string name;

  // `file PATH` or `environment variable NAME`, for messages.
  std::string ToText() const;
};

// A secret as it was when it was read.
struct Secret {
  // Without outer white space; at least one character, printable ASCII only.
  std::string value;
  // Another one whenever the variable or file is: a file that was written again
  // with the same content counts as replaced. No secret, but not for logs.
  std::string version;
};

// Reads the secret. Thread-safe; does not wait for a named pipe.
//
// Errors: kFailedPrecondition with the variable or file in the message, never
// its content, when it is missing, unreadable, empty, too large, or not
// printable ASCII.
absl::StatusOr<Secret> ReadSecret(const SecretPlace& place);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_CREDENTIALS_SECRET_H_
