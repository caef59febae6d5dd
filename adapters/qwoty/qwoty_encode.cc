#include "adapters/qwoty/qwoty_encode.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "domain/text_checks.h"

namespace qantara::adapters {
namespace {

using domain::IsBlank;
using Writer = rapidjson::Writer<rapidjson::StringBuffer>;
using Ids = google::protobuf::RepeatedPtrField<std::string>;

constexpr size_t kUuidSize = 36;
constexpr char kOneOff[] = "one_off";

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
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

bool IsApiName(absl::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return absl::ascii_islower(byte) || absl::ascii_isdigit(byte) || c == '_';
  });
}

class Checker {
 public:
  explicit Checker(absl::string_view prefix) : prefix_(prefix) {}

  void Require(bool fine, absl::string_view path, absl::string_view message,
               v1::ErrorReason reason = v1::ERROR_REASON_FIELD_INVALID) {
    if (fine) return;
    v1::ItemProblem problem;
    problem.set_field(absl::StrCat(prefix_, path));
    problem.set_reason(reason);
    problem.set_message(std::string(message));
    problems_.push_back(std::move(problem));
  }

  void Decimal(bool present, absl::string_view path, absl::string_view text) {
    Require(!present || IsJsonDecimal(text), path,
            "must be a plain decimal in ASCII digits");
  }

  void IdList(absl::string_view path, const Ids& ids) {
    for (int i = 0; i < ids.size(); ++i) {
      Require(IsQwotyId(ids[i]), absl::StrCat(path, "[", i, "]"),
              "Qwoty's ids are UUIDs");
    }
  }

  void Immutable(bool present, absl::string_view path) {
    Require(!present, path, "Qwoty takes it on creation only",
            v1::ERROR_REASON_FIELD_IMMUTABLE);
  }

  std::vector<v1::ItemProblem> Take() { return std::move(problems_); }

 private:
  const absl::string_view prefix_;
  std::vector<v1::ItemProblem> problems_;
};

void CheckSizes(const v1::QwotyProduct& qwoty, Checker& check) {
  check.Decimal(qwoty.has_unit_per_pack(), "qwoty.unit_per_pack",
                qwoty.unit_per_pack());
  check.Decimal(qwoty.has_weight(), "qwoty.weight", qwoty.weight());
  check.Decimal(qwoty.has_height(), "qwoty.height", qwoty.height());
  check.Decimal(qwoty.has_length(), "qwoty.length", qwoty.length());
  check.Decimal(qwoty.has_width(), "qwoty.width", qwoty.width());
  check.Require(!qwoty.has_weight_unit() || qwoty.weight_unit() == "kg" ||
                    qwoty.weight_unit() == "lbs",
                "qwoty.weight_unit", "must be kg or lbs");
}

bool HasName(const v1::Product& product) {
  return !IsBlank(product.name_en()) || !IsBlank(product.name_ar());
}

void CheckCreation(const v1::Product& product, Checker& check) {
  const v1::QwotyProduct& qwoty = product.qwoty();
  check.Require(HasName(product), "name_en", "Qwoty needs a name",
                v1::ERROR_REASON_NAME_REQUIRED);
  check.Require(!qwoty.has_api_name() || IsApiName(qwoty.api_name()),
                "qwoty.api_name",
                "takes lowercase letters, digits and underscores only");
  // Else all such products would get the same derived name.
  check.Require(qwoty.has_api_name() || !IsBlank(product.sku()),
                "qwoty.api_name", "is needed where there is no SKU");
  check.Require(!qwoty.has_recurrence_type() ||
                    qwoty.recurrence_type() == kOneOff ||
                    qwoty.recurrence_type() == "recurring",
                "qwoty.recurrence_type", "must be one_off or recurring");
  check.IdList("qwoty.catalog_ids", qwoty.catalog_ids());
}

void CheckChange(const v1::Product& product, Checker& check) {
  const v1::QwotyProduct& qwoty = product.qwoty();
  check.Require(!product.has_name_en() || HasName(product), "name_en",
                "Qwoty needs a name, which cannot be cleared",
                v1::ERROR_REASON_NAME_REQUIRED);
  check.Immutable(qwoty.has_api_name(), "qwoty.api_name");
  check.Immutable(qwoty.has_recurrence_type(), "qwoty.recurrence_type");
  check.Immutable(!qwoty.catalog_ids().empty(), "qwoty.catalog_ids");
}

void WriteKey(Writer& json, absl::string_view key) {
  json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}

