// The options of `import FILE`.
#ifndef TOOLS_CLI_IMPORT_OPTIONS_H_
#define TOOLS_CLI_IMPORT_OPTIONS_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "qantara/v1/catalog_service.pb.h"
#include "tools/cli/arguments.h"
#include "tools/cli/catalog/open_catalog.h"
#include "tools/cli/line_sender.h"

namespace qantara::tools {

// How to read, send and follow a catalog.
struct ImportOptions {
  CatalogOptions catalog;
  CatalogFormat format = CatalogFormat::kDetect;
  v1::ExistingPolicy existing_policy = v1::EXISTING_POLICY_UNSPECIFIED;
  bool allow_missing_sku = false;
  BatchLimits limits;
  bool detach = false;
};

// Largest mapping file.
inline constexpr size_t kMaxMapFileBytes = 64 * 1024;

// Reads the options; the format comes from `path` where no option says it.
//
// Errors: kInvalidArgument with the option's name; the system's for the mapping
// file.
absl::StatusOr<ImportOptions> ReadImportOptions(const Arguments& arguments,
                                                absl::string_view path);

// Reads --retry_for, in seconds.
absl::StatusOr<absl::Duration> ReadRetryFor(const Arguments& arguments);

// Reads --existing: link, update, park or fail.
absl::StatusOr<v1::ExistingPolicy> ReadExistingPolicy(
    const Arguments& arguments);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_IMPORT_OPTIONS_H_
