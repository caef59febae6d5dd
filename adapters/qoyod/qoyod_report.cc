#include "adapters/qoyod/qoyod_report.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "adapters/http/retry_after.h"
#include "adapters/json/json_reader.h"
#include "adapters/qoyod/qoyod_error_body.h"

namespace qantara::adapters {
namespace {

using domain::CallReport;
using domain::Effect;

// What a status says about a write and its cause. Reads have the same cause
// and are never applied.
struct Verdict {
  Effect write_effect;
  v1::ErrorReason reason;
};

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

Effect EffectFor(QoyodCall call, Effect write_effect) {
  return IsWrite(call) ? write_effect : Effect::kNotApplied;
}

// The host of an absolute URL; the rest may hold what is not for logs.
absl::string_view HostOf(absl::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == absl::string_view::npos) return "the same host";
  url.remove_prefix(scheme + 3);
  const absl::string_view authority = url.substr(0, url.find_first_of("/?#"));
  return authority.substr(authority.rfind('@') + 1);
}

std::string DefaultMessage(const HttpResult& result) {
  const auto location = FindHeader(result.headers, "Location");
  if (result.status >= 300 && result.status < 400 && location.has_value()) {
    return ValidText(absl::StrCat("HTTP ", result.status, ": redirected to ",
                                  HostOf(*location)));
  }
  return absl::StrCat("HTTP ", result.status);
}

// The wait, measured against the server's own clock where it tells that.
std::optional<absl::Duration> RetryAfterOf(const HttpResult& result,
                                           absl::Time now) {
  const auto value = FindHeader(result.headers, "Retry-After");
  if (!value.has_value()) return std::nullopt;
  const auto date = FindHeader(result.headers, "Date");
  const std::optional<absl::Time> server_now =
      date.has_value() ? ParseHttpDate(*date) : std::nullopt;
  return ParseRetryAfter(*value, server_now.value_or(now));
}

bool SaysInvalid(const ErrorBody& body) {
  return std::any_of(body.problems.begin(), body.problems.end(),
                     [](const v1::ItemProblem& problem) {
                       return absl::StrContains(
                           absl::AsciiStrToLower(problem.message()), "invalid");
                     });
}

// Whether a 404 is about a record or an empty list rather than about the path.
bool IsAboutRecords(QoyodCall call, const ErrorBody& body) {
  // An account may lack taxes or locations altogether; a wrong URL shows at the
  // products.
  if (call == QoyodCall::kTaxes || call == QoyodCall::kLocations) return true;
  if (call == QoyodCall::kCreate || body.says_no_such_path) return false;
  switch (body.form) {
    case ErrorForm::kSentence:
      return true;
    case ErrorForm::kOneMember:
      // A router that took the path for an id says "Invalid  ID": such an
      // answer to a listing must never read as an empty catalog.
      return (call != QoyodCall::kList && call != QoyodCall::kCategories) ||
             !SaysInvalid(body);
    case ErrorForm::kEmpty:
      return call == QoyodCall::kUpdate || call == QoyodCall::kGet;
    case ErrorForm::kHtml:
    case ErrorForm::kFields:
    case ErrorForm::kUnknown:
      return false;
  }
  return false;
}

QoyodReport ReportNothingThere(QoyodCall call, int status, ErrorBody body) {
  QoyodReport result;
  result.nothing_there = true;
  result.report.http_status = status;
  result.report.effect =
      IsWrite(call) ? Effect::kNotApplied : Effect::kConfirmed;
  result.report.problems = std::move(body.problems);
  return result;
}

// Results without a complete answer.
CallReport ReportLost(QoyodCall call, const HttpResult& result) {
  CallReport report;
  report.http_status = result.status;
  report.reason = v1::ERROR_REASON_PROVIDER_UNAVAILABLE;
  report.effect = result.fate == HttpFate::kMaybeSent
                      ? EffectFor(call, Effect::kUnknown)
                      : Effect::kNotApplied;
  report.problems.push_back(
      ProblemOf(report.reason, ValidText(result.message)));
  return report;
}

}  // namespace

bool IsWrite(QoyodCall call) {
  return call == QoyodCall::kCreate || call == QoyodCall::kUpdate;
}

QoyodReport ReportFailure(QoyodCall call, const HttpResult& result,
                          absl::Time now) {
  if (result.fate != HttpFate::kAnswered) return {ReportLost(call, result)};
  const Verdict verdict = VerdictOf(result.status);
  ErrorBody body = ReadErrorBody(result.body, verdict.reason);
  if (result.status == 404 && IsAboutRecords(call, body)) {
    for (v1::ItemProblem& problem : body.problems) problem.clear_reason();
    return ReportNothingThere(call, result.status, std::move(body));
  }
  QoyodReport failure;
  CallReport& report = failure.report;
  report.http_status = result.status;
  report.effect = EffectFor(call, verdict.write_effect);
  report.reason = verdict.reason;
  report.problems = std::move(body.problems);
  if (report.problems.empty()) {
    report.problems.push_back(
        ProblemOf(verdict.reason, DefaultMessage(result)));
  }
  if (result.status == 429 || result.status == 503) {
    report.retry_after = RetryAfterOf(result, now);
  }
  return failure;
}

CallReport ReportUnreadable(QoyodCall call, const HttpResult& result) {
  CallReport report;
  report.http_status = result.status;
  const absl::StatusOr<rapidjson::Document> answer = ParseJson(result.body);
  const bool refused = answer.ok() && HoldsErrors(*answer);
  report.reason = refused ? v1::ERROR_REASON_PROVIDER_REJECTED
                          : v1::ERROR_REASON_PROVIDER_UNAVAILABLE;
  report.effect =
      EffectFor(call, refused ? Effect::kRefused : Effect::kUnknown);
  if (refused) {
    report.problems = ReadErrorBody(result.body, report.reason).problems;
  }
  if (report.problems.empty()) {
    report.problems.push_back(
        ProblemOf(report.reason,
                  absl::StrCat("HTTP ", result.status, " with an answer that ",
                               answer.ok() ? "lacks what was asked for"
                                           : answer.status().message())));
  }
  return report;
}

}  // namespace qantara::adapters
