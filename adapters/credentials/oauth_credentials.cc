#include "adapters/credentials/oauth_credentials.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "domain/digest.h"

namespace qantara::adapters {
namespace {

using State = CredentialStatus::State;

// A token is renewed so long before it expires, or a tenth of its life.
constexpr absl::Duration kMargin = absl::Minutes(1);
// Between two looks whether a file was replaced while the token is good.
constexpr int64_t kLookMillis = 1000;
constexpr int64_t kFirstBackOffMillis = 500;
constexpr int64_t kLongestBackOffMillis = 60'000;
// Pauses before a refused grant is tried again with the same secrets.
constexpr int64_t kSlowMillis[] = {60'000, 600'000, 1'800'000};
constexpr int64_t kNever = std::numeric_limits<int64_t>::max();
// A token that is refused sooner had a short life; so many may follow each
// other before renewals are slowed down.
constexpr int64_t kShortLifeMillis = 60'000;
constexpr int kShortLives = 8;
// Tokens refused one after the other until somebody must look.
constexpr int kRefusedToBlock = 2;

std::string OriginOf(const std::string& refresh_token) {
  return absl::BytesToHexString(domain::Digest16(refresh_token));
}

}  // namespace

OAuthCredentials::OAuthCredentials(OAuthOptions options,
                                   const domain::Clock& clock,
                                   HttpTransport& transport)
    : options_(std::move(options)),
      clock_(clock),
      transport_(transport),
      file_(options_.token_path),
      jitter_(static_cast<uint32_t>(clock.BootMillis())) {}

bool OAuthCredentials::UsableNow() const {
  return credential_.has_value() && !refused_ &&
         clock_.BootMillis() < expires_at_;
}

absl::StatusOr<Credential> OAuthCredentials::Current() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (UsableNow()) return *credential_;
  return absl::FailedPreconditionError(
      trouble_.detail.empty() ? "credential: an access token is being asked for"
                              : trouble_.detail);
}

CredentialStatus OAuthCredentials::Check() {
  {
    const std::unique_lock<std::mutex> step(step_mutex_, std::try_to_lock);
    if (step.owns_lock()) Advance();
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  if (UsableNow()) return {State::kUsable, "", credential_->version};
  return trouble_;
}

void OAuthCredentials::Refused(const Credential& used) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!credential_.has_value() || refused_ ||
      used.version != credential_->version) {
    return;
  }
  refused_ = true;
  ++refused_in_a_row_;
}

void OAuthCredentials::Accepted(const Credential& used) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!credential_.has_value() || used.version != credential_->version) return;
  refused_in_a_row_ = 0;
  accepted_ = true;
}

void OAuthCredentials::TryAgain() {
  const std::lock_guard<std::mutex> lock(mutex_);
  try_again_ = true;
}

void OAuthCredentials::SetTrouble(State state, std::string detail) {
  const std::lock_guard<std::mutex> lock(mutex_);
  trouble_ = {state, std::move(detail), ""};
}

void OAuthCredentials::Advance() {
  if (!opened_ && !Open()) return;
  TakeAnswer();
  const int64_t now = clock_.BootMillis();
  if (unsaved_.has_value() && now >= retry_at_) Keep();
  if (exchange_ != nullptr || unsaved_.has_value()) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (UsableNow() && now < renew_at_ && now < look_at_) return;
  }
  look_at_ = now + kLookMillis;
  const absl::StatusOr<Inputs> inputs = ReadInputs();
  if (!inputs.ok()) {
    SetTrouble(State::kNeeded, std::string(inputs.status().message()));
  } else if (IsDue(*inputs, now)) {
    Ask(*inputs);
  }
}

