#include "adapters/credentials/credential_source.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace qantara::adapters {
namespace {

Credential InForm(const Secret& secret, CredentialOptions::Form form) {
  const std::string& value = secret.value;
  switch (form) {
    case CredentialOptions::Form::kAuthorizationRaw:
      return {"Authorization", value, value, secret.version};
    case CredentialOptions::Form::kBearer:
      return {"Authorization", absl::StrCat("Bearer ", value), value,
              secret.version};
    case CredentialOptions::Form::kApiKey:
      break;
  }
  return {"API-KEY", value, value, secret.version};
}

absl::Status RefusedError(const SecretPlace& place) {
  const bool is_file = place.kind == SecretPlace::Kind::kFile;
  return absl::FailedPreconditionError(
      absl::StrCat("credential: the provider refused what is in ",
                   place.ToText(), " (HTTP 401); ",
                   is_file ? "a replaced file counts at once"
                           : "restart the server with a valid one"));
}

}  // namespace

CredentialSource::CredentialSource(CredentialOptions options)
    : place_{options.place, std::move(options.name)}, form_(options.form) {}

absl::StatusOr<Credential> CredentialSource::Current() {
  const absl::StatusOr<Secret> secret = ReadSecret(place_);
  if (!secret.ok()) return secret.status();
  const std::lock_guard<std::mutex> lock(mutex_);
  if (secret->version == refused_) return RefusedError(place_);
  return InForm(*secret, form_);
}

CredentialStatus CredentialSource::Check() {
  const absl::StatusOr<Credential> current = Current();
  if (current.ok()) {
    return {CredentialStatus::State::kUsable, "", current->version};
  }
  return {CredentialStatus::State::kNeeded,
          std::string(current.status().message()), ""};
}

void CredentialSource::Refused(const Credential& used) {
  const std::lock_guard<std::mutex> lock(mutex_);
  refused_ = used.version;
}

void CredentialSource::TryAgain() {
  const std::lock_guard<std::mutex> lock(mutex_);
  refused_.clear();
}

}  // namespace qantara::adapters
