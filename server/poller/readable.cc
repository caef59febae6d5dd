#include "server/poller/readable.h"

#include "domain/error.h"

namespace qantara::server {

absl::Status CheckReadable(v1::ConnectionState state) {
  constexpr auto kCode = absl::StatusCode::kUnavailable;
  switch (state) {
    case v1::CONNECTION_STATE_NEEDS_CREDENTIALS:
      return domain::MakeError(kCode, v1::ERROR_REASON_CREDENTIALS_NEEDED,
                               "the provider refuses the credential");
    case v1::CONNECTION_STATE_MISCONFIGURED:
      return domain::MakeError(
          kCode, v1::ERROR_REASON_BASE_URL_WRONG,
          "the base URL does not lead to the provider's API");
    case v1::CONNECTION_STATE_PAUSED:
      return domain::MakeError(kCode, v1::ERROR_REASON_PROVIDER_UNAVAILABLE,
                               "the connection is paused");
    default:
      return absl::OkStatus();
  }
}

}  // namespace qantara::server
