// Commands that read imports: `imports`, `import show ID`, `import items ID`.
#ifndef TOOLS_CLI_IMPORT_QUERIES_H_
#define TOOLS_CLI_IMPORT_QUERIES_H_

#include "tools/cli/session.h"

namespace qantara::tools {

// Lists imports, newest first, at most --limit.
ExitCode ListImports(Session& session);

// Prints one import and its lines with problems. The exit code says whether it
// has any.
ExitCode ShowImport(Session& session);

// Prints the items of an import in line order: those in the states that --state
// names (several separated by commas; `problems` for every state that needs an
// eye), with --reason and
// --sku_prefix; at most --limit.
ExitCode ListImportItems(Session& session);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_IMPORT_QUERIES_H_
