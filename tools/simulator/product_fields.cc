#include "tools/simulator/product_fields.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tools/simulator/decimal_text.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

// Names under which one field may be sent, the strongest first.
struct Aliases {
  const char* names[3];
};
constexpr Aliases kNameEn = {{"en_name", "name_en", nullptr}};
constexpr Aliases kNameAr = {{"name", "name_ar", "ar_name"}};

// Fields that are stored as they come, and the name they are answered under.
struct ExtraField {
  const char* request_name;
  const char* response_name;
  const char* resource;  // Where its id must exist; null: no id.
};
constexpr ExtraField kExtraFields[] = {
    {"description", "description", nullptr},
    {"barcode", "barcode", nullptr},
    {"product_unit_type_id", "unit_type", "product_unit_types"},
    {"sales_account_id", "sales_account_id", "accounts"},
    {"cogs_account_id", "expense_account_id", "accounts"},
    {"expense_account_id", "expense_account_id", "accounts"},
    {"purchase_account_id", "purchase_account_id", "accounts"},
    {"special_tax_reason_id", "special_tax_reason_id", "special_tax_reasons"},
    {"pos_product", "pos_product", nullptr},
    {"is_buying_price_inclusive", "is_buying_price_inclusive", nullptr},
    {"is_selling_price_inclusive", "is_selling_price_inclusive", nullptr},
    {"terms_and_conditions", "terms_and_conditions", nullptr},
    {"product_attribute_set_id", "product_attribute_set_id", nullptr},
    {"ingredients", "ingredients", nullptr},
    {"unit_conversions", "unit_conversions", nullptr},
};

constexpr const char* kTypes[] = {"Product", "Service", "Expense",
                                  "RawMaterial", "Recipe"};

std::optional<bool> AsFlag(const Json& value) {
  if (value.is_bool()) return value.boolean();
  if (value.text() == "1" || value.text() == "true") return true;
  if (value.text() == "0" || value.text() == "false") return false;
  return std::nullopt;
}

// One request being applied.
class FieldWriter {
 public:
  FieldWriter(const Json& request, const WriteRules& rules, Product* product,
              FieldErrors* errors, std::vector<std::string>* notes)
      : request_(request),
        rules_(rules),
        product_(*product),
        errors_(*errors),
        notes_(*notes) {}

  void Run() {
    Name(kNameEn, &product_.name_en);
    Name(kNameAr, &product_.name_ar);
    RequireAName();
    if (rules_.creating) Type();
    if (const Json* sku = Sent("sku")) product_.sku = Text(*sku);
    Price("selling_price", &product_.selling_price, &product_.is_sold);
    Price("buying_price", &product_.buying_price, &product_.is_bought);
    Flag("track_quantity", &product_.track_quantity);
    Flag("sale_item", &product_.is_sold);
    Flag("purchase_item", &product_.is_bought);
    Reference("category_id", "categories", &product_.category_id);
    Reference("tax_id", "taxes", &product_.tax_id);
    for (const ExtraField& field : kExtraFields) Extra(field);
    Required();
    TaxReason();
    if (rules_.refuse_is_sold &&
        (request_.Find("is_sold") || request_.Find("is_bought"))) {
      Refuse("base", Message::kEnterPrice);
    }
  }

 private:
  void Refuse(absl::string_view field, Message message) {
    errors_.Add(field, MessageText(message, rules_.arabic));
  }

  // The member `name`, unless it is to be ignored.
  const Json* Sent(const char* name) const {
    if (rules_.ignored.count(name) > 0) return nullptr;
    return request_.Find(name);
  }

  static std::optional<std::string> Text(const Json& value) {
    if (value.is_null()) return std::nullopt;
    if (value.is_string() || value.is_number()) return value.text();
    return value.ToText();
  }

  void Name(const Aliases& aliases, std::optional<std::string>* name) {
    const Json* chosen = nullptr;
    const char* field = nullptr;
    for (const char* alias : aliases.names) {
      if (alias == nullptr) continue;
      if (rules_.ignored.count(alias) > 0) return;
      const Json* value = request_.Find(alias);
      if (value == nullptr) continue;
      if (chosen == nullptr) {
        chosen = value;
        field = alias;
      } else if (value->ToText() != chosen->ToText()) {
        notes_.push_back(absl::StrCat("aliases differ: ", field, " was taken, ",
                                      alias, " was not"));
      }
    }
    if (chosen == nullptr) return;
    named_ = true;
    *name = Text(*chosen);
    const size_t characters = name->has_value() ? CountCharacters(**name) : 0;
    if (characters > kNameCharactersMax) Refuse(field, Message::kTooLong);
    if (characters > 0 && characters < rules_.name_characters_min) {
      Refuse(field, Message::kTooShort);
    }
  }

