#include "tools/cli/product_fields.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace qantara::tools {
namespace {

using absl::InvalidArgumentError;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::optional<bool> ReadSwitch(absl::string_view text) {
  for (const absl::string_view yes : {"true", "1", "yes", "نعم"}) {
    if (absl::EqualsIgnoreCase(text, yes)) return true;
  }
  for (const absl::string_view no : {"false", "0", "no", "لا"}) {
    if (absl::EqualsIgnoreCase(text, no)) return false;
  }
  return std::nullopt;
}

struct TypeName {
  absl::string_view name;
  v1::ProductType type;
};

constexpr TypeName kTypes[] = {
    {"product", v1::PRODUCT_TYPE_PRODUCT},
    {"منتج", v1::PRODUCT_TYPE_PRODUCT},
    {"service", v1::PRODUCT_TYPE_SERVICE},
    {"خدمة", v1::PRODUCT_TYPE_SERVICE},
    {"expense", v1::PRODUCT_TYPE_EXPENSE},
    {"مصروف", v1::PRODUCT_TYPE_EXPENSE},
    {"rawmaterial", v1::PRODUCT_TYPE_RAW_MATERIAL},
    {"raw_material", v1::PRODUCT_TYPE_RAW_MATERIAL},
    {"recipe", v1::PRODUCT_TYPE_RECIPE},
};

absl::Status SetType(absl::string_view text, v1::Product& product) {
  const std::string wanted = NormalizedColumn(text);
  for (const TypeName& type : kTypes) {
    if (wanted != type.name) continue;
    product.set_type(type.type);
    return absl::OkStatus();
  }
  return InvalidArgumentError(absl::StrCat(
      "\"", text,
      "\" is none of Product, Service, Expense, RawMaterial, Recipe"));
}

// Sets the text or switch that is called `name` in `message`.
absl::Status SetByName(const std::string& name, absl::string_view text,
                       Message& message) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    message.GetReflection()->SetString(&message, field, std::string(text));
    return absl::OkStatus();
  }
  const std::optional<bool> value = ReadSwitch(text);
  if (!value.has_value()) {
    return InvalidArgumentError(
        absl::StrCat("\"", text, "\" is neither true nor false"));
  }
  message.GetReflection()->SetBool(&message, field, *value);
  return absl::OkStatus();
}

// Whether only Qoyod knows the field: then it stands in the `qoyod` part.
bool IsQoyodField(CatalogField field) {
  return v1::Product::descriptor()->FindFieldByName(
             std::string(FieldName(field))) == nullptr;
}

}  // namespace

absl::Status SetProductField(CatalogField field, absl::string_view text,
                             v1::Product& product) {
  if (field == CatalogField::kExternalId) {
    return InvalidArgumentError("external_id is no field of a product");
  }
  if (field == CatalogField::kType) return SetType(text, product);
  const std::string name(FieldName(field));
  if (!IsQoyodField(field)) return SetByName(name, text, product);
  v1::QoyodProduct qoyod = product.qoyod();
  if (absl::Status status = SetByName(name, text, qoyod); !status.ok())
    return status;
  *product.mutable_qoyod() = qoyod;
  return absl::OkStatus();
}

std::string ProductPath(CatalogField field) {
  return absl::StrCat(IsQoyodField(field) ? "qoyod." : "", FieldName(field));
}

absl::StatusOr<v1::CatalogLine> ToCatalogLine(const CatalogRecord& record) {
  v1::CatalogLine line;
  for (const auto& [field, text] : record.fields) {
    if (field == CatalogField::kExternalId) {
      line.set_external_id(text);
      continue;
    }
    if (absl::Status status =
            SetProductField(field, text, *line.mutable_product());
        !status.ok()) {
      return InvalidArgumentError(absl::StrCat(
          "row ", record.line, ", ", FieldName(field), ": ", status.message()));
    }
  }
  return line;
}

}  // namespace qantara::tools
