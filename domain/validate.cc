#include "domain/validate.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "domain/decimal.h"
#include "domain/error.h"
#include "domain/field_problems.h"
#include "domain/provider_checks.h"

namespace qantara::domain {
namespace {

void CheckSku(const v1::Product& product, const LineRules& rules,
              bool for_update, FieldProblems& problems) {
  if (!product.sku().empty()) {
    problems.CheckCode("sku", product.sku(), kMaxSkuCharacters);
  } else if (for_update && product.has_sku()) {
    problems.Add("sku", v1::ERROR_REASON_SKU_REQUIRED,
                 "is empty; a SKU can be changed, not removed");
  } else if (!for_update && !rules.allow_missing_sku) {
    problems.Add("sku", v1::ERROR_REASON_SKU_REQUIRED,
                 "is absent or empty; without a SKU an unanswered request "
                 "cannot be settled");
  }
}

void CheckNames(const v1::Product& product, bool for_update,
                FieldProblems& problems) {
  // An update that leaves one name out does not know whether it is there.
  const bool decides =
      !for_update || (product.has_name_en() && product.has_name_ar());
  if (decides && IsBlank(product.name_en()) && IsBlank(product.name_ar())) {
    problems.Add("name_en", v1::ERROR_REASON_NAME_REQUIRED,
                 "a name in English or in Arabic is required");
  }
  problems.CheckText("name_en", product.name_en(), kMaxNameCharacters);
  problems.CheckText("name_ar", product.name_ar(), kMaxNameCharacters);
}

void CheckType(const v1::Product& product, bool for_update,
               FieldProblems& problems) {
  if (!v1::ProductType_IsValid(product.type())) {
    problems.Add("type", v1::ERROR_REASON_FIELD_INVALID,
                 "is none of the known types");
  } else if (for_update && product.type() != v1::PRODUCT_TYPE_UNSPECIFIED) {
    problems.Add("type", v1::ERROR_REASON_FIELD_IMMUTABLE,
                 "is set once, when the product is created");
  }
  if (product.track_quantity() && product.type() == v1::PRODUCT_TYPE_SERVICE) {
    problems.Add("track_quantity", v1::ERROR_REASON_FIELDS_CONFLICT,
                 "a service has no stock to track");
  }
}

void CheckPrices(const v1::Product& product, FieldProblems& problems) {
  if (product.has_selling_price()) {
    problems.CheckDecimal("selling_price", product.selling_price(),
                          v1::ERROR_REASON_PRICE_INVALID);
  }
  if (product.has_buying_price()) {
    problems.CheckDecimal("buying_price", product.buying_price(),
                          v1::ERROR_REASON_PRICE_INVALID);
  }
}

void CheckReferences(const v1::Product& product, const LineRules& rules,
                     FieldProblems& problems) {
  if (product.has_category_id()) {
    problems.CheckId("category_id", product.category_id(), rules.numeric_ids);
  }
  if (product.has_tax_id()) {
    problems.CheckId("tax_id", product.tax_id(), rules.numeric_ids);
  }
}

// Returns whether the text changed.
bool Normalize(std::string* text) {
  std::optional<std::string> normal = ParsePrice(*text);
  if (!normal.has_value() || *normal == *text) return false;
  *text = *std::move(normal);
  return true;
}

bool NormalizeQwoty(v1::QwotyProduct* qwoty) {
  bool changed = false;
  if (qwoty->has_unit_per_pack()) {
    changed |= Normalize(qwoty->mutable_unit_per_pack());
  }
  if (qwoty->has_weight()) changed |= Normalize(qwoty->mutable_weight());
  if (qwoty->has_height()) changed |= Normalize(qwoty->mutable_height());
  if (qwoty->has_length()) changed |= Normalize(qwoty->mutable_length());
  if (qwoty->has_width()) changed |= Normalize(qwoty->mutable_width());
  return changed;
}

bool IsClientIdCharacter(char c) {
  return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.';
}

}  // namespace

std::vector<v1::ItemProblem> ValidateProduct(const v1::Product& product,
                                             const LineRules& rules,
                                             bool for_update,
                                             absl::string_view prefix) {
  FieldProblems problems(prefix);
  CheckSku(product, rules, for_update, problems);
  CheckNames(product, for_update, problems);
  CheckType(product, for_update, problems);
  CheckPrices(product, problems);
  CheckReferences(product, rules, problems);
  problems.CheckText("description", product.description(),
                     kMaxLongTextCharacters);
  problems.CheckText("barcode", product.barcode(), kMaxBarcodeCharacters);
  CheckProviderFields(product, rules, problems);
  std::vector<v1::ItemProblem> found = std::move(problems).Take();
  if (rules.check == nullptr || !found.empty()) return found;
  // The provider gets decimals in this form.
  v1::Product normal = product;
  NormalizeDecimals(&normal);
  return rules.check(normal, for_update, prefix);
}

std::vector<v1::ItemProblem> ValidateExternalId(absl::string_view external_id,
                                                absl::string_view field) {
  FieldProblems problems("");
  problems.CheckCode(field, external_id, kMaxExternalIdCharacters);
  return std::move(problems).Take();
}

bool NormalizeDecimals(v1::Product* product) {
  bool changed = false;
  if (product->has_selling_price()) {
    changed |= Normalize(product->mutable_selling_price());
  }
  if (product->has_buying_price()) {
    changed |= Normalize(product->mutable_buying_price());
  }
  if (product->has_qoyod()) {
    for (v1::ReorderPoint& point :
         *product->mutable_qoyod()->mutable_reorder_points()) {
      changed |= Normalize(point.mutable_quantity());
    }
  }
  if (product->has_qwoty()) changed |= NormalizeQwoty(product->mutable_qwoty());
  return changed;
}

absl::Status ValidateClientId(absl::string_view id, absl::string_view field) {
  FieldProblems problems("");
  if (id.empty()) {
    problems.Add(field, v1::ERROR_REASON_FIELD_REQUIRED, "is empty");
  } else if (id.size() > kMaxClientIdCharacters) {
    problems.CheckText(field, id, kMaxClientIdCharacters);
  }
  if (!std::all_of(id.begin(), id.end(), IsClientIdCharacter)) {
    problems.Add(field, v1::ERROR_REASON_FIELD_INVALID,
                 "takes letters, digits, `_`, `-` and `.` only");
  }
  std::vector<v1::ItemProblem> found = std::move(problems).Take();
  if (found.empty()) return absl::OkStatus();
  return MakeInvalid(std::move(found));
}

}  // namespace qantara::domain
