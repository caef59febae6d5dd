#include "domain/remote_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <utility>

#include "domain/decimal.h"

namespace qantara::domain {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::pair<v1::ProductType, absl::string_view> kTypeWords[] = {
    {v1::PRODUCT_TYPE_PRODUCT, "Product"},
    {v1::PRODUCT_TYPE_SERVICE, "Service"},
    {v1::PRODUCT_TYPE_EXPENSE, "Expense"},
    {v1::PRODUCT_TYPE_RAW_MATERIAL, "RawMaterial"},
    {v1::PRODUCT_TYPE_RECIPE, "Recipe"},
};

// One field that a record can tell.
struct SharedField {
  std::string path;
  const FieldDescriptor* group;   // Submessage of the product, or none.
  const FieldDescriptor* field;   // In the product or the submessage.
  const FieldDescriptor* remote;  // In the record.
  bool decimal;
};

const FieldDescriptor* FieldOf(const Descriptor* type, const char* name) {
  return type->FindFieldByName(name);
}

const std::vector<SharedField>& SharedFields() {
  static const auto* const fields = [] {
    const Descriptor* product = v1::Product::descriptor();
    const Descriptor* remote = v1::RemoteProduct::descriptor();
    auto* table = new std::vector<SharedField>;
    for (const char* name :
         {"sku", "name_en", "name_ar", "type", "selling_price", "buying_price",
          "track_quantity", "category_id", "tax_id", "description",
          "barcode"}) {
      const FieldDescriptor* field = FieldOf(product, name);
      const bool decimal =
          field->number() == v1::Product::kSellingPriceFieldNumber ||
          field->number() == v1::Product::kBuyingPriceFieldNumber;
      table->push_back({name, nullptr, field, FieldOf(remote, name), decimal});
    }
    const FieldDescriptor* qoyod = FieldOf(product, "qoyod");
    for (const char* name :
         {"unit_type_id", "sales_account_id", "cogs_account_id"}) {
      table->push_back({std::string("qoyod.") + name, qoyod,
                        FieldOf(qoyod->message_type(), name),
                        FieldOf(remote, name), false});
    }
    return table;
  }();
  return *fields;
}

// The message that holds the field; none where the submessage is absent.
const Message* OwnerOf(const v1::Product& product, const SharedField& shared) {
  if (shared.group == nullptr) return &product;
  const auto& reflection = *product.GetReflection();
  if (!reflection.HasField(product, shared.group)) return nullptr;
  return &reflection.GetMessage(product, shared.group);
}

bool Has(const Message& message, const FieldDescriptor* field) {
  return message.GetReflection()->HasField(message, field);
}

// The field's value as a record writes it.
std::string TextOf(const Message& message, const FieldDescriptor* field) {
  const auto& reflection = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, field) ? "true" : "false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return std::string(TypeWord(static_cast<v1::ProductType>(
          reflection.GetEnumValue(message, field))));
    default:
      return reflection.GetString(message, field);
  }
}

bool SameText(const SharedField& shared, const std::string& sent,
              const std::string& held) {
  return shared.decimal ? SameDecimal(sent, held) : sent == held;
}

v1::FieldDifference MakeDifference(const std::string& path, std::string sent,
                                   std::string held) {
  v1::FieldDifference difference;
  difference.set_field(path);
  difference.set_sent(std::move(sent));
  difference.set_held(std::move(held));
  return difference;
}

bool IsAboveZero(const std::string& price) {
  return !price.empty() && CompareDecimals(price, "0") > 0;
}

}  // namespace

absl::string_view TypeWord(v1::ProductType type) {
  for (const auto& [known, word] : kTypeWords) {
    if (known == type) return word;
  }
  return {};
}

v1::ProductType TypeOfWord(absl::string_view word) {
  for (const auto& [type, known] : kTypeWords) {
    if (known == word) return type;
  }
  return v1::PRODUCT_TYPE_UNSPECIFIED;
}

std::vector<v1::FieldDifference> CompareWithRemote(
    const v1::Product& sent, const v1::RemoteProduct& held) {
  std::vector<v1::FieldDifference> differences;
  for (const SharedField& shared : SharedFields()) {
    const Message* owner = OwnerOf(sent, shared);
    if (owner == nullptr || !Has(*owner, shared.field) ||
        !Has(held, shared.remote)) {
      continue;
    }
    std::string wanted = TextOf(*owner, shared.field);
    std::string told = TextOf(held, shared.remote);
    if (SameText(shared, wanted, told)) continue;
    differences.push_back(
        MakeDifference(shared.path, std::move(wanted), std::move(told)));
  }
  return differences;
}

std::vector<v1::FieldDifference> CompareDerived(const v1::Product& sent,
                                                const v1::RemoteProduct& held) {
  const v1::QoyodProduct& qoyod = sent.qoyod();
  const bool sells = IsAboveZero(sent.selling_price()) &&
                     (!qoyod.has_sale_item() || qoyod.sale_item());
  const bool buys = IsAboveZero(sent.buying_price()) &&
                    (!qoyod.has_purchase_item() || qoyod.purchase_item());
  std::vector<v1::FieldDifference> differences;
  if (sells && held.has_is_sold() && !held.is_sold()) {
    differences.push_back(MakeDifference("is_sold", "true", "false"));
  }
  if (buys && held.has_is_bought() && !held.is_bought()) {
    differences.push_back(MakeDifference("is_bought", "true", "false"));
  }
  return differences;
}

bool HoldsAll(const v1::Product& sent, const v1::RemoteProduct& held) {
  bool compared = false;
  for (const SharedField& shared : SharedFields()) {
    const Message* owner = OwnerOf(sent, shared);
    if (owner == nullptr || !Has(*owner, shared.field)) continue;
    if (!Has(held, shared.remote) ||
        !SameText(shared, TextOf(*owner, shared.field),
                  TextOf(held, shared.remote))) {
      return false;
    }
    compared = true;
  }
  return compared;
}

std::string FieldText(absl::string_view path, const v1::Product& product) {
  for (const SharedField& shared : SharedFields()) {
    if (shared.path != path) continue;
    const Message* owner = OwnerOf(product, shared);
    return owner == nullptr ? std::string() : TextOf(*owner, shared.field);
  }
  return {};
}

v1::Product ProductOfRemote(const v1::RemoteProduct& held) {
  v1::Product product;
  for (const SharedField& shared : SharedFields()) {
    if (!Has(held, shared.remote)) continue;
    Message* owner = &product;
    if (shared.group != nullptr) {
      owner = product.GetReflection()->MutableMessage(&product, shared.group);
    }
    const auto& reflection = *owner->GetReflection();
    const std::string told = TextOf(held, shared.remote);
    switch (shared.field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        reflection.SetBool(owner, shared.field, told == "true");
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        reflection.SetEnumValue(owner, shared.field, TypeOfWord(told));
        break;
      default:
        reflection.SetString(owner, shared.field, told);
        break;
    }
  }
  return product;
}

}  // namespace qantara::domain
