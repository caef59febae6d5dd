// Fields given as text, as the API's messages.
#ifndef TOOLS_CLI_PRODUCT_FIELDS_H_
#define TOOLS_CLI_PRODUCT_FIELDS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "qantara/v1/catalog_service.pb.h"
#include "qantara/v1/product.pb.h"
#include "tools/cli/catalog/catalog_reader.h"

namespace qantara::tools {

// Sets one field of `product`. Texts pass unchanged: the server checks them. A
// switch takes true, false, 1, 0, yes, no, نعم, لا; the type takes Product,
// Service, Expense, RawMaterial or Recipe.
//
// Errors: kInvalidArgument for another switch or type, and for kExternalId,
// which is no field of a product. `product` is unchanged then.
absl::Status SetProductField(CatalogField field, absl::string_view text,
                             v1::Product& product);

// Returns the field's path in an update mask, such as "qoyod.sale_item".
std::string ProductPath(CatalogField field);

// Returns the record as a line of an import.
//
// Errors: as SetProductField, with the row and the field.
absl::StatusOr<v1::CatalogLine> ToCatalogLine(const CatalogRecord& record);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_PRODUCT_FIELDS_H_
