// The name of an import, derived from what is imported and how.
#ifndef TOOLS_CLI_IMPORT_ID_H_
#define TOOLS_CLI_IMPORT_ID_H_

#include <cstdint>
#include <string>

#include "qantara/v1/catalog_service.pb.h"
#include "tools/cli/catalog/open_catalog.h"

namespace qantara::tools {

// Returns 32 hexadecimal digits that depend on the file's bytes
// (`file_sha256`), on how they are read, and on the header's connection, policy
// and allow_missing_sku; not on the file's name. The same command gives the
// same name, so a client that was cut off finds its import again.
std::string ImportIdOf(const std::string& file_sha256, CatalogFormat format,
                       const CatalogOptions& options,
                       const v1::ImportHeader& header);

// Returns the name for the `turn`-th time that the same thing is imported: `id`
// itself for 1, then `id-2`, `id-3` and so on.
std::string ImportIdOfTurn(const std::string& id, uint32_t turn);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_IMPORT_ID_H_
