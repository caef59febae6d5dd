#include "tools/cli/operations_commands.h"

#include <algorithm>
#include <limits>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "qantara/v1/operations_service.grpc.pb.h"
#include "tools/cli/connection_check_text.h"
#include "tools/cli/message_json.h"
#include "tools/cli/operations_text.h"
#include "tools/cli/parked_key.h"
#include "tools/cli/printable.h"
#include "tools/cli/product_request.h"
#include "tools/cli/server_call.h"

namespace qantara::tools {
namespace {

constexpr uint32_t kNoLimit = std::numeric_limits<uint32_t>::max();
constexpr uint32_t kEntriesListed = 100;
constexpr uint32_t kMaxPageSize = 1000;
// Some requests, each of which the budget and the provider may delay.
constexpr absl::Duration kCheckTimeout = absl::Minutes(5);

using Stub = v1::OperationsService::StubInterface;

// Connects and makes one call: `Method` of the stub.
template <typename Request, typename Response>
ExitCode CallOnce(Session& session,
                  grpc::Status (Stub::*method)(grpc::ClientContext*,
                                               const Request&, Response*),
                  const Request& request, Response* response,
                  absl::Duration timeout = kReadTimeout) {
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::OperationsService::NewStub(session.channel);
  Stub& calls = *stub;
  const grpc::Status status = Call(
      [&](grpc::ClientContext& context) {
        return (calls.*method)(&context, request, response);
      },
      timeout);
  return status.ok() ? ExitCode::kDone : session.CallError(status);
}

void Print(Session& session, const google::protobuf::Message& message,
           const std::string& text) {
  session.out << (session.json ? ToJson(message) + "\n" : text) << std::flush;
}

ExitCode CodeOf(const v1::ConnectionStatus& status) {
  if (status.balance() != 0) return ExitCode::kProblems;
  return status.state() == v1::CONNECTION_STATE_NEEDS_CREDENTIALS
             ? ExitCode::kCredentialsNeeded
             : ExitCode::kDone;
}

absl::Status SetReason(const std::string& text, v1::ListParkedRequest* out) {
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
  if (!text.empty() &&
      !v1::ErrorReason_Parse(
          absl::StrCat("ERROR_REASON_", absl::AsciiStrToUpper(text)),
          &reason)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--reason: \"", text, "\" is no reason"));
  }
  out->set_reason(reason);
  return absl::OkStatus();
}

absl::StatusOr<v1::RetryParkedRequest> ReadRetry(const Session& session) {
  const Arguments& arguments = session.arguments;
  v1::RetryParkedRequest request;
  const auto key = ReadParkedKey(arguments.words[0]);
  if (!key.ok()) return key.status();
  *request.mutable_key() = *key;
  const bool patched = arguments.words.size() > 1 ||
                       !arguments.Values("set").empty() ||
                       !arguments.Value("update_mask").empty();
  if (patched) {
    const auto update = ReadUpdate(arguments);
    if (!update.ok()) return update.status();
    *request.mutable_patch() = update->product();
    *request.mutable_patch_mask() = update->update_mask();
  }
  request.set_connection(session.connection);
  request.set_note(arguments.Value("note"));
  request.set_request_id(arguments.Value("request_id"));
  request.set_accept_duplicate(arguments.On("accept_duplicate"));
  return request;
}

}  // namespace

ExitCode ShowStatus(Session& session) {
  v1::GetStatusRequest request;
  request.set_connection(session.connection);
  v1::GetStatusResponse response;
  ExitCode code = CallOnce(session, &Stub::GetStatus, request, &response);
  if (code != ExitCode::kDone) return code;
  for (const v1::ConnectionStatus& status : response.connections()) {
    Print(session, status, StatusText(status));
    if (code == ExitCode::kDone) code = CodeOf(status);
  }
  return code;
}

