// What a gateway shows to its provider, and whether that is good.
#ifndef QANTARA_ADAPTERS_CREDENTIALS_CREDENTIALS_H_
#define QANTARA_ADAPTERS_CREDENTIALS_CREDENTIALS_H_

#include <string>

#include "absl/status/statusor.h"

namespace qantara::adapters {

// One header with a secret. Must not be logged.
struct Credential {
  std::string header_name;
  std::string header_value;
  // The secret alone, so that it can be cut out of texts.
  std::string secret;
  // Tells one credential from the next.
  std::string version;
};

// Whether requests can be sent.
struct CredentialStatus {
  enum class State {
    kUsable,    // There is one that the provider has not refused.
    kRenewing,  // One is asked for; come back soon.
    kFailing,   // Asking for one fails; it is tried again by itself.
    kNeeded,    // Somebody must replace it.
  };
  State state = State::kUsable;
  // Why it is not usable, for people; never a secret.
  std::string detail;
  // The credential's, where it is usable.
  std::string version;
};

// The credential of one connection. A refused one is not given out again until
// it was replaced, so that nothing is sent with it. Thread-safe.
class Credentials {
 public:
  virtual ~Credentials() = default;

  // Returns the credential to use now. Waits for no network.
  //
  // Errors: kFailedPrecondition, without any secret in the message, unless
  // Check would say kUsable.
  virtual absl::StatusOr<Credential> Current() = 0;

  // Looks whether a file changed, and does what is due: asking for a token,
  // keeping a new one. Reads and writes small files; waits for no network. Call
  // it at least each second while requests wait.
  virtual CredentialStatus Check() = 0;

  // The provider refused a request because of `used` (401). May be told again
  // for the same one. Does not block.
  virtual void Refused(const Credential& used) = 0;

  // The provider took `used`. Does not block.
  virtual void Accepted(const Credential& used) = 0;

  // Lets what was refused be tried once more. Does not block.
  virtual void TryAgain() = 0;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_CREDENTIALS_CREDENTIALS_H_
