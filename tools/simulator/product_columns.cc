#include "tools/simulator/product_columns.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

struct Column {
  const char* name;
  ColumnKind kind;
};
constexpr Column kColumns[] = {
    {"id", ColumnKind::kInteger},
    {"sku", ColumnKind::kText},
    {"en_name", ColumnKind::kText},
    {"name", ColumnKind::kText},
    {"type", ColumnKind::kText},
    {"barcode", ColumnKind::kText},
    {"description", ColumnKind::kText},
    {"category_id", ColumnKind::kInteger},
    {"tax_id", ColumnKind::kInteger},
    {"track_quantity", ColumnKind::kFlag},
    {"is_sold", ColumnKind::kFlag},
    {"is_bought", ColumnKind::kFlag},
    {"selling_price", ColumnKind::kDecimal},
    {"buying_price", ColumnKind::kDecimal},
    {"created_at", ColumnKind::kTime},
    {"updated_at", ColumnKind::kTime},
};

ColumnValue TextValue(const std::optional<std::string>& text) {
  return text ? ColumnValue(*text) : ColumnValue();
}

ColumnValue IntegerValue(const std::optional<int64_t>& value) {
  return value ? ColumnValue(*value) : ColumnValue();
}

ColumnValue PriceValue(const std::optional<std::string>& text) {
  const std::optional<DecimalValue> value =
      text ? ParseDecimal(*text) : std::nullopt;
  return value ? ColumnValue(*value) : ColumnValue();
}

ColumnValue ExtraValue(const Product& product, absl::string_view name) {
  for (const auto& [key, value] : product.extra) {
    if (absl::string_view(key) == name && !value.is_null()) {
      return ColumnValue(value.text());
    }
  }
  return ColumnValue();
}

}  // namespace

std::optional<ColumnKind> ColumnKindOf(absl::string_view column) {
  for (const Column& known : kColumns) {
    if (column == known.name) return known.kind;
  }
  return std::nullopt;
}

std::optional<ColumnValue> ParseColumnValue(ColumnKind kind,
                                            const std::string& text) {
  switch (kind) {
    case ColumnKind::kText:
      return ColumnValue(text);
    case ColumnKind::kInteger: {
      int64_t value = 0;
      if (!absl::SimpleAtoi(text, &value)) value = 0;
      return ColumnValue(value);
    }
    case ColumnKind::kFlag:
      return ColumnValue(int64_t{text == "1" || text == "true"});
    case ColumnKind::kTime: {
      const std::optional<int64_t> time = ParseTimeMs(text);
      if (!time) return std::nullopt;
      return ColumnValue(*time);
    }
    case ColumnKind::kDecimal: {
      const std::optional<DecimalValue> value = ParseDecimal(text);
      if (!value) return std::nullopt;
      return ColumnValue(*value);
    }
  }
  return std::nullopt;
}

ColumnValue ColumnOf(const Product& product, absl::string_view column) {
  if (column == "id") return product.id;
  if (column == "sku") return TextValue(product.sku);
  if (column == "en_name") return TextValue(product.name_en);
  if (column == "name") return TextValue(product.name_ar);
  if (column == "type") return product.type;
  if (column == "category_id") return IntegerValue(product.category_id);
  if (column == "tax_id") return IntegerValue(product.tax_id);
  if (column == "track_quantity") return int64_t{product.track_quantity};
  if (column == "is_sold") return int64_t{product.is_sold};
  if (column == "is_bought") return int64_t{product.is_bought};
  if (column == "selling_price") return PriceValue(product.selling_price);
  if (column == "buying_price") return PriceValue(product.buying_price);
  if (column == "created_at") return product.created_ms;
  if (column == "updated_at") return product.updated_ms;
  return ExtraValue(product, column);
}

int CompareColumnValues(const ColumnValue& a, const ColumnValue& b) {
  if (a.index() != b.index()) return a.index() < b.index() ? -1 : 1;
  if (const auto* text = std::get_if<std::string>(&a)) {
    return text->compare(std::get<std::string>(b));
  }
  if (const auto* number = std::get_if<int64_t>(&a)) {
    const int64_t other = std::get<int64_t>(b);
    return *number == other ? 0 : (*number < other ? -1 : 1);
  }
  if (const auto* decimal = std::get_if<DecimalValue>(&a)) {
    return CompareDecimals(*decimal, std::get<DecimalValue>(b));
  }
  return 0;
}

}  // namespace qantara::simulator
