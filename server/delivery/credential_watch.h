// When a connection whose credential was refused may be tried again.
#ifndef QANTARA_SERVER_DELIVERY_CREDENTIAL_WATCH_H_
#define QANTARA_SERVER_DELIVERY_CREDENTIAL_WATCH_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "adapters/credentials/credentials.h"

namespace qantara::server {

// A refused credential costs no requests: one probe when it was replaced, and
// without that at most two slow ones, in case that the provider was wrong.
//
// A missing permission (403) is asked for at each slow pause, because it can be
// given without another credential. A probe reads, so it says nothing of a
// permission to write: the pauses grow until the operation itself is let
// through.
//
// Look is thread-safe; the gate's mutex guards everything else.
class CredentialWatch {
 public:
  // Between two looks whether the credential was replaced.
  static constexpr int64_t kLookMillis = 500;

  // `credentials` must outlive it; null: there is nothing to watch.
  explicit CredentialWatch(adapters::Credentials* credentials)
      : credentials_(credentials) {}

  bool present() const { return credentials_ != nullptr; }

  // The credential as it is now; may read and write files.
  adapters::CredentialStatus Look() const;

  // A request is sent with the credential.
  void Used(const adapters::CredentialStatus& credential) {
    used_version_ = credential.version;
  }

  // The connection was closed because a credential is needed.
  void Refused(int64_t now);

  // The connection was closed because the operation is not permitted.
  void Denied(absl::string_view operation, int64_t now);

  // Whether the closed connection is to be probed. Stays true until Probed.
  bool ProbeDue(const adapters::CredentialStatus& credential, int64_t now);
  void Probed() { due_ = false; }
  // The provider did not answer the probe: it is due again.
  void ProbeUnanswered() { due_ = true; }

  // The provider answered the operation, and not by 401 or 403.
  void Answered(absl::string_view operation);

 private:
  static int64_t PauseMillis(int tries);

  adapters::Credentials* const credentials_;
  std::string used_version_;
  // Version for which the connection was closed; empty: any that is usable is
  // another.
  std::string closed_version_;
  // The operation that is not permitted; empty: none.
  std::string denied_;
  int tries_ = 0;
  int64_t try_at_ = 0;
  bool trying_again_ = false;
  bool due_ = false;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_CREDENTIAL_WATCH_H_
