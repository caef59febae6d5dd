// `product get`, `product list`, `product create`, `product update`.
#ifndef TOOLS_CLI_PRODUCT_COMMANDS_H_
#define TOOLS_CLI_PRODUCT_COMMANDS_H_

#include "tools/cli/session.h"

namespace qantara::tools {

// Prints one product.
ExitCode GetProduct(Session& session);

// Prints products by SKU: those that begin with --sku_prefix, at most --limit.
ExitCode ListProducts(Session& session);

// Creates one product and prints it. Waits at most --timeout; then the work
// goes on and the same
// --request_id asks for the result.
ExitCode CreateProduct(Session& session);

// Updates one product and prints it; waits as CreateProduct. kProblems when the
// provider rejected the update, when it is parked, or when the provider did not
// take over a value.
ExitCode UpdateProduct(Session& session);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_PRODUCT_COMMANDS_H_
