#include "adapters/qwoty/qwoty_report.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "adapters/gateway/http_verdict.h"
#include "adapters/gateway/provider_problem.h"
#include "adapters/json/json_reader.h"
#include "adapters/qwoty/qwoty_decode.h"

namespace qantara::adapters {
namespace {

using domain::CallReport;
using domain::Effect;

// A body, read as an error.
struct ErrorBody {
  std::vector<v1::ItemProblem> problems;
  // {"success":false,...}: Qwoty itself speaks, no router or proxy.
  bool from_qwoty = false;
  // Its `error`, in lower case and without outer space.
  std::string error;
};

// The field that a detail names: "Field 'api_name' is required".
std::string FieldOf(absl::string_view detail) {
  if (!absl::ConsumePrefix(&detail, "Field '")) return "";
  const size_t end = detail.find('\'');
  if (end == absl::string_view::npos) return "";
  return ProviderMessage(detail.substr(0, end));
}

void AddProblem(absl::string_view text, v1::ErrorReason reason,
                std::vector<v1::ItemProblem>* problems) {
  const std::string message = ProviderMessage(text);
  if (message.empty() || problems->size() >= kMaxProviderProblems) return;
  v1::ItemProblem problem = ProblemOf(reason, message);
  problem.set_field(FieldOf(text));
  problems->push_back(std::move(problem));
}

void ReadObject(const rapidjson::Value& answer, v1::ErrorReason reason,
                ErrorBody* body) {
  body->from_qwoty = SaysFailure(answer);
  const rapidjson::Value* details = FindMember(answer, "details");
  if (details != nullptr && details->IsArray()) {
    for (const rapidjson::Value& detail : details->GetArray()) {
      if (auto text = TextOf(detail)) {
        AddProblem(*text, reason, &body->problems);
      }
    }
  }
  const rapidjson::Value* error = FindMember(answer, "error");
  if (error != nullptr) {
    body->error = absl::AsciiStrToLower(TextOf(*error).value_or(""));
    absl::StripAsciiWhitespace(&body->error);
  }
  for (const absl::string_view name : {"error", "message"}) {
    if (!body->problems.empty()) return;
    const rapidjson::Value* value = FindMember(answer, name);
    const auto text = value == nullptr ? std::nullopt : TextOf(*value);
    if (text.has_value()) AddProblem(*text, reason, &body->problems);
  }
}

ErrorBody ReadErrorBody(absl::string_view text, v1::ErrorReason reason) {
  ErrorBody body;
  absl::ConsumePrefix(&text, "\xef\xbb\xbf");
  text = absl::StripAsciiWhitespace(text);
  if (text.empty()) return body;
  if (text[0] == '<') {
    body.problems.push_back(ProblemOf(reason, WebPageMessage(text)));
    return body;
  }
  const absl::StatusOr<rapidjson::Document> json = ParseJson(text);
  if (json.ok() && json->IsObject()) {
    ReadObject(*json, reason, &body);
  } else {
    AddProblem(text, reason, &body.problems);
  }
  return body;
}

Effect EffectFor(QwotyCall call, Effect write_effect) {
  return IsWrite(call) ? write_effect : Effect::kNotApplied;
}

// Qwoty's router and other resources say 404 in the same form: only these words
// are about the product itself.
bool SaysProductGone(QwotyCall call, int status, const ErrorBody& body) {
  return status == 404 && body.from_qwoty &&
         (call == QwotyCall::kUpdate || call == QwotyCall::kGet) &&
         body.error == "product not found";
}

// A name in use, or a catalog or category that does not exist.
bool RefusesProduct(QwotyCall call, int status, const ErrorBody& body) {
  if (!body.from_qwoty) return false;
  return status == 409 ||
         (status == 404 && IsWrite(call) &&
          (absl::StrContains(body.error, "catalog not found") ||
           absl::StrContains(body.error, "category not found")));
}

}  // namespace

bool IsWrite(QwotyCall call) {
  return call == QwotyCall::kCreate || call == QwotyCall::kUpdate;
}

QwotyReport ReportQwotyFailure(QwotyCall call, const HttpResult& result,
                               absl::Time now) {
  const bool is_write = IsWrite(call);
  if (result.fate != HttpFate::kAnswered) {
    return {ReportLost(is_write, result)};
  }
  Verdict verdict = VerdictOf(result.status);
  ErrorBody body = ReadErrorBody(result.body, verdict.reason);
  if (RefusesProduct(call, result.status, body)) {
    verdict = {Effect::kRefused, v1::ERROR_REASON_PROVIDER_REJECTED};
    for (v1::ItemProblem& problem : body.problems) {
      problem.set_reason(verdict.reason);
    }
  }
  const bool gone = SaysProductGone(call, result.status, body);
  QwotyReport failure;
  CallReport& report = failure.report;
  report.http_status = result.status;
  report.problems = std::move(body.problems);
  if (gone) {
    failure.nothing_there = true;
    report.effect = is_write ? Effect::kNotApplied : Effect::kConfirmed;
    for (v1::ItemProblem& problem : report.problems) problem.clear_reason();
    return failure;
  }
  report.effect = EffectFor(call, verdict.write_effect);
  report.reason = verdict.reason;
  if (report.problems.empty()) {
    report.problems.push_back(ProblemOf(verdict.reason, StatusMessage(result)));
  }
  if (result.status == 429 || result.status == 503) {
    report.retry_after = RetryAfterOf(result, now);
  }
  return failure;
}

CallReport ReportQwotyUnreadable(QwotyCall call, const HttpResult& result) {
  const absl::StatusOr<rapidjson::Document> answer = ParseJson(result.body);
  const bool refused = answer.ok() && SaysFailure(*answer);
  CallReport report;
  report.http_status = result.status;
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
