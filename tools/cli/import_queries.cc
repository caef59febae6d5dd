#include "tools/cli/import_queries.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <limits>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "tools/cli/import_report.h"
#include "tools/cli/message_json.h"
#include "tools/cli/printable.h"
#include "tools/cli/server_call.h"

namespace qantara::tools {
namespace {

using google::protobuf::util::TimeUtil;

constexpr uint32_t kNoLimit = std::numeric_limits<uint32_t>::max();
constexpr uint32_t kImportsListed = 50;
constexpr uint32_t kMaxPageSize = 1000;

std::string ImportRow(const v1::Import& import) {
  return absl::StrFormat(
      "%-36s  %-8s  %s  %s  %s", Printable(import.import_id()),
      ShortName(import.state()),
      import.has_create_time() ? TimeUtil::ToString(import.create_time()) : "-",
      Printable(import.source_name()), CountsText(import.counts()));
}

absl::Status AddStates(const std::string& text,
                       v1::ListImportItemsRequest& request) {
  for (const absl::string_view word :
       absl::StrSplit(text, ',', absl::SkipEmpty())) {
    if (word == "problems") {
      for (const v1::ItemState state : ProblemStates())
        request.add_states(state);
      continue;
    }
    v1::ItemState state;
    if (!v1::ItemState_Parse(
            absl::StrCat("ITEM_STATE_", absl::AsciiStrToUpper(word)), &state)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "--state: \"", word,
          "\" is no state; say created, invalid, parked ... or problems"));
    }
    request.add_states(state);
  }
  return absl::OkStatus();
}

absl::Status SetReason(const std::string& text,
                       v1::ListImportItemsRequest& request) {
  if (text.empty()) return absl::OkStatus();
  v1::ErrorReason reason;
  if (!v1::ErrorReason_Parse(
          absl::StrCat("ERROR_REASON_", absl::AsciiStrToUpper(text)),
          &reason)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--reason: \"", text, "\" is no reason"));
  }
  request.set_reason(reason);
  return absl::OkStatus();
}

}  // namespace

ExitCode ListImports(Session& session) {
  const auto limit =
      session.arguments.Number("limit", 1, kNoLimit, kImportsListed);
  if (!limit.ok()) return session.UsageError(limit.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::CatalogService::NewStub(session.channel);
  v1::ListImportsRequest request;
  request.set_connection(session.connection);
  uint32_t left = *limit;
  while (left > 0) {
    request.set_page_size(std::min(left, kMaxPageSize));
    v1::ListImportsResponse response;
    const grpc::Status status = Call([&](grpc::ClientContext& context) {
      return stub->ListImports(&context, request, &response);
    });
    if (!status.ok()) return session.CallError(status);
    for (const v1::Import& import : response.imports()) {
      session.out << (session.json ? ToJson(import) : ImportRow(import))
                  << "\n";
    }
    left -= std::min(left, static_cast<uint32_t>(response.imports_size()));
    if (response.next_page_token().empty()) break;
    request.set_page_token(response.next_page_token());
  }
  session.out.flush();
  return ExitCode::kDone;
}

ExitCode ShowImport(Session& session) {
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::CatalogService::NewStub(session.channel);
  v1::GetImportRequest request;
  request.set_connection(session.connection);
  request.set_import_id(session.arguments.words[0]);
  v1::GetImportResponse response;
  grpc::Status status = Call([&](grpc::ClientContext& context) {
    return stub->GetImport(&context, request, &response);
  });
  if (!status.ok()) return session.CallError(status);
  status =
      PrintReport(*stub, response.catalog_import(), session.json, session.out);
  if (!status.ok()) return session.CallError(status);
  return ProblemItems(response.catalog_import().counts()) > 0
             ? ExitCode::kProblems
             : ExitCode::kDone;
}

ExitCode ListImportItems(Session& session) {
  v1::ListImportItemsRequest request;
  request.set_connection(session.connection);
  request.set_import_id(session.arguments.words[0]);
  request.set_sku_prefix(session.arguments.Value("sku_prefix"));
  absl::Status valid = AddStates(session.arguments.Value("state"), request);
  if (valid.ok()) valid = SetReason(session.arguments.Value("reason"), request);
  const auto limit = session.arguments.Number("limit", 1, kNoLimit, kNoLimit);
  if (valid.ok()) valid = limit.status();
  if (!valid.ok()) return session.UsageError(valid);
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::CatalogService::NewStub(session.channel);
  uint32_t left = *limit;
  request.set_page_size(std::min(left, kMaxPageSize));
  const grpc::Status status =
      ForEachItem(*stub, request, [&](const v1::ImportItem& item) {
        session.out << (session.json ? ToJson(item) : ItemText(item)) << "\n";
        return --left > 0 && !session.interruption.triggered();
      });
  session.out.flush();
  return status.ok() ? ExitCode::kDone : session.CallError(status);
}

}  // namespace qantara::tools
