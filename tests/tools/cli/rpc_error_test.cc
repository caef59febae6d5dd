#include "tools/cli/rpc_error.h"

#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace qantara::tools {
namespace {

grpc::Status With(grpc::StatusCode code, const std::string& reason) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  details.add_details()->PackFrom(info);
  google::rpc::BadRequest bad;
  auto* violation = bad.add_field_violations();
  violation->set_field("header.import_id");
  violation->set_description("is too long");
  details.add_details()->PackFrom(bad);
  return grpc::Status(code, "refused", details.SerializeAsString());
}

TEST(RpcErrorTest, TheLineEndsWithTheReasonAndTheCommandThatHelps) {
  EXPECT_EQ(
      ErrorText(With(grpc::StatusCode::INVALID_ARGUMENT, "FIELD_TOO_LONG"),
                "import"),
      "refused (FIELD_TOO_LONG; try: qantara import --help)\n"
      "  header.import_id: is too long");
  EXPECT_EQ(ErrorText(grpc::Status(grpc::StatusCode::INTERNAL, "", "\xFF")),
            "the call failed (INTERNAL; try: qantara status)");
  EXPECT_EQ(
      WithHelp("no", absl::StatusCode::kUnavailable, "OF_A_NEWER_SERVER", ""),
      "no (OF_A_NEWER_SERVER; try: qantara status --server HOST:PORT)");
  EXPECT_EQ(WithHelp("no", absl::StatusCode::kNotFound, "", ""),
            "no (NOT_FOUND; try: qantara --help)");
}

TEST(RpcErrorTest, AFieldThatTheMessageTellsIsNotToldAgain) {
  const grpc::Status told =
      With(grpc::StatusCode::INVALID_ARGUMENT, "FIELD_TOO_LONG");
  EXPECT_EQ(
      ErrorText(grpc::Status(told.error_code(), "header.import_id: is too long",
                             told.error_details()),
                "import watch"),
      "header.import_id: is too long (FIELD_TOO_LONG; try: qantara "
      "import watch --help)");
}

TEST(RpcErrorTest, CodesAndReasonsChooseTheExitCodeAndTheRetry) {
  struct Case {
    grpc::StatusCode code;
    const char* reason;
    ExitCode exit_code;
    bool retry;
  };
  const Case kCases[] = {
      {grpc::StatusCode::UNAVAILABLE, "", ExitCode::kUnreachable, true},
      {grpc::StatusCode::UNAVAILABLE, "CREDENTIALS_NEEDED",
       ExitCode::kCredentialsNeeded, false},
      {grpc::StatusCode::UNAUTHENTICATED, "", ExitCode::kCredentialsNeeded,
       false},
      {grpc::StatusCode::INVALID_ARGUMENT, "LINE_GAP", ExitCode::kUsage, false},
      {grpc::StatusCode::NOT_FOUND, "", ExitCode::kUsage, false},
      {grpc::StatusCode::ALREADY_EXISTS, "", ExitCode::kProblems, false},
      {grpc::StatusCode::RESOURCE_EXHAUSTED, "MESSAGE_TOO_LARGE",
       ExitCode::kProblems, false},
      {grpc::StatusCode::RESOURCE_EXHAUSTED, "OVERLOADED", ExitCode::kProblems,
       true},
      {grpc::StatusCode::CANCELLED, "", ExitCode::kProblems, true},
      {grpc::StatusCode::UNAVAILABLE, "LOG_UNAVAILABLE", ExitCode::kUnreachable,
       true},
      {grpc::StatusCode::FAILED_PRECONDITION, "LOG_UNAVAILABLE",
       ExitCode::kProblems, false},
  };
  for (const Case& c : kCases) {
    const grpc::Status status = With(c.code, c.reason);
    EXPECT_EQ(ExitCodeOf(status), c.exit_code) << c.code << c.reason;
    EXPECT_EQ(IsWorthRetrying(status), c.retry) << c.code << c.reason;
  }
  EXPECT_TRUE(IsWorthRetrying(grpc::Status::OK));
}

}  // namespace
}  // namespace qantara::tools