void WriteText(Writer& json, absl::string_view key, bool present,
               absl::string_view value) {
  if (!present) return;
  WriteKey(json, key);
  json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

// The text itself, without quotes.
void WriteNumber(Writer& json, absl::string_view key, bool present,
                 absl::string_view value) {
  if (!present) return;
  WriteKey(json, key);
  json.RawValue(value.data(), value.size(), rapidjson::kNumberType);
}

void WriteIds(Writer& json, absl::string_view key,
              const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  WriteKey(json, key);
  json.StartArray();
  for (const std::string& id : ids) {
    json.String(id.data(), static_cast<rapidjson::SizeType>(id.size()));
  }
  json.EndArray();
}

std::vector<std::string> CategoriesOf(const v1::Product& product) {
  std::vector<std::string> ids;
  if (product.has_category_id()) ids.push_back(product.category_id());
  for (const std::string& id : product.qwoty().category_ids()) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  return ids;
}

// Whether Qwoty's one name is the Arabic one. An update without English name
// does not know whether there is one at Qwoty, which it would overwrite.
bool TakesArabicName(const v1::Product& product, QwotyWriteKind kind) {
  return IsBlank(product.name_en()) && !IsBlank(product.name_ar()) &&
         (kind == QwotyWriteKind::kCreate || product.has_name_en());
}

void WriteName(Writer& json, const v1::Product& product, QwotyWriteKind kind) {
  if (TakesArabicName(product, kind)) {
    WriteText(json, "name", true, product.name_ar());
  } else {
    WriteText(json, "name", !IsBlank(product.name_en()), product.name_en());
  }
}

void WriteShipping(Writer& json, const v1::QwotyProduct& qwoty) {
  WriteNumber(json, "shipping[weight]", qwoty.has_weight(), qwoty.weight());
  WriteText(json, "shipping[weight_unit]", qwoty.has_weight_unit(),
            qwoty.weight_unit());
  WriteNumber(json, "shipping[height]", qwoty.has_height(), qwoty.height());
  WriteNumber(json, "shipping[length]", qwoty.has_length(), qwoty.length());
  WriteNumber(json, "shipping[width]", qwoty.has_width(), qwoty.width());
  WriteText(json, "shipping[length_unit]", qwoty.has_length_unit(),
            qwoty.length_unit());
  WriteText(json, "shipping[country_of_origin]", qwoty.has_country_of_origin(),
            qwoty.country_of_origin());
  WriteText(json, "shipping[harmonized_system_code]",
            qwoty.has_harmonized_system_code(), qwoty.harmonized_system_code());
}

// What both requests take.
void WriteFields(Writer& json, const v1::Product& product,
                 QwotyWriteKind kind) {
  const v1::QwotyProduct& qwoty = product.qwoty();
  WriteName(json, product, kind);
  WriteText(json, "reference", qwoty.has_reference(), qwoty.reference());
  WriteText(json, "description", product.has_description(),
            product.description());
  if (qwoty.has_is_active()) {
    WriteKey(json, "is_active");
    json.Bool(qwoty.is_active());
  }
  WriteIds(json, "category_ids", CategoriesOf(product));
  WriteText(json, "inventory[sku]", product.has_sku(), product.sku());
  WriteNumber(json, "settings[unit_per_pack]", qwoty.has_unit_per_pack(),
              qwoty.unit_per_pack());
  WriteText(json, "accounting[ledger_account]", qwoty.has_ledger_account(),
            qwoty.ledger_account());
  WriteText(json, "identifiers[crm]", qwoty.has_crm_id(), qwoty.crm_id());
  WriteText(json, "identifiers[erp]", qwoty.has_erp_id(), qwoty.erp_id());
  WriteText(json, "identifiers[accounting]", qwoty.has_accounting_id(),
            qwoty.accounting_id());
  WriteShipping(json, qwoty);
}

}  // namespace

bool IsQwotyId(absl::string_view id) {
  if (id.size() != kUuidSize) return false;
  for (size_t i = 0; i < id.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const auto byte = static_cast<unsigned char>(id[i]);
    if (dash ? id[i] != '-' : !absl::ascii_isxdigit(byte)) return false;
  }
  return true;
}

std::vector<v1::ItemProblem> CheckQwotyProduct(const v1::Product& product,
                                               QwotyWriteKind kind,
                                               absl::string_view prefix) {
  Checker check(prefix);
  if (kind == QwotyWriteKind::kCreate) {
    CheckCreation(product, check);
  } else {
    CheckChange(product, check);
  }
  check.Require(!product.has_category_id() || IsQwotyId(product.category_id()),
                "category_id", "Qwoty's ids are UUIDs");
  check.IdList("qwoty.category_ids", product.qwoty().category_ids());
  CheckSizes(product.qwoty(), check);
  return check.Take();
}

std::vector<std::string> FieldsQwotyLacks(const v1::Product& product,
                                          QwotyWriteKind kind) {
  std::vector<std::string> paths;
  const auto add = [&paths](bool present, const char* path) {
    if (present) paths.emplace_back(path);
  };
  add(product.has_name_ar() && !TakesArabicName(product, kind), "name_ar");
  add(product.type() != v1::PRODUCT_TYPE_UNSPECIFIED, "type");
  add(product.has_selling_price(), "selling_price");
  add(product.has_buying_price(), "buying_price");
  add(product.has_track_quantity(), "track_quantity");
  add(product.has_tax_id(), "tax_id");
  add(product.has_barcode(), "barcode");
  return paths;
}

std::string EncodeQwotyCreate(const v1::Product& product,
                              absl::string_view api_name) {
  const v1::QwotyProduct& qwoty = product.qwoty();
  rapidjson::StringBuffer buffer;
  Writer json(buffer);
  json.StartObject();
  WriteText(
      json, "api_name", true,
      qwoty.has_api_name() ? absl::string_view(qwoty.api_name()) : api_name);
  WriteText(json, "recurrence_type", true,
            qwoty.has_recurrence_type()
                ? absl::string_view(qwoty.recurrence_type())
                : kOneOff);
  WriteFields(json, product, QwotyWriteKind::kCreate);
  WriteIds(json, "catalog_ids",
           {qwoty.catalog_ids().begin(), qwoty.catalog_ids().end()});
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string EncodeQwotyUpdate(const v1::Product& fields) {
  rapidjson::StringBuffer buffer;
  Writer json(buffer);
  json.StartObject();
  WriteFields(json, fields, QwotyWriteKind::kUpdate);
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace qantara::adapters