ExitCode ListParked(Session& session) {
  v1::ListParkedRequest request;
  request.set_connection(session.connection);
  request.set_import_id(session.arguments.Value("import"));
  absl::Status valid = SetReason(session.arguments.Value("reason"), &request);
  const auto limit =
      session.arguments.Number("limit", 1, kNoLimit, kEntriesListed);
  if (valid.ok()) valid = limit.status();
  if (!valid.ok()) return session.UsageError(valid);
  uint32_t left = *limit;
  while (left > 0 && !session.interruption.triggered()) {
    request.set_page_size(std::min(left, kMaxPageSize));
    v1::ListParkedResponse response;
    const ExitCode code =
        CallOnce(session, &Stub::ListParked, request, &response);
    if (code != ExitCode::kDone) return code;
    if (!session.json) {
      for (const v1::ParkedGroup& group : response.groups()) {
        session.out << GroupText(group) << "\n";
      }
    }
    for (const v1::ParkedEntry& entry : response.entries()) {
      Print(session, entry, ParkedText(entry) + "\n");
    }
    left -= std::min(left, static_cast<uint32_t>(response.entries_size()));
    if (response.next_page_token().empty()) break;
    request.set_page_token(response.next_page_token());
  }
  session.out.flush();
  return ExitCode::kDone;
}

ExitCode RetryParked(Session& session) {
  const auto request = ReadRetry(session);
  if (!request.ok()) return session.UsageError(request.status());
  v1::RetryParkedResponse response;
  const ExitCode code =
      CallOnce(session, &Stub::RetryParked, *request, &response);
  if (code != ExitCode::kDone) return code;
  Print(session, response,
        absl::StrCat("on its way again, request ",
                     Printable(response.request_id()), "\n"));
  return code;
}

ExitCode DiscardParked(Session& session) {
  const auto key = ReadParkedKey(session.arguments.words[0]);
  if (!key.ok()) return session.UsageError(key.status());
  v1::DiscardParkedRequest request;
  request.set_connection(session.connection);
  *request.mutable_key() = *key;
  request.set_note(session.arguments.Value("note"));
  request.set_request_id(session.arguments.Value("request_id"));
  if (request.note().empty()) {
    return session.UsageError(
        absl::InvalidArgumentError("--note must say why"));
  }
  v1::DiscardParkedResponse response;
  const ExitCode code =
      CallOnce(session, &Stub::DiscardParked, request, &response);
  if (code != ExitCode::kDone) return code;
  Print(session, response,
        absl::StrCat("given up, request ", Printable(response.request_id()),
                     "\n"));
  return code;
}

ExitCode ListUnknown(Session& session) {
  v1::ListUnknownRequest request;
  request.set_connection(session.connection);
  const auto limit =
      session.arguments.Number("limit", 1, kNoLimit, kEntriesListed);
  if (!limit.ok()) return session.UsageError(limit.status());
  uint32_t left = *limit;
  while (left > 0 && !session.interruption.triggered()) {
    request.set_page_size(std::min(left, kMaxPageSize));
    v1::ListUnknownResponse response;
    const ExitCode code =
        CallOnce(session, &Stub::ListUnknown, request, &response);
    if (code != ExitCode::kDone) return code;
    for (const v1::UnknownRequest& unknown : response.requests()) {
      Print(session, unknown, UnknownText(unknown) + "\n");
    }
    left -= std::min(left, static_cast<uint32_t>(response.requests_size()));
    if (response.next_page_token().empty()) break;
    request.set_page_token(response.next_page_token());
  }
  session.out.flush();
  return ExitCode::kDone;
}

ExitCode CheckConnection(Session& session) {
  v1::CheckConnectionRequest request;
  request.set_connection(session.connection);
  v1::CheckConnectionResponse response;
  const ExitCode code = CallOnce(session, &Stub::CheckConnection, request,
                                 &response, kCheckTimeout);
  if (code != ExitCode::kDone) return code;
  Print(session, response, CheckText(response));
  return CheckCode(response);
}

ExitCode PauseConnection(Session& session) {
  v1::PauseConnectionRequest request;
  request.set_connection(session.connection);
  request.set_note(session.arguments.Value("note"));
  v1::PauseConnectionResponse response;
  const ExitCode code =
      CallOnce(session, &Stub::PauseConnection, request, &response);
  if (code != ExitCode::kDone) return code;
  Print(session, response, StatusText(response.status()));
  return code;
}

ExitCode ResumeConnection(Session& session) {
  v1::ResumeConnectionRequest request;
  request.set_connection(session.connection);
  request.set_note(session.arguments.Value("note"));
  v1::ResumeConnectionResponse response;
  const ExitCode code =
      CallOnce(session, &Stub::ResumeConnection, request, &response);
  if (code != ExitCode::kDone) return code;
  Print(session, response, StatusText(response.status()));
  return code;
}

}  // namespace qantara::tools
