#include "tools/error_page/error_page.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "domain/code_meanings.h"
#include "domain/error.h"
#include "domain/error_catalog.h"

namespace qantara::tools {
namespace {

using domain::ErrorMeaning;
using domain::Retry;

constexpr absl::string_view kIntroduction =
    R"(# Errors

Generated from `domain/error_catalog.cc` by `tools/update_goldens`; a test fails when it is not current.

A failed call ends with a gRPC status. Its details, of type `google.rpc.Status`, hold

- `ErrorInfo`: the reason below, domain `qantara`, and in `metadata` what the text mentions;
- `BadRequest`: the path of each field that is wrong, where a field is;
- `RetryInfo`: how long to wait, where waiting helps.

Decide by reason, then by code, never by text. Items and updates that cannot go on carry the same reasons. What stands first under
*code* is usual; a call that waits for an item answers `FAILED_PRECONDITION` where the item is parked.

Retry: **no**, the same call gets the same answer; **after the cure**, once somebody has done what is said; **later**, by itself, at the
earliest when `RetryInfo` says: the time that the server knows, else the one below.

A write that is repeated with its `request_id` is done once, whatever came before.
)";

constexpr absl::string_view kReasonsHead = R"(
## Reasons

| reason | code | retry | cause | cure | try |
|---|---|---|---|---|---|
)";

constexpr absl::string_view kCodesHead = R"(
## Without a reason

From gRPC itself, from the network, or from the command line about its input.

| code | retry | cause | cure | try |
|---|---|---|---|---|
)";

std::string RetryText(const ErrorMeaning& meaning) {
  switch (meaning.retry) {
    case Retry::kNo:
      return "no";
    case Retry::kAfterCure:
      return "after the cure";
    case Retry::kLater:
      return absl::StrCat("later, ", meaning.retry_seconds, " s");
  }
  return "";
}

std::string CodesText(const ErrorMeaning& meaning) {
  std::string text;
  for (const absl::StatusCode code : meaning.codes) {
    if (code == absl::StatusCode::kOk) continue;
    absl::StrAppend(&text, text.empty() ? "" : ", ", "`",
                    absl::StatusCodeToString(code), "`");
  }
  return text;
}

// The cells that reasons and codes have in common.
std::string Explanation(const ErrorMeaning& meaning) {
  return absl::StrCat(RetryText(meaning), " | ", meaning.cause, " | ",
                      meaning.cure, " | `qantara ",
                      meaning.help.empty() ? "COMMAND --help" : meaning.help,
                      "` |\n");
}

}  // namespace

std::string ErrorPage() {
  std::string page(kIntroduction);
  absl::StrAppend(&page, kReasonsHead);
  for (const domain::ErrorEntry& entry : domain::ErrorCatalog()) {
    absl::StrAppend(&page, "| `", domain::ReasonName(entry.reason), "` | ",
                    CodesText(entry.meaning), " | ",
                    Explanation(entry.meaning));
  }
  absl::StrAppend(&page, kCodesHead);
  for (const ErrorMeaning& meaning : domain::CodeMeanings()) {
    absl::StrAppend(&page, "| ", CodesText(meaning), " | ",
                    Explanation(meaning));
  }
  return page;
}

}  // namespace qantara::tools