// Tokens of a process before this one.
bool OAuthCredentials::Open() {
  if (options_.refresh_token.has_value()) {
    const auto stored = file_.Open();
    if (!stored.ok()) {
      SetTrouble(State::kNeeded, std::string(stored.status().message()));
      return false;
    }
    stored_ = *stored;
  }
  opened_ = true;
  if (!stored_.has_value()) return true;
  const absl::StatusOr<Inputs> inputs = ReadInputs();
  if (!inputs.ok() || inputs->origin != stored_->origin) return true;
  std::optional<absl::Duration> left;
  if (stored_->expires.has_value()) left = *stored_->expires - clock_.Now();
  asked_ = *inputs;
  Show(*stored_, left);
  return true;
}

absl::StatusOr<OAuthCredentials::Inputs> OAuthCredentials::ReadInputs() const {
  const absl::StatusOr<Secret> id = ReadSecret(options_.client_id);
  if (!id.ok()) return id.status();
  const absl::StatusOr<Secret> secret = ReadSecret(options_.client_secret);
  if (!secret.ok()) return secret.status();
  Inputs inputs;
  inputs.secrets = {id->value, secret->value, ""};
  inputs.version = absl::StrCat(id->version, "\n", secret->version);
  if (!options_.refresh_token.has_value()) return inputs;
  const absl::StatusOr<Secret> refresh = ReadSecret(*options_.refresh_token);
  // Once there are tokens of its chain, the first one is not needed any more.
  if (!refresh.ok() && !stored_.has_value()) return refresh.status();
  if (refresh.ok()) {
    inputs.origin = OriginOf(refresh->value);
    inputs.secrets.refresh_token = refresh->value;
    absl::StrAppend(&inputs.version, "\n", refresh->version);
  } else {
    inputs.origin = stored_->origin;
  }
  if (stored_.has_value() && stored_->origin == inputs.origin) {
    inputs.secrets.refresh_token = stored_->refresh_token;
  }
  return inputs;
}

bool OAuthCredentials::IsDue(const Inputs& inputs, int64_t now) {
  PaceRefusals(now);
  bool refused_again = false;
  bool try_again = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const bool replaced = inputs.version != shown_version_;
    if (UsableNow() && now < renew_at_ && !replaced) return false;
    refused_again = refused_ && refused_in_a_row_ >= kRefusedToBlock &&
                    !replaced && !blocked_.has_value();
    try_again = std::exchange(try_again_, false);
    if (std::exchange(accepted_, false)) slow_tries_ = 0;
  }
  if (refused_again) {
    Block("credential: the provider refuses tokens that were just issued");
  }
  if (!blocked_.has_value()) return now >= retry_at_;
  const bool replaced = *blocked_ != inputs.version;
  if (!replaced && !try_again && now < unblock_at_) return false;
  if (replaced) slow_tries_ = 0;
  blocked_.reset();
  retry_at_ = 0;
  // The next token that is refused ends it again.
  const std::lock_guard<std::mutex> lock(mutex_);
  refused_in_a_row_ = std::min(refused_in_a_row_, kRefusedToBlock - 1);
  return true;
}

void OAuthCredentials::PaceRefusals(int64_t now) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!refused_ || std::exchange(paced_, true)) return;
  }
  short_lives_ = now - shown_at_ < kShortLifeMillis ? short_lives_ + 1 : 0;
  if (short_lives_ <= kShortLives) return;
  const int64_t pause =
      std::min(kLongestBackOffMillis,
               int64_t{1000} << std::min(short_lives_ - kShortLives, 10));
  retry_at_ = std::max(retry_at_, now + pause);
  SetTrouble(State::kFailing,
             "credential: the provider refuses tokens soon after they were "
             "issued; they are renewed at growing pauses");
}

void OAuthCredentials::Ask(const Inputs& inputs) {
  asked_ = inputs;
  exchange_ = std::make_shared<Exchange>();
  if (failures_ == 0) SetTrouble(State::kRenewing, "");
  transport_.Send(NewTokenRequest(options_.endpoint, inputs.secrets),
                  [exchange = exchange_](HttpResult result) {
                    const std::lock_guard<std::mutex> lock(exchange->mutex);
                    exchange->result = std::move(result);
                  });
  TakeAnswer();
}

