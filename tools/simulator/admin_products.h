// Products changed by hand, behind the back of the API: /_admin/products and
// /_admin/stock.
#ifndef TOOLS_SIMULATOR_ADMIN_PRODUCTS_H_
#define TOOLS_SIMULATOR_ADMIN_PRODUCTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// GET, POST, PUT and DELETE of /_admin/products[/{id}].
HttpReply AdminProducts(const HttpRequest& request, const World& world);

// POST /_admin/stock: one movement, an array of them, or {"random":{...}}.
HttpReply AdminStock(const HttpRequest& request, const World& world);

// Adds one product from an object with request field names, and optionally
// "id" and "inventories": [{"id":3,"stock":120}]. Nothing is checked beyond
// what can be stored. Returns its id. The company must be locked. Errors:
// kInvalidArgument.
absl::StatusOr<int64_t> AddProduct(const Json& fields, Company* company);

// Adds a product for every line of JSON in `lines`. Locks the company. Errors:
// kInvalidArgument with the number of the line; the lines before are added.
absl::Status LoadProducts(absl::string_view lines, Company* company);

// Adds the specification's products 42 (BW-001, tracked, 120 at location 3)
// and 43 (SVC-001, untracked). Locks the company.
void AddExampleProducts(Company* company);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_ADMIN_PRODUCTS_H_
