#include "tools/cli/told_step.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "tools/cli/import_report.h"
#include "tools/cli/printable.h"

namespace qantara::tools {

std::string TimeText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime(
      "%Y-%m-%dT%H:%M:%E3SZ",
      absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos()),
      absl::UTCTimeZone());
}

std::string ShortName(v1::UpdateState state) {
  return std::string(
      absl::StripPrefix(v1::UpdateState_Name(state), "UPDATE_STATE_"));
}

std::string ReasonText(v1::ErrorReason reason) {
  return reason == v1::ERROR_REASON_UNSPECIFIED
             ? ""
             : absl::StrCat(" [", ShortName(reason), "]");
}

// A single product is an import whose name begins with `~`.
std::string LineName(const std::string& import_id, uint32_t line) {
  if (!import_id.empty() && import_id[0] == '~') {
    return absl::StrCat("the product of request ",
                        Printable(import_id.substr(1)));
  }
  return absl::StrCat("line ", line, " of import ", Printable(import_id));
}

std::string ResultText(const v1::ItemResult& item) {
  std::string text =
      absl::StrCat(LineName(item.import_id(), item.line()), " is ",
                   ShortName(item.state()), ReasonText(item.reason()));
  if (!item.remote_id().empty()) {
    absl::StrAppend(&text, ", record ", Printable(item.remote_id()));
  }
  if (item.suspect_group() != 0) {
    absl::StrAppend(&text, ", one of those that may have spoiled the request ",
                    "planned at ", item.suspect_group());
  }
  return text;
}

void AddProblems(
    const google::protobuf::RepeatedPtrField<v1::ItemProblem>& problems,
    Told* told) {
  for (const v1::ItemProblem& problem : problems) {
    const std::string field =
        problem.field().empty() ? "" : Printable(problem.field()) + ": ";
    told->details.push_back(absl::StrCat(field, Printable(problem.message())));
  }
}

}  // namespace qantara::tools
