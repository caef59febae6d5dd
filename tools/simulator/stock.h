// Stock movements, as invoices and bills would cause them.
#ifndef TOOLS_SIMULATOR_STOCK_H_
#define TOOLS_SIMULATOR_STOCK_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "tools/simulator/company.h"
#include "tools/simulator/decimal_text.h"
#include "tools/simulator/json.h"
#include "tools/simulator/product.h"

namespace qantara::simulator {

// Sets the figure of `product` at a location, which may be new to it.
void SetStock(int64_t location_id, const DecimalValue& stock, Product* product);

// Applies {"id" or "sku", "location_id" (3), "set" or "delta", "touch"} or an
// array of these; with "touch": true the product's updated_at advances too.
// Returns {"movements":[{id, sku, location_id, previous or null, stock}]}.
// The company must be locked. Errors: kNotFound and kInvalidArgument; the
// movements before the wrong one are applied.
absl::StatusOr<Json> MoveStock(const Json& body, Company* company);

// Moves {"products": n (1), "max_delta": m (10)} tracked products, chosen by
// the seed and the number of such calls before, by a whole number from -m to m
// that is not 0, at one of the company's locations. Returns what MoveStock
// does. The company must be locked.
absl::StatusOr<Json> MoveRandomStock(const Json& wish, uint64_t seed,
                                     Company* company);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_STOCK_H_