  void RequireAName() {
    const auto blank = [](const std::optional<std::string>& name) {
      return !name || absl::StripAsciiWhitespace(*name).empty();
    };
    // A row that came without a name may still be changed elsewhere.
    if (!rules_.creating && !named_) return;
    if (blank(product_.name_en) && blank(product_.name_ar)) {
      Refuse("en_name", Message::kCantBeBlank);
    }
    if (!rules_.creating) return;
    if (rules_.required.count("en_name") > 0 && blank(product_.name_en)) {
      Refuse("en_name", Message::kCantBeBlank);
    }
    if (rules_.required.count("name") > 0 && blank(product_.name_ar)) {
      Refuse("name", Message::kEnterProductName);
    }
  }

  void Type() {
    const Json* type = request_.Find("type");
    if (type == nullptr || type->is_null()) return;
    if (std::find(std::begin(kTypes), std::end(kTypes), type->text()) ==
        std::end(kTypes)) {
      Refuse("type", Message::kNotInList);
      return;
    }
    product_.type = type->text();
  }

  void Price(const char* field, std::optional<std::string>* price,
             bool* active) {
    const Json* value = Sent(field);
    if (value == nullptr) return;
    if (value->is_null()) {
      price->reset();
      return;
    }
    std::optional<DecimalValue> decimal;
    if (value->is_number() || value->is_string()) {
      decimal = ParseDecimal(value->text());
    }
    if (!decimal || (rules_.refuse_zero_price && decimal->unscaled == 0)) {
      Refuse(field, Message::kMustBeANumber);
      return;
    }
    *price = PriceText(*decimal);
    *active = true;
  }

  void Flag(const char* field, bool* flag) {
    const Json* value = Sent(field);
    if (value == nullptr || value->is_null()) return;
    if (const std::optional<bool> set = AsFlag(*value)) {
      *flag = *set;
    } else {
      Refuse(field, Message::kNotInList);
    }
  }

  bool Exists(const char* resource, int64_t id) const {
    if (rules_.reference == nullptr) return true;
    const auto table = rules_.reference->find(resource);
    return table != rules_.reference->end() &&
           table->second.Find(id) != nullptr;
  }

  void Reference(const char* field, const char* resource,
                 std::optional<int64_t>* reference) {
    const Json* value = Sent(field);
    if (value == nullptr) return;
    if (value->is_null()) {
      reference->reset();
      return;
    }
    if (value->is_array() && std::string(field) == "tax_id") {
      Refuse(field, Message::kSelectTaxes);
      return;
    }
    const std::optional<int64_t> id = value->AsInteger();
    if (!id || !Exists(resource, *id)) {
      Refuse(field, Message::kDoesNotExist);
      return;
    }
    *reference = *id;
  }

  void Extra(const ExtraField& field) {
    const Json* value = Sent(field.request_name);
    if (value == nullptr) return;
    if (field.resource != nullptr && rules_.check_all_references &&
        !value->is_null()) {
      const std::optional<int64_t> id = value->AsInteger();
      if (!id || !Exists(field.resource, *id)) {
        Refuse(field.request_name, Message::kDoesNotExist);
      }
    }
    for (auto& [name, stored] : product_.extra) {
      if (name == field.response_name) {
        stored = *value;
        return;
      }
    }
    product_.extra.emplace_back(field.response_name, *value);
  }

  bool Blank(const char* field) const {
    const Json* value = request_.Find(field);
    return value == nullptr || value->is_null() ||
           (value->is_string() && value->text().empty());
  }

  void Required() {
    if (!rules_.creating) return;
    for (const std::string& field : rules_.required) {
      if (field == "name" || field == "en_name") continue;
      if (field == "base_price") {
        if (Blank("selling_price") && Blank("buying_price")) {
          Refuse("base", Message::kEnterPrice);
        }
      } else if (Blank(field.c_str())) {
        const bool price = absl::string_view(field) == "selling_price" ||
                           absl::string_view(field) == "buying_price";
        Refuse(field, field == "tax_id" ? Message::kSelectTaxes
                      : price           ? Message::kMustBeANumber
                                        : Message::kCantBeBlankCapital);
      }
    }
  }

  void TaxReason() {
    if (!rules_.needs_tax_reason || rules_.reference == nullptr ||
        !product_.tax_id || request_.Find("tax_id") == nullptr) {
      return;
    }
    const Json* tax = rules_.reference->at("taxes").Find(*product_.tax_id);
    if (tax == nullptr) return;
    const std::string code = tax->TextAt("code");
    if (code != "Z" && code != "E") return;
    const Json* sent = request_.Find("special_tax_reason_id");
    const Json* reason = sent == nullptr
                             ? nullptr
                             : rules_.reference->at("special_tax_reasons")
                                   .Find(sent->AsInteger().value_or(0));
    if (reason == nullptr || reason->TextAt("category") != code) {
      Refuse("special_tax_reason_id", Message::kNeedsReason);
    }
  }

  const Json& request_;
  const WriteRules& rules_;
  Product& product_;
  FieldErrors& errors_;
  std::vector<std::string>& notes_;
  bool named_ = false;  // The request carries a name.
};

}  // namespace

void ApplyFields(const Json& request, const WriteRules& rules, Product* product,
                 FieldErrors* errors, std::vector<std::string>* notes) {
  FieldWriter(request, rules, product, errors, notes).Run();
}

}  // namespace qantara::simulator
