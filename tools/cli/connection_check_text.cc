#include "tools/cli/connection_check_text.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/cli/import_report.h"
#include "tools/cli/printable.h"

namespace qantara::tools {
namespace {

// A difference that rounding and the way of a request explain.
constexpr int64_t kSmallSkewSeconds = 1;

std::string ProblemText(const v1::CheckStep& step) {
  std::string text = step.http_status() == 0
                         ? "no answer"
                         : absl::StrCat("HTTP ", step.http_status());
  for (const v1::ItemProblem& problem : step.problems()) {
    absl::StrAppend(&text, ": ", Printable(problem.message()));
  }
  return absl::StrCat(text, " [", ShortName(step.reason()), "]");
}

std::string StepText(const v1::CheckStep& step) {
  if (!step.ok()) return ProblemText(step);
  if (step.absent()) return "the provider has no such listing";
  return step.has_count() ? Grouped(step.count())
                          : "some; the provider tells no number";
}

const char* SupportText(v1::FilterSupport support) {
  switch (support) {
    case v1::FILTER_SUPPORT_HONOURED:
      return "honoured";
    case v1::FILTER_SUPPORT_IGNORED:
      return "ignored";
    default:
      return "not known";
  }
}

std::string FiltersText(const v1::CheckConnectionResponse& found) {
  std::string text;
  for (const v1::FilterProbe& probe : found.filters()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", Printable(probe.name()),
                    " ", SupportText(probe.support()));
  }
  return text;
}

}  // namespace

std::string CheckText(const v1::CheckConnectionResponse& found) {
  std::string text = absl::StrCat("connection ", Printable(found.connection()),
                                  " at ", Printable(found.base_url()), "\n");
  for (const v1::CheckStep& step : found.steps()) {
    absl::StrAppendFormat(&text, "  %-11s %s\n", Printable(step.name()),
                          StepText(step));
  }
  if (found.filters_size() > 0) {
    absl::StrAppendFormat(&text, "  %-11s %s\n", "filters", FiltersText(found));
  }
  const int64_t skew = found.clock_skew().seconds();
  if (std::abs(skew) > kSmallSkewSeconds) {
    absl::StrAppendFormat(&text, "  %-11s the provider's is %d s %s ours\n",
                          "clock", std::abs(skew),
                          skew > 0 ? "ahead of" : "behind");
  }
  return text;
}

ExitCode CheckCode(const v1::CheckConnectionResponse& found) {
  ExitCode code = ExitCode::kDone;
  for (const v1::CheckStep& step : found.steps()) {
    if (step.ok()) continue;
    code = step.reason() == v1::ERROR_REASON_CREDENTIALS_NEEDED ||
                   step.reason() == v1::ERROR_REASON_PERMISSION_DENIED
               ? ExitCode::kCredentialsNeeded
               : ExitCode::kProblems;
  }
  return code;
}

}  // namespace qantara::tools
