#include "adapters/qoyod/qoyod_encode.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace qantara::adapters {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr size_t kMaxIdDigits = 18;

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

bool IsWholeNumber(absl::string_view id) {
  return AllDigits(id) && id.size() <= kMaxIdDigits && id[0] != '0';
}

// Whether the text is a number in JSON as it stands.
bool IsJsonDecimal(absl::string_view text) {
  const size_t point = text.find('.');
  const absl::string_view integer = text.substr(0, point);
  if (!AllDigits(integer) || (integer.size() > 1 && integer[0] == '0')) {
    return false;
  }
  return point == absl::string_view::npos || AllDigits(text.substr(point + 1));
}

class Checker {
 public:
  explicit Checker(absl::string_view prefix) : prefix_(prefix) {}

  void Id(bool present, absl::string_view path, absl::string_view id) {
    if (!present || IsWholeNumber(id)) return;
    Add(path, v1::ERROR_REASON_FIELD_INVALID,
        "Qoyod's ids are whole numbers without zeros in front");
  }

  void Decimal(bool present, absl::string_view path, absl::string_view text,
               v1::ErrorReason reason) {
    if (!present || IsJsonDecimal(text)) return;
    Add(path, reason, "must be a plain decimal in ASCII digits");
  }

  std::vector<v1::ItemProblem> Take() { return std::move(problems_); }

 private:
  void Add(absl::string_view path, v1::ErrorReason reason,
           absl::string_view message) {
    v1::ItemProblem problem;
    problem.set_field(absl::StrCat(prefix_, path));
    problem.set_reason(reason);
    problem.set_message(std::string(message));
    problems_.push_back(std::move(problem));
  }

  const absl::string_view prefix_;
  std::vector<v1::ItemProblem> problems_;
};

void WriteText(Writer& json, absl::string_view key, bool present,
               absl::string_view value) {
  if (!present) return;
  json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

// Ids and decimals: the text itself, without quotes.
void WriteNumber(Writer& json, absl::string_view key, bool present,
                 absl::string_view value) {
  if (!present) return;
  json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  json.RawValue(value.data(), value.size(), rapidjson::kNumberType);
}

// The older fields take 0 and 1.
void WriteFlag(Writer& json, absl::string_view key, bool present, bool value) {
  WriteNumber(json, key, present, value ? "1" : "0");
}

void WriteBool(Writer& json, absl::string_view key, bool present, bool value) {
  if (!present) return;
  json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  json.Bool(value);
}

void WriteReorderPoints(Writer& json, const v1::QoyodProduct& qoyod) {
  if (qoyod.reorder_points().empty()) return;
  json.Key("product_inventories_attributes");
  json.StartArray();
  for (const v1::ReorderPoint& point : qoyod.reorder_points()) {
    json.StartObject();
    WriteNumber(json, "inventory_id", true, point.location_id());
    WriteNumber(json, "reorder_point", true, point.quantity());
    json.EndObject();
  }
  json.EndArray();
}

void WriteQoyodFields(Writer& json, const v1::QoyodProduct& qoyod) {
  WriteFlag(json, "sale_item", qoyod.has_sale_item(), qoyod.sale_item());
  WriteFlag(json, "purchase_item", qoyod.has_purchase_item(),
            qoyod.purchase_item());
  WriteNumber(json, "product_unit_type_id", qoyod.has_unit_type_id(),
              qoyod.unit_type_id());
  WriteNumber(json, "sales_account_id", qoyod.has_sales_account_id(),
              qoyod.sales_account_id());
  WriteNumber(json, "cogs_account_id", qoyod.has_cogs_account_id(),
              qoyod.cogs_account_id());
  WriteNumber(json, "purchase_account_id", qoyod.has_purchase_account_id(),
              qoyod.purchase_account_id());
  WriteBool(json, "pos_product", qoyod.has_pos_product(), qoyod.pos_product());
  WriteNumber(json, "special_tax_reason_id", qoyod.has_special_tax_reason_id(),
              qoyod.special_tax_reason_id());
  WriteBool(json, "is_buying_price_inclusive",
            qoyod.has_buying_price_inclusive(), qoyod.buying_price_inclusive());
  WriteBool(json, "is_selling_price_inclusive",
            qoyod.has_selling_price_inclusive(),
            qoyod.selling_price_inclusive());
  WriteText(json, "terms_and_conditions", qoyod.has_terms_and_conditions(),
            qoyod.terms_and_conditions());
  WriteNumber(json, "product_attribute_set_id", qoyod.has_attribute_set_id(),
              qoyod.attribute_set_id());
  WriteReorderPoints(json, qoyod);
}

// Everything but `type`.
void WriteFields(Writer& json, const v1::Product& product) {
  WriteText(json, "sku", product.has_sku(), product.sku());
  WriteNumber(json, "selling_price", product.has_selling_price(),
              product.selling_price());
  WriteNumber(json, "buying_price", product.has_buying_price(),
              product.buying_price());
  WriteFlag(json, "track_quantity", product.has_track_quantity(),
            product.track_quantity());
  WriteNumber(json, "category_id", product.has_category_id(),
              product.category_id());
  WriteNumber(json, "tax_id", product.has_tax_id(), product.tax_id());
  WriteText(json, "description", product.has_description(),
            product.description());
  WriteText(json, "barcode", product.has_barcode(), product.barcode());
  if (product.has_qoyod()) WriteQoyodFields(json, product.qoyod());
}

void WriteNames(Writer& json, const v1::Product& product) {
  WriteText(json, "en_name", product.has_name_en(), product.name_en());
  WriteText(json, "name", product.has_name_ar(), product.name_ar());
}

absl::string_view QoyodType(v1::ProductType type) {
  switch (type) {
    case v1::PRODUCT_TYPE_SERVICE:
      return "Service";
    case v1::PRODUCT_TYPE_EXPENSE:
      return "Expense";
    case v1::PRODUCT_TYPE_RAW_MATERIAL:
      return "RawMaterial";
    case v1::PRODUCT_TYPE_RECIPE:
      return "Recipe";
    default:
      return "Product";
  }
}

void WriteNewProduct(Writer& json, const v1::Product& product) {
  json.StartObject();
  WriteNames(json, product);
  WriteText(json, "type", true, QoyodType(product.type()));
  WriteFields(json, product);
  json.EndObject();
}

}  // namespace

