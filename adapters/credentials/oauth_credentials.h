// Access tokens by OAuth 2.0: asked for before they expire and after a 401.
#ifndef QANTARA_ADAPTERS_CREDENTIALS_OAUTH_CREDENTIALS_H_
#define QANTARA_ADAPTERS_CREDENTIALS_OAUTH_CREDENTIALS_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/credentials/credentials.h"
#include "adapters/credentials/secret.h"
#include "adapters/credentials/token_file.h"
#include "adapters/credentials/token_request.h"
#include "adapters/http/http_transport.h"
#include "domain/ports/clock.h"

namespace qantara::adapters {

// How tokens of one connection are had.
struct OAuthOptions {
  TokenEndpoint endpoint;
  SecretPlace client_id;
  SecretPlace client_secret;
  // The first refresh token; absent: the client-credentials grant.
  std::optional<SecretPlace> refresh_token;
  // Where the tokens of a refresh-token grant are kept.
  std::string token_path;
};

// One renewal at a time. Every renewal happens inside Check, on the thread of
// whoever calls it; the answer of the endpoint is only put aside on the
// transport's.
//
// A token that was refused is renewed once. When the provider refuses the next
// one as well, before it took any, or when the endpoint refuses the grant, a
// credential is needed: nothing is asked for until a file of the configuration
// is replaced, TryAgain, or 1 min, 10 min, then each 30 min have passed.
//
// Refresh tokens may rotate: a new token is used when it is on disk. When the
// process dies after the provider rotated and before that, or the endpoint's
// answer is lost, the grant is refused from then on, and somebody must put a
// new refresh token into its file.
class OAuthCredentials : public Credentials {
 public:
  // The clock and the transport must outlive it.
  OAuthCredentials(OAuthOptions options, const domain::Clock& clock,
                   HttpTransport& transport);

  absl::StatusOr<Credential> Current() override;
  CredentialStatus Check() override;
  void Refused(const Credential& used) override;
  void Accepted(const Credential& used) override;
  void TryAgain() override;

 private:
  // Where the transport puts the answer; outlives the object.
  struct Exchange {
    std::mutex mutex;
    std::optional<HttpResult> result;  // Guarded by mutex.
  };
  // What a grant is asked with.
  struct Inputs {
    GrantSecrets secrets;
    // Of the refresh token that somebody put into the file.
    std::string origin;
    // Another one when any of the files is.
    std::string version;
  };

  void Advance();
  bool Open();
  absl::StatusOr<Inputs> ReadInputs() const;
  // Whether a token must be asked for now, with these inputs.
  bool IsDue(const Inputs& inputs, int64_t now);
  // Slows down when tokens are refused again and again soon after their issue,
  // although the provider takes them for some requests.
  void PaceRefusals(int64_t now);
  void Ask(const Inputs& inputs);
  void TakeAnswer();
  void OnAnswer(const TokenAnswer& answer);
  void Keep();
  void Show(const StoredTokens& tokens, std::optional<absl::Duration> lifetime);
  void Block(std::string detail);
  void SetTrouble(CredentialStatus::State state, std::string detail);
  int64_t BackOff();
  bool UsableNow() const;

  const OAuthOptions options_;
  const domain::Clock& clock_;
  HttpTransport& transport_;

  // Held through a step of Check; nobody waits for it. Guards what follows.
  std::mutex step_mutex_;
  TokenFile file_;
  bool opened_ = false;
  std::optional<StoredTokens> stored_;
  // Given, and not on disk yet.
  std::optional<StoredTokens> unsaved_;
  std::optional<absl::Duration> unsaved_lifetime_;
  std::shared_ptr<Exchange> exchange_;
  Inputs asked_;
  // Version of the inputs that the present token was asked for with.
  std::string shown_version_;
  // Version of the inputs whose grant, or whose tokens, were refused.
  std::optional<std::string> blocked_;
  int64_t unblock_at_ = 0;
  int slow_tries_ = 0;
  int failures_ = 0;
  int64_t retry_at_ = 0;
  int64_t look_at_ = 0;
  // When the present token was shown, and whether its refusal was paced.
  int64_t shown_at_ = 0;
  bool paced_ = false;
  int short_lives_ = 0;
  std::mt19937 jitter_;

  // Guards what follows. Never held while waiting.
  mutable std::mutex mutex_;
  std::optional<Credential> credential_;
  int64_t renew_at_ = 0;
  int64_t expires_at_ = 0;
  bool refused_ = false;
  int refused_in_a_row_ = 0;
  bool accepted_ = false;
  bool try_again_ = false;
  uint64_t generation_ = 0;
  CredentialStatus trouble_{CredentialStatus::State::kRenewing, "", ""};
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_CREDENTIALS_OAUTH_CREDENTIALS_H_
