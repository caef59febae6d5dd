#include "adapters/gateway/http_verdict.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "adapters/gateway/provider_problem.h"
#include "adapters/http/retry_after.h"
#include "adapters/json/json_reader.h"

namespace qantara::adapters {
namespace {

using domain::Effect;

// The host of an absolute URL; the rest may hold what is not for logs.
absl::string_view HostOf(absl::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == absl::string_view::npos) return "the same host";
  url.remove_prefix(scheme + 3);
  const absl::string_view authority = url.substr(0, url.find_first_of("/?#"));
  return authority.substr(authority.rfind('@') + 1);
}

}  // namespace

Verdict VerdictOf(int status) {
  switch (status) {
    case 401:
      return {Effect::kNotApplied, v1::ERROR_REASON_CREDENTIALS_NEEDED};
    case 402:  // Not documented: a subscription that ended.
    case 403:
      return {Effect::kNotApplied, v1::ERROR_REASON_PERMISSION_DENIED};
    case 404:
    case 405:  // The path exists and does not take writes: it is another API.
      return {Effect::kNotApplied, v1::ERROR_REASON_BASE_URL_WRONG};
    case 429:
      return {Effect::kNotApplied, v1::ERROR_REASON_OVERLOADED};
    case 400:
    case 413:  // Too large: smaller chunks may pass.
    case 422:
      return {Effect::kRefused, v1::ERROR_REASON_PROVIDER_REJECTED};
    default:
      break;
  }
  if (status >= 300 && status < 400) {
    return {Effect::kUnknown, v1::ERROR_REASON_BASE_URL_WRONG};
  }
  return {Effect::kUnknown, v1::ERROR_REASON_PROVIDER_UNAVAILABLE};
}

std::string StatusMessage(const HttpResult& result) {
  const auto location = FindHeader(result.headers, "Location");
  if (result.status >= 300 && result.status < 400 && location.has_value()) {
    return ValidText(absl::StrCat("HTTP ", result.status, ": redirected to ",
                                  HostOf(*location)));
  }
  return absl::StrCat("HTTP ", result.status);
}

std::optional<absl::Duration> RetryAfterOf(const HttpResult& result,
                                           absl::Time now) {
  const auto value = FindHeader(result.headers, "Retry-After");
  if (!value.has_value()) return std::nullopt;
  const auto date = FindHeader(result.headers, "Date");
  const std::optional<absl::Time> server_now =
      date.has_value() ? ParseHttpDate(*date) : std::nullopt;
  return ParseRetryAfter(*value, server_now.value_or(now));
}

domain::CallReport ReportLost(bool is_write, const HttpResult& result) {
  domain::CallReport report;
  report.http_status = result.status;
  report.reason = v1::ERROR_REASON_PROVIDER_UNAVAILABLE;
  report.effect = is_write && result.fate == HttpFate::kMaybeSent
                      ? Effect::kUnknown
                      : Effect::kNotApplied;
  report.problems.push_back(
      ProblemOf(report.reason, ValidText(result.message)));
  return report;
}

}  // namespace qantara::adapters
