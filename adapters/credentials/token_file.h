// The tokens of one connection on disk, outside the log.
#ifndef QANTARA_ADAPTERS_CREDENTIALS_TOKEN_FILE_H_
#define QANTARA_ADAPTERS_CREDENTIALS_TOKEN_FILE_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace qantara::adapters {

// What a provider gave for a refresh token.
struct StoredTokens {
  std::string access_token;
  std::string refresh_token;
  // By the wall clock; absent: not told.
  std::optional<absl::Time> expires;
  // Digest, in hexadecimal digits, of the first refresh token of the chain,
  // which somebody put into a file.
  std::string origin;
};

// A file of mode 0600, in a folder of mode 0700, that only one process uses at
// a time. One thread.
class TokenFile {
 public:
  explicit TokenFile(std::string path);
  ~TokenFile();
  TokenFile(const TokenFile&) = delete;
  TokenFile& operator=(const TokenFile&) = delete;

  const std::string& path() const { return path_; }

  // Makes the folder and those above it, takes PATH.lock, and reads the file;
  // nothing when there is none. The lock is kept until destruction.
  //
  // Errors: kFailedPrecondition when another process has the lock, the folder
  // cannot be used, or the file is damaged. It may be called again.
  absl::StatusOr<std::optional<StoredTokens>> Open();

  // Replaces the file: when this returns OK the tokens are on disk, else the
  // file is the former or the new one, and whole. Call Open first.
  //
  // Errors: kUnavailable with the system's reason.
  absl::Status Save(const StoredTokens& tokens);

 private:
  const std::string path_;
  int lock_ = -1;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_CREDENTIALS_TOKEN_FILE_H_