void OAuthCredentials::TakeAnswer() {
  if (exchange_ == nullptr) return;
  std::optional<HttpResult> result;
  {
    const std::lock_guard<std::mutex> lock(exchange_->mutex);
    result = std::exchange(exchange_->result, std::nullopt);
  }
  if (!result.has_value()) return;
  exchange_ = nullptr;
  OnAnswer(ReadTokenAnswer(*result, clock_.Now()));
}

void OAuthCredentials::OnAnswer(const TokenAnswer& answer) {
  if (answer.kind == TokenAnswer::Kind::kRefused) {
    Block(absl::StrCat("credential: ", answer.detail));
    return;
  }
  if (answer.kind == TokenAnswer::Kind::kFailed) {
    ++failures_;
    retry_at_ = clock_.BootMillis() +
                std::max(BackOff(),
                         absl::ToInt64Milliseconds(answer.retry_after.value_or(
                             absl::ZeroDuration())));
    SetTrouble(State::kFailing, absl::StrCat("credential: ", answer.detail));
    return;
  }
  failures_ = 0;
  StoredTokens tokens;
  tokens.access_token = answer.access_token;
  tokens.origin = asked_.origin;
  tokens.refresh_token = answer.refresh_token.empty()
                             ? asked_.secrets.refresh_token
                             : answer.refresh_token;
  if (answer.lifetime.has_value()) {
    tokens.expires = clock_.Now() + *answer.lifetime;
  }
  if (!options_.refresh_token.has_value()) {
    Show(tokens, answer.lifetime);
    return;
  }
  unsaved_ = std::move(tokens);
  unsaved_lifetime_ = answer.lifetime;
  Keep();
}

// A rotated token that is lost cannot be had again: first the disk.
void OAuthCredentials::Keep() {
  const absl::Status saved = file_.Save(*unsaved_);
  if (!saved.ok()) {
    ++failures_;
    retry_at_ = clock_.BootMillis() + BackOff();
    SetTrouble(State::kFailing, std::string(saved.message()));
    return;
  }
  failures_ = 0;
  stored_ = std::move(unsaved_);
  unsaved_.reset();
  Show(*stored_, unsaved_lifetime_);
}

void OAuthCredentials::Show(const StoredTokens& tokens,
                            std::optional<absl::Duration> lifetime) {
  const int64_t now = clock_.BootMillis();
  shown_version_ = asked_.version;
  shown_at_ = now;
  paced_ = false;
  const std::lock_guard<std::mutex> lock(mutex_);
  const std::string& token = tokens.access_token;
  credential_ = Credential{"Authorization", absl::StrCat("Bearer ", token),
                           token, absl::StrCat("token ", ++generation_)};
  expires_at_ = renew_at_ = kNever;
  if (lifetime.has_value()) {
    expires_at_ = now + absl::ToInt64Milliseconds(*lifetime);
    renew_at_ = expires_at_ -
                absl::ToInt64Milliseconds(std::min(kMargin, *lifetime / 10));
  }
  refused_ = false;
  trouble_ = {State::kRenewing, "", ""};
}

void OAuthCredentials::Block(std::string detail) {
  const int last = static_cast<int>(std::size(kSlowMillis)) - 1;
  blocked_ = asked_.version;
  unblock_at_ =
      clock_.BootMillis() + kSlowMillis[std::min(slow_tries_++, last)];
  SetTrouble(State::kNeeded, std::move(detail));
}

int64_t OAuthCredentials::BackOff() {
  const int64_t longest =
      std::min(kLongestBackOffMillis,
               kFirstBackOffMillis << std::clamp(failures_ - 1, 0, 10));
  return std::uniform_int_distribution<int64_t>(longest / 2, longest)(jitter_);
}

}  // namespace qantara::adapters
