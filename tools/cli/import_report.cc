#include "tools/cli/import_report.h"

#include <grpcpp/client_context.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "tools/cli/message_json.h"
#include "tools/cli/printable.h"
#include "tools/cli/progress_view.h"
#include "tools/cli/server_call.h"

namespace qantara::tools {
namespace {

constexpr uint32_t kPageSize = 500;

std::string Stripped(const std::string& name, absl::string_view prefix) {
  return std::string(absl::StripPrefix(name, prefix));
}

void AddRow(absl::string_view name, uint32_t count, std::string& out) {
  if (count > 0)
    absl::StrAppendFormat(&out, "  %-10s %12s\n", name, Grouped(count));
}

}  // namespace

std::string ShortName(v1::ItemState state) {
  return Stripped(v1::ItemState_Name(state), "ITEM_STATE_");
}

std::string ShortName(v1::ImportState state) {
  return Stripped(v1::ImportState_Name(state), "IMPORT_STATE_");
}

std::string ShortName(v1::ErrorReason reason) {
  return Stripped(v1::ErrorReason_Name(reason), "ERROR_REASON_");
}

std::vector<v1::ItemState> ProblemStates() {
  return {v1::ITEM_STATE_INVALID, v1::ITEM_STATE_REJECTED,
          v1::ITEM_STATE_PARKED, v1::ITEM_STATE_BLOCKED,
          v1::ITEM_STATE_CANCELLED};
}

std::string ItemText(const v1::ImportItem& item) {
  std::string out =
      absl::StrFormat("%-9s line %d  sku \"%s\"", ShortName(item.state()),
                      item.line(), Printable(item.sku()));
  if (!item.remote_id().empty()) {
    absl::StrAppend(&out, "  remote id ", Printable(item.remote_id()));
  }
  for (const v1::ItemProblem& problem : item.problems()) {
    absl::StrAppend(&out, "  ", Printable(problem.field()), ": ",
                    Printable(problem.message()), " [",
                    ShortName(problem.reason()), "]");
  }
  if (item.problems().empty() &&
      item.reason() != v1::ERROR_REASON_UNSPECIFIED) {
    absl::StrAppend(&out, "  [", ShortName(item.reason()), "]");
  }
  return out;
}

std::string ImportText(const v1::Import& import) {
  const v1::ItemCounts& counts = import.counts();
  std::string out = absl::StrCat("import ", Printable(import.import_id()),
                                 " of ", Printable(import.source_name()), ": ",
                                 ShortName(import.state()));
  if (import.outcome() == v1::IMPORT_OUTCOME_CLEAN)
    absl::StrAppend(&out, ", all well");
  if (import.outcome() == v1::IMPORT_OUTCOME_WITH_PROBLEMS) {
    absl::StrAppend(&out, ", with problems");
  }
  absl::StrAppend(&out, "\n");
  AddRow("created", counts.created(), out);
  AddRow("linked", counts.linked(), out);
  AddRow("updated", counts.updated(), out);
  AddRow("unchanged", counts.unchanged(), out);
  AddRow("invalid", counts.invalid(), out);
  AddRow("rejected", counts.rejected(), out);
  AddRow("parked", counts.parked(), out);
  AddRow("blocked", counts.blocked(), out);
  AddRow("cancelled", counts.cancelled(), out);
  AddRow("unknown", counts.unknown(), out);
  AddRow("in flight", counts.in_flight(), out);
  AddRow("queued", counts.queued(), out);
  AddRow("undecided", counts.received(), out);
  absl::StrAppendFormat(&out, "  %-10s %12s  balance %d\n", "received",
                        Grouped(import.received_lines()), import.balance());
  for (const v1::FieldCount& count : import.fields_not_taken()) {
    absl::StrAppend(&out, "  warning: ", Printable(count.field()), " of ",
                    Grouped(count.lines()),
                    " lines is not delivered: the provider has no place for "
                    "it\n");
  }
  return out;
}

grpc::Status ForEachItem(
    v1::CatalogService::StubInterface& stub, v1::ListImportItemsRequest request,
    const std::function<bool(const v1::ImportItem&)>& take) {
  if (request.page_size() == 0) request.set_page_size(kPageSize);
  while (true) {
    v1::ListImportItemsResponse response;
    grpc::Status status = Call([&](grpc::ClientContext& context) {
      return stub.ListImportItems(&context, request, &response);
    });
    if (!status.ok()) return status;
    for (const v1::ImportItem& item : response.items()) {
      if (!take(item)) return status;
    }
    if (response.next_page_token().empty()) return status;
    request.set_page_token(response.next_page_token());
  }
}

grpc::Status PrintReport(v1::CatalogService::StubInterface& stub,
                         const v1::Import& import, bool json,
                         std::ostream& out) {
  if (!json) out << ImportText(import);
  const uint32_t problems = ProblemItems(import.counts());
  grpc::Status status;
  if (problems > 0) {
    v1::ListImportItemsRequest request;
    request.set_connection(import.connection());
    request.set_import_id(import.import_id());
    for (const v1::ItemState state : ProblemStates()) request.add_states(state);
    uint32_t printed = 0;
    status = ForEachItem(stub, request, [&](const v1::ImportItem& item) {
      if (json) {
        out << "{\"item\":" << ToJson(item) << "}\n";
        return true;
      }
      out << ItemText(item) << "\n";
      return ++printed < kReportedProblems;
    });
    if (!json && problems > printed) {
      out << "and " << Grouped(problems - printed)
          << " more: qantara import items " << import.import_id()
          << " --state problems\n";
    }
  }
  if (json) out << "{\"summary\":" << ToJson(import) << "}\n";
  out.flush();
  return status;
}

}  // namespace qantara::tools
