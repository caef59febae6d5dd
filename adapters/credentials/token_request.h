// One request to an OAuth 2.0 token endpoint, and what its answer means
// (RFC 6749, parts 4.4, 5 and 6). Pure.
#ifndef QANTARA_ADAPTERS_CREDENTIALS_TOKEN_REQUEST_H_
#define QANTARA_ADAPTERS_CREDENTIALS_TOKEN_REQUEST_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "adapters/http/http_transport.h"

namespace qantara::adapters {

// How tokens are asked for.
struct TokenEndpoint {
  std::string url;
  // Further parameters of the body.
  std::vector<std::pair<std::string, std::string>> parameters;
  // The client's id and secret travel as HTTP Basic instead of in the body.
  bool basic = false;
  absl::Duration timeout = absl::Seconds(30);
};

// What is shown to the endpoint.
struct GrantSecrets {
  std::string client_id;
  std::string client_secret;
  // Empty: client credentials.
  std::string refresh_token;
};

// The request for an access token.
HttpRequest NewTokenRequest(const TokenEndpoint& endpoint,
                            const GrantSecrets& secrets);

// What came of it.
struct TokenAnswer {
  enum class Kind {
    kGranted,
    // The endpoint will not give tokens for these secrets.
    kRefused,
    // Nothing certain: no answer, a failure of the endpoint, or an answer that
    // cannot be read. A refresh token that rotates may be used up.
    kFailed,
  };
  Kind kind = Kind::kFailed;
  std::string access_token;
  // Empty: the one that was sent stays good.
  std::string refresh_token;
  // Absent: not told.
  std::optional<absl::Duration> lifetime;
  // Wait told by the endpoint.
  std::optional<absl::Duration> retry_after;
  // Why there is no token. Texts of the endpoint are left out: they may repeat
  // what was sent.
  std::string detail;
};

// Reads the result of the request. `now` is for a Retry-After that is a date.
TokenAnswer ReadTokenAnswer(const HttpResult& result, absl::Time now);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_CREDENTIALS_TOKEN_REQUEST_H_
