#include "adapters/credentials/token_request.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "adapters/http/retry_after.h"
#include "adapters/json/json_reader.h"

namespace qantara::adapters {
namespace {

// Longest token that is taken.
constexpr size_t kMaxTokenBytes = 64 << 10;
// A longer lifetime counts as this.
constexpr int64_t kMaxLifetimeSeconds = int64_t{366} * 24 * 3600;

// The codes of RFC 6749 part 5.2; any other text is not repeated.
constexpr const char* kKnownErrors[] = {
    "invalid_request",        "invalid_client", "invalid_grant",
    "unauthorized_client",    "access_denied",  "invalid_scope",
    "unsupported_grant_type",
};

// As application/x-www-form-urlencoded has it.
std::string Encoded(absl::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) ||
        absl::StrContains("-._~", absl::string_view(&c, 1))) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kDigits[byte >> 4];
      encoded += kDigits[byte & 15];
    }
  }
  return encoded;
}

void AddParameter(absl::string_view name, absl::string_view value,
                  std::string* body) {
  absl::StrAppend(body, body->empty() ? "" : "&", Encoded(name), "=",
                  Encoded(value));
}

std::string MemberText(const rapidjson::Document& json,
                       absl::string_view name) {
  const rapidjson::Value* value = FindMember(json, name);
  return value == nullptr ? "" : TextOf(*value).value_or("");
}

bool IsToken(const std::string& text) {
  return !text.empty() && text.size() <= kMaxTokenBytes &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isgraph(static_cast<unsigned char>(c));
         });
}

TokenAnswer Failed(std::string detail) {
  TokenAnswer answer;
  answer.detail = std::move(detail);
  return answer;
}

TokenAnswer ReadGranted(const rapidjson::Document& json) {
  TokenAnswer answer;
  answer.access_token = MemberText(json, "access_token");
  answer.refresh_token = MemberText(json, "refresh_token");
  const std::string type = MemberText(json, "token_type");
  if (!IsToken(answer.access_token) ||
      (!answer.refresh_token.empty() && !IsToken(answer.refresh_token)) ||
      (!type.empty() && !absl::EqualsIgnoreCase(type, "bearer"))) {
    return Failed("the token endpoint answered without a bearer token");
  }
  double seconds = 0;
  if (absl::SimpleAtod(MemberText(json, "expires_in"), &seconds) &&
      seconds >= 1) {
    answer.lifetime = absl::Seconds(std::min<int64_t>(
        kMaxLifetimeSeconds,
        static_cast<int64_t>(
            std::min(seconds, static_cast<double>(kMaxLifetimeSeconds)))));
  }
  answer.kind = TokenAnswer::Kind::kGranted;
  return answer;
}

// The endpoint's error code, where it is one of the standard's.
std::string KnownError(absl::string_view body) {
  const absl::StatusOr<rapidjson::Document> json = ParseJson(body);
  if (!json.ok()) return "";
  std::string code = MemberText(*json, "error");
  for (const char* known : kKnownErrors) {
    if (code == known) return code;
  }
  return "";
}

TokenAnswer ReadError(const HttpResult& result, absl::Time now) {
  TokenAnswer answer;
  answer.detail =
      absl::StrCat("the token endpoint answered HTTP ", result.status);
  const std::string code = KnownError(result.body);
  if (!code.empty()) absl::StrAppend(&answer.detail, " (", code, ")");
  const bool passes = result.status == 408 || result.status == 429 ||
                      result.status >= 500 || result.status < 300;
  if (!passes) answer.kind = TokenAnswer::Kind::kRefused;
  const auto wait = FindHeader(result.headers, "Retry-After");
  if (passes && wait.has_value()) {
    answer.retry_after = ParseRetryAfter(*wait, now);
  }
  return answer;
}

}  // namespace

HttpRequest NewTokenRequest(const TokenEndpoint& endpoint,
                            const GrantSecrets& secrets) {
  HttpRequest request;
  request.method = HttpMethod::kPost;
  request.url = endpoint.url;
  request.endpoint = "token";
  request.timeout = endpoint.timeout;
  request.headers = {{"Accept", "application/json"},
                     {"User-Agent", "qantara"},
                     {"Content-Type", "application/x-www-form-urlencoded"}};
  const bool refresh = !secrets.refresh_token.empty();
  AddParameter("grant_type", refresh ? "refresh_token" : "client_credentials",
               &request.body);
  if (refresh) {
    AddParameter("refresh_token", secrets.refresh_token, &request.body);
  }
  if (endpoint.basic) {
    request.headers.push_back(
        {"Authorization",
         absl::StrCat("Basic ", absl::Base64Escape(absl::StrCat(
                                    Encoded(secrets.client_id), ":",
                                    Encoded(secrets.client_secret))))});
  } else {
    AddParameter("client_id", secrets.client_id, &request.body);
    AddParameter("client_secret", secrets.client_secret, &request.body);
  }
  for (const auto& [name, value] : endpoint.parameters) {
    AddParameter(name, value, &request.body);
  }
  return request;
}

TokenAnswer ReadTokenAnswer(const HttpResult& result, absl::Time now) {
  if (result.fate != HttpFate::kAnswered) {
    return Failed(
        absl::StrCat("the token endpoint gave no answer: ", result.message));
  }
  if (result.status != 200 && result.status != 201) {
    return ReadError(result, now);
  }
  const absl::StatusOr<rapidjson::Document> json = ParseJson(result.body);
  if (!json.ok()) return Failed("the token endpoint's answer is no JSON");
  return ReadGranted(*json);
}

}  // namespace qantara::adapters
