#include "tools/cli/catalog/catalog_field.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace qantara::tools {
namespace {

struct Name {
  CatalogField field;
  absl::string_view column;  // In normalized form.
};

// The first entry of each field is its name; the others are further columns
// that mean it.
constexpr Name kNames[] = {
    {CatalogField::kExternalId, "external_id"},
    {CatalogField::kExternalId, "externalid"},
    {CatalogField::kExternalId, "المعرف_الخارجي"},
    {CatalogField::kExternalId, "الرقم_الخارجي"},
    {CatalogField::kSku, "sku"},
    {CatalogField::kSku, "code"},
    {CatalogField::kSku, "product_sku"},
    {CatalogField::kSku, "product_code"},
    {CatalogField::kSku, "item_code"},
    {CatalogField::kSku, "رمز_المنتج"},
    {CatalogField::kSku, "كود_المنتج"},
    {CatalogField::kSku, "رقم_المنتج"},
    {CatalogField::kSku, "رمز_الصنف"},
    {CatalogField::kSku, "كود_الصنف"},
    {CatalogField::kSku, "رقم_الصنف"},
    {CatalogField::kSku, "الرمز"},
    {CatalogField::kSku, "الكود"},
    {CatalogField::kNameEn, "name_en"},
    {CatalogField::kNameEn, "name"},
    {CatalogField::kNameEn, "en_name"},
    {CatalogField::kNameEn, "english_name"},
    {CatalogField::kNameEn, "name_english"},
    {CatalogField::kNameEn, "product_name"},
    {CatalogField::kNameEn, "item_name"},
    {CatalogField::kNameEn, "nameen"},
    {CatalogField::kNameEn, "الاسم_الإنجليزي"},
    {CatalogField::kNameEn, "الاسم_الانجليزي"},
    {CatalogField::kNameEn, "الاسم_بالإنجليزية"},
    {CatalogField::kNameEn, "الاسم_بالانجليزية"},
    {CatalogField::kNameAr, "name_ar"},
    {CatalogField::kNameAr, "ar_name"},
    {CatalogField::kNameAr, "arabic_name"},
    {CatalogField::kNameAr, "name_arabic"},
    {CatalogField::kNameAr, "namear"},
    {CatalogField::kNameAr, "الاسم"},
    {CatalogField::kNameAr, "الاسم_العربي"},
    {CatalogField::kNameAr, "الاسم_بالعربية"},
    {CatalogField::kNameAr, "اسم_المنتج"},
    {CatalogField::kNameAr, "اسم_الصنف"},
    {CatalogField::kType, "type"},
    {CatalogField::kType, "النوع"},
    {CatalogField::kType, "نوع_المنتج"},
    {CatalogField::kSellingPrice, "selling_price"},
    {CatalogField::kSellingPrice, "sellingprice"},
    {CatalogField::kSellingPrice, "price"},
    {CatalogField::kSellingPrice, "unit_price"},
    {CatalogField::kSellingPrice, "سعر_البيع"},
    {CatalogField::kSellingPrice, "السعر"},
    {CatalogField::kBuyingPrice, "buying_price"},
    {CatalogField::kBuyingPrice, "buyingprice"},
    {CatalogField::kBuyingPrice, "cost"},
    {CatalogField::kBuyingPrice, "cost_price"},
    {CatalogField::kBuyingPrice, "purchase_price"},
    {CatalogField::kBuyingPrice, "سعر_الشراء"},
    {CatalogField::kBuyingPrice, "سعر_التكلفة"},
    {CatalogField::kBuyingPrice, "التكلفة"},
    {CatalogField::kTrackQuantity, "track_quantity"},
    {CatalogField::kTrackQuantity, "trackquantity"},
    {CatalogField::kTrackQuantity, "تتبع_الكمية"},
    {CatalogField::kTrackQuantity, "تتبع_المخزون"},
    {CatalogField::kCategoryId, "category_id"},
    {CatalogField::kCategoryId, "categoryid"},
    {CatalogField::kCategoryId, "معرف_التصنيف"},
    {CatalogField::kCategoryId, "رقم_التصنيف"},
    {CatalogField::kCategoryId, "معرف_الفئة"},
    {CatalogField::kTaxId, "tax_id"},
    {CatalogField::kTaxId, "taxid"},
    {CatalogField::kTaxId, "معرف_الضريبة"},
    {CatalogField::kDescription, "description"},
    {CatalogField::kDescription, "الوصف"},
    {CatalogField::kBarcode, "barcode"},
    {CatalogField::kBarcode, "ean"},
    {CatalogField::kBarcode, "gtin"},
    {CatalogField::kBarcode, "upc"},
    {CatalogField::kBarcode, "باركود"},
    {CatalogField::kBarcode, "الباركود"},
    {CatalogField::kSaleItem, "sale_item"},
    {CatalogField::kPurchaseItem, "purchase_item"},
    {CatalogField::kUnitTypeId, "unit_type_id"},
    {CatalogField::kUnitTypeId, "product_unit_type_id"},
    {CatalogField::kUnitTypeId, "unit_id"},
    {CatalogField::kUnitTypeId, "معرف_الوحدة"},
    {CatalogField::kSalesAccountId, "sales_account_id"},
    {CatalogField::kCogsAccountId, "cogs_account_id"},
    {CatalogField::kCogsAccountId, "expense_account_id"},
    {CatalogField::kPurchaseAccountId, "purchase_account_id"},
    {CatalogField::kPosProduct, "pos_product"},
    {CatalogField::kSpecialTaxReasonId, "special_tax_reason_id"},
    {CatalogField::kBuyingPriceInclusive, "buying_price_inclusive"},
    {CatalogField::kBuyingPriceInclusive, "is_buying_price_inclusive"},
    {CatalogField::kSellingPriceInclusive, "selling_price_inclusive"},
    {CatalogField::kSellingPriceInclusive, "is_selling_price_inclusive"},
    {CatalogField::kTermsAndConditions, "terms_and_conditions"},
    {CatalogField::kAttributeSetId, "attribute_set_id"},
    {CatalogField::kAttributeSetId, "product_attribute_set_id"},
};

bool IsSeparator(char byte) {
  return byte == ' ' || byte == '\t' || byte == '_' || byte == '-';
}

}  // namespace

absl::string_view FieldName(CatalogField field) {
  for (const Name& name : kNames) {
    if (name.field == field) return name.column;
  }
  return "";
}

std::optional<CatalogField> FindField(absl::string_view column) {
  const std::string wanted = NormalizedColumn(column);
  for (const Name& name : kNames) {
    if (name.column == wanted) return name.field;
  }
  return std::nullopt;
}

std::string NormalizedColumn(absl::string_view column) {
  std::string out;
  for (const char byte : absl::StripAsciiWhitespace(column)) {
    if (!IsSeparator(byte)) {
      out.push_back(absl::ascii_tolower(static_cast<unsigned char>(byte)));
    } else if (!out.empty() && out.back() != '_') {
      out.push_back('_');
    }
  }
  return out;
}

bool IsBareName(absl::string_view column) {
  return NormalizedColumn(column) == "name";
}

bool IsPrice(CatalogField field) {
  return field == CatalogField::kSellingPrice ||
         field == CatalogField::kBuyingPrice;
}

std::string AllFieldNames() {
  std::string out;
  const Name* previous = nullptr;
  for (const Name& name : kNames) {
    if (previous == nullptr || previous->field != name.field) {
      absl::StrAppend(&out, out.empty() ? "" : ", ", name.column);
    }
    previous = &name;
  }
  return out;
}

}  // namespace qantara::tools
