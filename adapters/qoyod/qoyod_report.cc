#include "adapters/qoyod/qoyod_report.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/gateway/http_verdict.h"
#include "adapters/gateway/provider_problem.h"
#include "adapters/json/json_reader.h"
#include "adapters/qoyod/qoyod_error_body.h"

namespace qantara::adapters {
namespace {

using domain::CallReport;
using domain::Effect;

Effect EffectFor(QoyodCall call, Effect write_effect) {
  return IsWrite(call) ? write_effect : Effect::kNotApplied;
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

}  // namespace

bool IsWrite(QoyodCall call) {
  return call == QoyodCall::kCreate || call == QoyodCall::kUpdate;
}

QoyodReport ReportFailure(QoyodCall call, const HttpResult& result,
                          absl::Time now) {
  if (result.fate != HttpFate::kAnswered) {
    return {ReportLost(IsWrite(call), result)};
  }
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
    report.problems.push_back(ProblemOf(verdict.reason, StatusMessage(result)));
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
