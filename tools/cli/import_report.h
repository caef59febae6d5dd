// What came of an import, on standard output.
#ifndef TOOLS_CLI_IMPORT_REPORT_H_
#define TOOLS_CLI_IMPORT_REPORT_H_

#include <grpcpp/support/status.h>

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "qantara/v1/catalog_service.grpc.pb.h"

namespace qantara::tools {

// Most lines with problems that a report prints; the rest is listed by `import
// items`.
inline constexpr uint32_t kReportedProblems = 20;

// Returns the name of a state without its prefix, such as "INVALID".
std::string ShortName(v1::ItemState state);
std::string ShortName(v1::ImportState state);
std::string ShortName(v1::ErrorReason reason);

// Returns the states that need a person's eye, as ProblemItems counts them.
std::vector<v1::ItemState> ProblemStates();

// Returns one line for an item: state, line, SKU, remote id, and each problem
// with field and reason.
std::string ItemText(const v1::ImportItem& item);

// Returns the import's state, a table of the states that hold items, and the
// balance.
std::string ImportText(const v1::Import& import);

// Calls `take` for the items that `request` asks for, page by page, until it
// returns false.
grpc::Status ForEachItem(
    v1::CatalogService::StubInterface& stub, v1::ListImportItemsRequest request,
    const std::function<bool(const v1::ImportItem&)>& take);

// Prints the import and its lines with problems: as text up to
// kReportedProblems of them; as JSON all of them, an object `{"item":...}` a
// line, and then `{"summary":...}`.
grpc::Status PrintReport(v1::CatalogService::StubInterface& stub,
                         const v1::Import& import, bool json,
                         std::ostream& out);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_IMPORT_REPORT_H_
