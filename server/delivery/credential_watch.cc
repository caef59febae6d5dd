#include "server/delivery/credential_watch.h"

#include <algorithm>
#include <iterator>

namespace qantara::server {
namespace {

using adapters::CredentialStatus;

constexpr int64_t kSlowMillis[] = {60'000, 600'000, 1'800'000};
// Probes with a credential that was refused and not replaced.
constexpr int kMaxTries = 2;

}  // namespace

int64_t CredentialWatch::PauseMillis(int tries) {
  const int last = static_cast<int>(std::size(kSlowMillis)) - 1;
  return kSlowMillis[std::clamp(tries, 0, last)];
}

CredentialStatus CredentialWatch::Look() const {
  return present() ? credentials_->Check() : CredentialStatus();
}

void CredentialWatch::Refused(int64_t now) {
  closed_version_.clear();
  denied_.clear();
  due_ = trying_again_ = false;
  try_at_ = now + PauseMillis(tries_);
}

void CredentialWatch::Denied(absl::string_view operation, int64_t now) {
  closed_version_ = used_version_;
  denied_ = std::string(operation);
  due_ = trying_again_ = false;
  try_at_ = now + PauseMillis(tries_);
}

bool CredentialWatch::ProbeDue(const CredentialStatus& credential,
                               int64_t now) {
  const bool usable = credential.state == CredentialStatus::State::kUsable;
  if (!usable) due_ = false;
  if (due_) return true;
  if (usable && credential.version != closed_version_) {
    if (!trying_again_) tries_ = 0;
    trying_again_ = false;
    closed_version_ = credential.version;
    return due_ = true;
  }
  const bool tries_left = !denied_.empty() || tries_ < kMaxTries;
  if (!tries_left || now < try_at_) return false;
  try_at_ = now + PauseMillis(++tries_);
  if (usable) return due_ = true;
  trying_again_ = true;
  closed_version_.clear();
  credentials_->TryAgain();
  return false;
}

void CredentialWatch::Answered(absl::string_view operation) {
  if (denied_.empty() || denied_ == operation) {
    denied_.clear();
    tries_ = 0;
  }
}

}  // namespace qantara::server
