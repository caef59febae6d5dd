// The product fields that a catalog file can carry, and the column names that
// mean them.
#ifndef TOOLS_CLI_CATALOG_CATALOG_FIELD_H_
#define TOOLS_CLI_CATALOG_CATALOG_FIELD_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::tools {

// In the order in which the fields of a record are given.
enum class CatalogField {
  kExternalId,
  kSku,
  kNameEn,
  kNameAr,
  kType,
  kSellingPrice,
  kBuyingPrice,
  kTrackQuantity,
  kCategoryId,
  kTaxId,
  kDescription,
  kBarcode,
  kSaleItem,
  kPurchaseItem,
  kUnitTypeId,
  kSalesAccountId,
  kCogsAccountId,
  kPurchaseAccountId,
  kPosProduct,
  kSpecialTaxReasonId,
  kBuyingPriceInclusive,
  kSellingPriceInclusive,
  kTermsAndConditions,
  kAttributeSetId,
};

// Returns the field's name as the options and the API write it, such as
// "name_en".
absl::string_view FieldName(CatalogField field);

// Returns the field that a column of this name means, in English or Arabic;
// nothing when none is meant. Case, outer space, and `_`, `-` and spaces
// between words make no difference.
//
// "category" means nothing: such columns hold names, not ids.
std::optional<CatalogField> FindField(absl::string_view column);

// Returns the form in which column names are compared: lower case, trimmed, `_`
// between words.
std::string NormalizedColumn(absl::string_view column);

// Returns whether a column of this name is called just "name". In Qoyod's own
// exports, where `en_name` is the English name, that is the Arabic name.
bool IsBareName(absl::string_view column);

// Returns whether the field is a price, for which blank and absent are
// different things.
bool IsPrice(CatalogField field);

// Returns the names of all fields, separated by ", ".
std::string AllFieldNames();

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_CATALOG_FIELD_H_
