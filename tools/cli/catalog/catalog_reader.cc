#include "tools/cli/catalog/catalog_reader.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tools/cli/catalog/utf8.h"

namespace qantara::tools {
namespace {

// Fields that name something: white space around them means nothing.
bool IsKey(CatalogField field) {
  switch (field) {
    case CatalogField::kExternalId:
    case CatalogField::kSku:
    case CatalogField::kCategoryId:
    case CatalogField::kTaxId:
    case CatalogField::kUnitTypeId:
    case CatalogField::kSalesAccountId:
    case CatalogField::kCogsAccountId:
    case CatalogField::kPurchaseAccountId:
    case CatalogField::kSpecialTaxReasonId:
    case CatalogField::kAttributeSetId:
      return true;
    default:
      return false;
  }
}

}  // namespace

void AddField(const BoundColumn& bound, absl::string_view column,
              absl::string_view text, const CatalogOptions& options,
              CatalogRecord& record) {
  if (IsKey(bound.field)) {
    const absl::string_view key = absl::StripAsciiWhitespace(text);
    record.trimmed = record.trimmed || key.size() < text.size();
    text = key;
  }
  if (IsPrice(bound.field)) {
    if (options.omit_blank_price && absl::StripAsciiWhitespace(text).empty())
      return;
  } else if (text.empty()) {
    return;
  }
  if (const std::string problem = Utf8Problem(text);
      !problem.empty() && record.notice.empty()) {
    record.notice = absl::StrCat("column \"", column, "\": ", problem);
  }
  record.fields.emplace_back(bound.field, text);
}

std::string Utf8Problem(absl::string_view text) {
  const size_t valid = ValidUtf8Prefix(text);
  if (valid == text.size()) return "";
  return absl::StrCat("byte ", valid + 1, " is not valid UTF-8");
}

}  // namespace qantara::tools
