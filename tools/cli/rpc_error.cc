#include "tools/cli/rpc_error.h"

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tools/cli/printable.h"

namespace qantara::tools {
namespace {

constexpr char kCredentialsNeeded[] = "CREDENTIALS_NEEDED";
constexpr char kOverloaded[] = "OVERLOADED";

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  // Details that cannot be read are as good as none; the message remains.
  if (!details.ParseFromString(status.error_details())) details.Clear();
  return details;
}

}  // namespace

std::string ErrorText(const grpc::Status& status) {
  std::string text = Printable(status.error_message());
  if (text.empty()) text = absl::StrCat("gRPC status ", status.error_code());
  if (const std::string reason = ErrorReasonOf(status); !reason.empty()) {
    absl::StrAppend(&text, " [", Printable(reason), "]");
  }
  google::rpc::BadRequest bad_request;
  const google::rpc::Status details = DetailsOf(status);
  for (const auto& detail : details.details()) {
    if (!detail.UnpackTo(&bad_request)) continue;
    for (const auto& violation : bad_request.field_violations()) {
      absl::StrAppend(&text, "\n  ", Printable(violation.field()), ": ",
                      Printable(violation.description()));
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
  switch (status.error_code()) {
    case grpc::StatusCode::OK:
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::ABORTED:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return true;
    case grpc::StatusCode::UNAVAILABLE:
      return ErrorReasonOf(status) != kCredentialsNeeded;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return ErrorReasonOf(status) == kOverloaded;
    default:
      return false;
  }
}

}  // namespace qantara::tools