std::vector<v1::ItemProblem> CheckQoyodProduct(const v1::Product& product,
                                               absl::string_view prefix) {
  Checker check(prefix);
  check.Decimal(product.has_selling_price(), "selling_price",
                product.selling_price(), v1::ERROR_REASON_PRICE_INVALID);
  check.Decimal(product.has_buying_price(), "buying_price",
                product.buying_price(), v1::ERROR_REASON_PRICE_INVALID);
  check.Id(product.has_category_id(), "category_id", product.category_id());
  check.Id(product.has_tax_id(), "tax_id", product.tax_id());
  const v1::QoyodProduct& qoyod = product.qoyod();
  check.Id(qoyod.has_unit_type_id(), "qoyod.unit_type_id",
           qoyod.unit_type_id());
  check.Id(qoyod.has_sales_account_id(), "qoyod.sales_account_id",
           qoyod.sales_account_id());
  check.Id(qoyod.has_cogs_account_id(), "qoyod.cogs_account_id",
           qoyod.cogs_account_id());
  check.Id(qoyod.has_purchase_account_id(), "qoyod.purchase_account_id",
           qoyod.purchase_account_id());
  check.Id(qoyod.has_special_tax_reason_id(), "qoyod.special_tax_reason_id",
           qoyod.special_tax_reason_id());
  check.Id(qoyod.has_attribute_set_id(), "qoyod.attribute_set_id",
           qoyod.attribute_set_id());
  for (int i = 0; i < qoyod.reorder_points_size(); ++i) {
    const v1::ReorderPoint& point = qoyod.reorder_points(i);
    const std::string path = absl::StrCat("qoyod.reorder_points[", i, "]");
    check.Id(true, absl::StrCat(path, ".location_id"), point.location_id());
    check.Decimal(true, absl::StrCat(path, ".quantity"), point.quantity(),
                  v1::ERROR_REASON_FIELD_INVALID);
  }
  return check.Take();
}

std::string EncodeCreate(absl::Span<const v1::Product> products, bool single) {
  rapidjson::StringBuffer buffer;
  Writer json(buffer);
  json.StartObject();
  json.Key("product");
  if (!single) json.StartArray();
  for (const v1::Product& product : products) WriteNewProduct(json, product);
  if (!single) json.EndArray();
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string EncodeUpdate(const v1::Product& fields) {
  rapidjson::StringBuffer buffer;
  Writer json(buffer);
  json.StartObject();
  json.Key("product");
  json.StartObject();
  WriteNames(json, fields);
  WriteFields(json, fields);
  json.EndObject();
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace qantara::adapters
