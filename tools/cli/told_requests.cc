#include "tools/cli/told_requests.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/cli/fields_text.h"
#include "tools/cli/printable.h"

namespace qantara::tools {
namespace {

// What became of a request, such as "was answered with 200".
std::string OutcomeText(v1::RequestOutcome outcome, uint32_t http_status) {
  const std::string with =
      http_status == 0 ? "" : absl::StrCat(" with ", http_status);
  switch (outcome) {
    case v1::REQUEST_OUTCOME_CONFIRMED:
      return absl::StrCat("was answered", with);
    case v1::REQUEST_OUTCOME_REFUSED:
      return absl::StrCat("was refused", with);
    case v1::REQUEST_OUTCOME_NOT_APPLIED:
      return http_status == 0
                 ? "was not applied"
                 : absl::StrCat("was answered", with, " and not applied");
    case v1::REQUEST_OUTCOME_UNKNOWN:
      return http_status == 0 ? "got no answer and may have been applied"
                              : absl::StrCat("was answered", with,
                                             " and may have been applied");
    case v1::REQUEST_OUTCOME_INTERRUPTED:
      return "lost its answer when the server stopped, and may have been "
             "applied";
    default:
      return "came to an end that this program does not know";
  }
}

}  // namespace

Told TellRequest(const v1::CreatePlanned& planned) {
  Told told;
  told.sentence = absl::StrCat(
      "planned: ", LineName(planned.import_id(), planned.line()), " is item ",
      planned.place(), " of ", planned.items(), " in a request that creates");
  told.details.push_back(absl::StrCat(
      "to be sent until ", TimeText(planned.send_by_time()),
      "; SHA-256 of the body begins with ", planned.fingerprint()));
  if (planned.suspect_group() != 0) {
    told.details.push_back(
        absl::StrCat("to find what spoiled the request planned at ",
                     planned.suspect_group()));
  }
  return told;
}

Told TellRequest(const v1::CreateOutcome& outcome) {
  Told told;
  told.sentence =
      absl::StrCat("the request planned at ", outcome.planned_position(), " ",
                   OutcomeText(outcome.outcome(), outcome.http_status()), ": ",
                   ResultText(outcome.item()));
  // Of a product that was sent alone both are the same.
  AddProblems(outcome.item().problems().empty() ? outcome.problems()
                                                : outcome.item().problems(),
              &told);
  return told;
}

Told TellRequest(const v1::ItemSettled& settled) {
  Told told;
  told.sentence =
      settled.planned_position() == 0
          ? absl::StrCat("settled without a request: ",
                         ResultText(settled.item()))
          : absl::StrCat("the request planned at ", settled.planned_position(),
                         " was read back: ", ResultText(settled.item()));
  AddProblems(settled.item().problems(), &told);
  return told;
}

Told TellRequest(const v1::UpdatePlanned& planned) {
  Told told;
  told.sentence = absl::StrCat("planned: a request that updates record ",
                               Printable(planned.remote_id()));
  told.details.push_back(FieldsText(planned.fields()));
  if (!planned.updates().empty()) {
    told.details.push_back(
        absl::StrCat("for the updates asked for at ",
                     absl::StrJoin(planned.updates(), ", ")));
  }
  for (const v1::CarriedLine& line : planned.lines()) {
    told.details.push_back("for " + LineName(line.import_id(), line.line()));
  }
  told.details.push_back(absl::StrCat(
      "to be sent until ", TimeText(planned.send_by_time()),
      "; SHA-256 of the body begins with ", planned.fingerprint()));
  return told;
}

Told TellRequest(const v1::UpdateOutcome& outcome) {
  Told told;
  told.sentence =
      absl::StrCat("the request planned at ", outcome.planned_position(), " ",
                   outcome.read_back()
                       ? std::string("was read back")
                       : OutcomeText(outcome.outcome(), outcome.http_status()),
                   ": the update is ", ShortName(outcome.state()),
                   ReasonText(outcome.reason()),
                   outcome.gone() ? ", the record is gone" : "");
  for (const v1::FieldDifference& difference : outcome.differences()) {
    told.details.push_back(
        absl::StrCat(Printable(difference.field()), ": sent \"",
                     Printable(difference.sent()), "\", the provider holds \"",
                     Printable(difference.held()), "\""));
  }
  AddProblems(outcome.problems(), &told);
  return told;
}

}  // namespace qantara::tools
