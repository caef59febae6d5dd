#include "server/verify/verifiers.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "server/core/invalid.h"

namespace qantara::server {
namespace {

absl::StatusOr<VerifyOptions> OptionsOf(
    const v1::VerifyImportRequest& request) {
  VerifyOptions options;
  options.import_id = request.import_id();
  options.fields = request.fields();
  if (!v1::VerifyFields_IsValid(request.fields())) {
    return Invalid("fields", v1::ERROR_REASON_FIELD_INVALID, "unknown value");
  }
  if (request.sample_size() > Verifiers::kMaxSample) {
    return Invalid("sample_size", v1::ERROR_REASON_FIELD_INVALID,
                   absl::StrCat("at most ", Verifiers::kMaxSample));
  }
  options.sample_size = request.sample_size() == 0 ? Verifiers::kDefaultSample
                                                   : request.sample_size();
  return options;
}

}  // namespace

void Verifiers::Add(const std::string& connection, CatalogVerifier& verifier) {
  const std::lock_guard lock(mutex_);
  verifiers_[connection] = &verifier;
}

absl::StatusOr<CatalogVerifier*> Verifiers::Find(
    const std::string& connection) {
  const std::lock_guard lock(mutex_);
  const auto place = verifiers_.find(connection);
  if (place != verifiers_.end()) return place->second;
  return domain::MakeError(absl::StatusCode::kUnavailable,
                           v1::ERROR_REASON_PROVIDER_UNAVAILABLE,
                           "the connection does not deliver yet");
}

void Verifiers::Begin(const v1::VerifyImportRequest& request,
                      const std::shared_ptr<VerifyCall>& call) {
  const auto connection = connections_.Find(request.connection(), "connection");
  if (!connection.ok()) return call->End(connection.status());
  absl::StatusOr<VerifyOptions> options = OptionsOf(request);
  if (!options.ok()) return call->End(options.status());
  options->connection = (*connection)->id();
  const auto verifier = Find(options->connection);
  if (!verifier.ok()) return call->End(verifier.status());
  (*verifier)->Verify(*std::move(options), call);
}

}  // namespace qantara::server
