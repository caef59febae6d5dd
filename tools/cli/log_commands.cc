#include "tools/cli/log_commands.h"

#include <grpcpp/client_context.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "qantara/v1/operations_service.grpc.pb.h"
#include "tools/cli/message_json.h"
#include "tools/cli/printable.h"
#include "tools/cli/rpc_error.h"

namespace qantara::tools {
namespace {

using Stub = v1::OperationsService::StubInterface;

std::string ReceiptText(const v1::LogReceipt& receipt) {
  std::string text = absl::StrCat(
      Grouped(receipt.position()), " events in ", Grouped(receipt.streams()),
      " streams, positions, revisions and digests are right\ndigest ",
      absl::BytesToHexString(receipt.digest()), "\n");
  if (!receipt.not_writable().empty()) {
    absl::StrAppend(&text, "nothing can be appended: ",
                    Printable(receipt.not_writable()), "\n");
  }
  return text;
}

std::string ReceiptText(const v1::BackupReceipt& receipt) {
  return absl::StrCat(
      Printable(receipt.directory()), "\n", Grouped(receipt.position()),
      " events, ", Grouped(receipt.bytes()), " bytes, read back and right\n",
      "digest ", absl::BytesToHexString(receipt.digest()), "\n");
}

std::string ProgressText(const v1::VerifyLogProgress& progress) {
  return absl::StrCat("checked ", Grouped(progress.events()), " events and ",
                      Grouped(progress.revisions()), " revisions of ",
                      Grouped(progress.total()));
}

std::string ProgressText(const v1::BackupLogProgress& progress) {
  return absl::StrCat("copied ", Grouped(progress.bytes_copied()), " of ",
                      Grouped(progress.bytes_total()), " bytes, checked ",
                      Grouped(progress.events_checked()), " events");
}

// Connects, reads the call that `open` begins to its end, and prints the
// receipt; progress goes to a terminal only. Not kDone: `receipt` is empty.
template <typename Response, typename Receipt, typename Open>
ExitCode Follow(Session& session, const Open& open, Receipt* receipt) {
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::OperationsService::NewStub(session.channel);
  grpc::ClientContext context;
  const Interruption::Scope scope(session.interruption,
                                  [&] { context.TryCancel(); });
  const auto stream = open(*stub, &context);
  Response response;
  bool progress = false;
  while (stream->Read(&response)) {
    if (response.has_receipt()) *receipt = response.receipt();
    if (!response.has_progress() || !session.terminal) continue;
    progress = true;
    session.err << "\r" << ProgressText(response.progress()) << std::flush;
  }
  // The line of the progress ends where data begins.
  if (progress) session.err << std::endl;
  const grpc::Status status = stream->Finish();
  if (session.interruption.triggered()) {
    session.err << WithHelp("interrupted", absl::StatusCode::kCancelled, "",
                            session.command)
                << std::endl;
    return ExitCode::kProblems;
  }
  if (!status.ok()) return session.CallError(status);
  session.out << (session.json ? ToJson(*receipt) + "\n"
                               : ReceiptText(*receipt))
              << std::flush;
  return ExitCode::kDone;
}

}  // namespace

ExitCode VerifyLog(Session& session) {
  v1::LogReceipt receipt;
  const ExitCode code = Follow<v1::VerifyLogResponse>(
      session,
      [](Stub& stub, grpc::ClientContext* context) {
        return stub.VerifyLog(context, v1::VerifyLogRequest());
      },
      &receipt);
  return receipt.not_writable().empty() ? code : ExitCode::kProblems;
}

ExitCode BackupLog(Session& session) {
  v1::BackupLogRequest request;
  if (!session.arguments.words.empty()) {
    request.set_directory(session.arguments.words[0]);
  }
  v1::BackupReceipt receipt;
  return Follow<v1::BackupLogResponse>(
      session,
      [&request](Stub& stub, grpc::ClientContext* context) {
        return stub.BackupLog(context, request);
      },
      &receipt);
}

}  // namespace qantara::tools
