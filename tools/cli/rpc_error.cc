#include "tools/cli/rpc_error.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "domain/error_catalog.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tools/cli/printable.h"

namespace qantara::tools {
namespace {

constexpr char kCredentialsNeeded[] = "CREDENTIALS_NEEDED";

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  // Details that cannot be read are as good as none; the message remains.
  if (!details.ParseFromString(status.error_details())) details.Clear();
  return details;
}

}  // namespace

std::string WithHelp(absl::string_view text, absl::StatusCode code,
                     absl::string_view reason, absl::string_view command) {
  const domain::ErrorMeaning& meaning =
      domain::MeaningOf(code, domain::ReasonOfName(reason));
  std::string help(meaning.help);
  if (help.empty()) {
    help = absl::StrCat(command, command.empty() ? "" : " ", "--help");
  }
  return absl::StrCat(
      text, " (",
      reason.empty() ? absl::StatusCodeToString(code) : Printable(reason),
      "; try: qantara ", help, ")");
}

std::string ErrorText(const grpc::Status& status, absl::string_view command) {
  const std::string message = Printable(status.error_message());
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  std::string text = WithHelp(message.empty() ? "the call failed" : message,
                              code, ErrorReasonOf(status), command);
  google::rpc::BadRequest bad_request;
  const google::rpc::Status details = DetailsOf(status);
  for (const auto& detail : details.details()) {
    if (!detail.UnpackTo(&bad_request)) continue;
    for (const auto& violation : bad_request.field_violations()) {
      const std::string field = Printable(violation.field());
      const std::string what = Printable(violation.description());
      if (absl::StrContains(message, what) &&
          absl::StrContains(message, field)) {
        continue;
      }
      absl::StrAppend(&text, "\n  ", field, ": ", what);
    }
  }
  return text;
}

std::string ErrorReasonOf(const grpc::Status& status) {
  google::rpc::ErrorInfo info;
  const google::rpc::Status details = DetailsOf(status);
  for (const auto& detail : details.details()) {
    if (detail.UnpackTo(&info)) return info.reason();
  }
  return "";
}

ExitCode ExitCodeOf(const grpc::Status& status) {
  if (ErrorReasonOf(status) == kCredentialsNeeded)
    return ExitCode::kCredentialsNeeded;
  switch (status.error_code()) {
    case grpc::StatusCode::OK:
      return ExitCode::kDone;
    case grpc::StatusCode::UNAVAILABLE:
      return ExitCode::kUnreachable;
    case grpc::StatusCode::UNAUTHENTICATED:
      return ExitCode::kCredentialsNeeded;
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::NOT_FOUND:
      return ExitCode::kUsage;
    default:
      return ExitCode::kProblems;
  }
}

bool IsWorthRetrying(const grpc::Status& status) {
  const v1::ErrorReason reason = domain::ReasonOfName(ErrorReasonOf(status));
  if (reason != v1::ERROR_REASON_UNSPECIFIED) {
    return domain::PassesByItself(
        static_cast<absl::StatusCode>(status.error_code()), reason);
  }
  switch (status.error_code()) {
    case grpc::StatusCode::OK:
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::ABORTED:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::UNAVAILABLE:
      return true;
    default:
      return false;
  }
}

}  // namespace qantara::tools
