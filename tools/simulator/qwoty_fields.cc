#include "tools/simulator/qwoty_fields.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tools/simulator/qwoty_table.h"

namespace qantara::simulator {
namespace {

enum class Form { kText, kBool, kNumber, kIds };

struct Field {
  const char* key;
  Form form;
  bool patched;         // PATCH /products/{id} takes it.
  bool parent_patched;  // PATCH /product-parents/{id} takes it.
};

constexpr Field kFields[] = {
    {"api_name", Form::kText, false, false},
    {"recurrence_type", Form::kText, false, false},
    {"name", Form::kText, true, true},
    {"reference", Form::kText, true, false},
    {"description", Form::kText, true, true},
    {"is_active", Form::kBool, true, true},
    {"catalog_ids", Form::kIds, false, false},
    {"category_ids", Form::kIds, true, false},
    {"inventory[sku]", Form::kText, true, false},
    {"settings[unit_per_pack]", Form::kNumber, true, false},
    {"accounting[ledger_account]", Form::kText, true, false},
    {"identifiers[crm]", Form::kText, true, false},
    {"identifiers[erp]", Form::kText, true, false},
    {"identifiers[accounting]", Form::kText, true, false},
    {"shipping[weight]", Form::kNumber, true, false},
    {"shipping[weight_unit]", Form::kText, true, false},
    {"shipping[height]", Form::kNumber, true, false},
    {"shipping[length]", Form::kNumber, true, false},
    {"shipping[width]", Form::kNumber, true, false},
    {"shipping[length_unit]", Form::kText, true, false},
    {"shipping[country_of_origin]", Form::kText, true, false},
    {"shipping[harmonized_system_code]", Form::kText, true, false},
};

const Field* FindField(absl::string_view key) {
  for (const Field& field : kFields) {
    if (key == field.key) return &field;
  }
  return nullptr;
}

bool IsTaken(const Field& field, QwotyWrite write) {
  return write == QwotyWrite::kCreate ||
         (write == QwotyWrite::kPatch ? field.patched : field.parent_patched);
}

bool IsIds(const Json& value) {
  return value.is_array() &&
         std::all_of(value.items().begin(), value.items().end(),
                     [](const Json& item) {
                       return item.is_string() && IsUuid(item.text());
                     });
}

// What is wrong with the form of the value; empty when nothing is.
std::string FormFault(const Field& field, const Json& value) {
  const auto must_be = [&field](absl::string_view what) {
    return absl::StrCat("Field '", field.key, "' must be ", what);
  };
  switch (field.form) {
    case Form::kText:
      return value.is_string() ? "" : must_be("a string");
    case Form::kBool:
      return value.is_bool() ? "" : must_be("a boolean");
    case Form::kNumber:
      return value.is_number() ? "" : must_be("a number");
    case Form::kIds:
      return IsIds(value) ? "" : must_be("an array of UUIDs");
  }
  return "";
}

// What is wrong with a value of the right form.
std::string WordFault(const Field& field, const Json& value) {
  const absl::string_view key = field.key;
  const std::string& text = value.text();
  if (key == "api_name" &&
      (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) {
         return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
       }))) {
    return "Field 'api_name' must be snake_case (a-z, 0-9, _)";
  }
  if (key == "recurrence_type" && text != "one_off" && text != "recurring") {
    return "Field 'recurrence_type' must be one_off or recurring";
  }
  if (key == "name" && text.empty()) return "Field 'name' is required";
  if (key == "shipping[weight_unit]" && text != "kg" && text != "lbs") {
    return "Field 'shipping[weight_unit]' must be kg or lbs";
  }
  return "";
}

void Require(const Json& values, std::vector<std::string>* details) {
  if (values.Find("api_name") == nullptr) {
    details->push_back("Field 'api_name' is required");
  }
  if (values.Find("recurrence_type") == nullptr) {
    details->push_back(
        "Field 'recurrence_type' is required (one_off | recurring)");
  }
  if (values.Find("name") == nullptr) {
    details->push_back("Field 'name' is required");
  }
}

}  // namespace

void ApplyQwotyFields(const Json& body, QwotyWrite write, Json* values,
                      std::vector<std::string>* details,
                      std::vector<std::string>* notes) {
  for (size_t i = 0; i < body.keys().size(); ++i) {
    const std::string& key = body.keys()[i];
    const Json& value = body.items()[i];
    const Field* field = FindField(key);
    if (field == nullptr) {
      notes->push_back(absl::StrCat("no such key: ", key));
      continue;
    }
    if (!IsTaken(*field, write)) {
      details->push_back(absl::StrCat("Field '", key, "' is not allowed"));
      continue;
    }
    if (value.is_null()) {
      values->Remove(key);
      continue;
    }
    std::string fault = FormFault(*field, value);
    if (fault.empty()) fault = WordFault(*field, value);
    if (!fault.empty()) details->push_back(std::move(fault));
    values->Set(key, value);
  }
  Require(*values, details);
}

}  // namespace qantara::simulator
