#include "tools/cli/verify_command.h"

#include <grpcpp/client_context.h>

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "qantara/v1/catalog_service.grpc.pb.h"
#include "tools/cli/message_json.h"
#include "tools/cli/printable.h"
#include "tools/cli/rpc_error.h"

namespace qantara::tools {
namespace {

constexpr uint32_t kDefaultSample = 100;
constexpr uint32_t kMaxSample = 10'000;

std::string KindName(v1::VerifyDifferenceKind kind) {
  const std::string& name = v1::VerifyDifferenceKind_Name(kind);
  return std::string(absl::StripPrefix(name, "VERIFY_DIFFERENCE_KIND_"));
}

std::string DifferenceText(const v1::VerifyDifference& difference) {
  std::string text = absl::StrFormat("%-9s ", KindName(difference.kind()));
  if (difference.line() > 0) {
    absl::StrAppend(&text, " line ", difference.line(), "  sku \"",
                    Printable(difference.sku()), "\" ");
  }
  return absl::StrCat(text, " ", Printable(difference.message()));
}

std::string ReceiptText(const v1::VerificationReceipt& receipt) {
  std::string text = absl::StrCat(
      "compared ", Grouped(receipt.items()), " items, the fields of ",
      Grouped(receipt.items_with_fields()), "; the provider holds ",
      Grouped(receipt.records()), " records");
  if (receipt.has_expected_records()) {
    absl::StrAppend(&text, ", expected ", Grouped(receipt.expected_records()));
  } else {
    absl::StrAppend(&text, "; how many to expect is not known");
  }
  if (receipt.differences().empty()) return text + "\nno differences";
  absl::StrAppend(&text, "\ndifferences:");
  for (const v1::DifferenceCount& one : receipt.differences()) {
    absl::StrAppend(&text, " ", KindName(one.kind()), " ",
                    Grouped(one.count()));
  }
  return text;
}

absl::StatusOr<v1::VerifyImportRequest> ReadRequest(const Session& session) {
  v1::VerifyImportRequest request;
  request.set_connection(session.connection);
  request.set_import_id(session.arguments.words[0]);
  const std::string fields = session.arguments.Value("fields");
  v1::VerifyFields parsed = v1::VERIFY_FIELDS_ALL;
  if (!fields.empty() &&
      (!v1::VerifyFields_Parse(
           absl::StrCat("VERIFY_FIELDS_", absl::AsciiStrToUpper(fields)),
           &parsed) ||
       parsed == v1::VERIFY_FIELDS_UNSPECIFIED)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--fields: \"", fields, "\"; say all, none or sample"));
  }
  request.set_fields(parsed);
  const auto sample =
      session.arguments.Number("sample", 1, kMaxSample, kDefaultSample);
  if (!sample.ok()) return sample.status();
  request.set_sample_size(*sample);
  return request;
}

// Prints one message; progress goes to a terminal only.
void Print(Session& session, const v1::VerifyImportResponse& response) {
  if (session.json) {
    if (!response.has_progress()) {
      session.out << ToJson(response) << std::endl;
    }
  } else if (response.has_difference()) {
    session.out << DifferenceText(response.difference()) << std::endl;
  } else if (response.has_receipt()) {
    session.out << ReceiptText(response.receipt()) << std::endl;
  }
  if (response.has_progress() && session.terminal) {
    session.err << "\rread " << Grouped(response.progress().records_read())
                << " of " << Grouped(response.progress().records_total())
                << " records" << std::flush;
  }
}

}  // namespace

ExitCode VerifyImport(Session& session) {
  const auto request = ReadRequest(session);
  if (!request.ok()) return session.UsageError(request.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::CatalogService::NewStub(session.channel);
  grpc::ClientContext context;
  const Interruption::Scope scope(session.interruption,
                                  [&] { context.TryCancel(); });
  const auto stream = stub->VerifyImport(&context, *request);
  v1::VerifyImportResponse response;
  bool clean = false;
  bool progress = false;
  while (stream->Read(&response)) {
    // The line of the progress ends where data begins.
    if (progress && !response.has_progress()) session.err << std::endl;
    progress = response.has_progress() && session.terminal;
    Print(session, response);
    clean = response.has_receipt() && response.receipt().differences().empty();
  }
  const grpc::Status status = stream->Finish();
  if (session.interruption.triggered()) {
    session.err << WithHelp("interrupted; nothing was recorded",
                            absl::StatusCode::kCancelled, "", session.command)
                << std::endl;
    return ExitCode::kProblems;
  }
  if (!status.ok()) return session.CallError(status);
  return clean ? ExitCode::kDone : ExitCode::kProblems;
}

}  // namespace qantara::tools
