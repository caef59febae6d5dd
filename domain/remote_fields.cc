#include "domain/remote_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <utility>

#include "domain/decimal.h"
#include "domain/text_checks.h"

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
  const FieldDescriptor* group;         // Submessage of the product, or none.
  const FieldDescriptor* field;         // In the product or the submessage.
  const FieldDescriptor* remote_group;  // Submessage of the record, or none.
  const FieldDescriptor* remote;        // In the record or the submessage.
  bool decimal;
};

const FieldDescriptor* FieldOf(const Descriptor* type, const char* name) {
  return type->FindFieldByName(name);
}

// Qwoty tells its own fields in the form of requests. Not its lists, which may
// hold more than was sent.
void AddQwotyFields(std::vector<SharedField>* table) {
  const FieldDescriptor* sent = FieldOf(v1::Product::descriptor(), "qwoty");
  const FieldDescriptor* told =
      FieldOf(v1::RemoteProduct::descriptor(), "qwoty");
  const Descriptor* type = sent->message_type();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->is_repeated()) continue;
    const int number = field->number();
    const bool decimal = number == v1::QwotyProduct::kUnitPerPackFieldNumber ||
                         number == v1::QwotyProduct::kWeightFieldNumber ||
                         number == v1::QwotyProduct::kHeightFieldNumber ||
                         number == v1::QwotyProduct::kLengthFieldNumber ||
                         number == v1::QwotyProduct::kWidthFieldNumber;
    table->push_back(
        {"qwoty." + field->name(), sent, field, told, field, decimal});
  }
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
      table->push_back(
          {name, nullptr, field, nullptr, FieldOf(remote, name), decimal});
    }
    const FieldDescriptor* qoyod = FieldOf(product, "qoyod");
    for (const char* name :
         {"unit_type_id", "sales_account_id", "cogs_account_id"}) {
      table->push_back({std::string("qoyod.") + name, qoyod,
                        FieldOf(qoyod->message_type(), name), nullptr,
                        FieldOf(remote, name), false});
    }
    AddQwotyFields(table);
    return table;
  }();
  return *fields;
}

// The message that holds what stands in `group`; none where that is absent.
const Message* GroupOf(const Message& message, const FieldDescriptor* group) {
  if (group == nullptr) return &message;
  const auto& reflection = *message.GetReflection();
  if (!reflection.HasField(message, group)) return nullptr;
  return &reflection.GetMessage(message, group);
}

bool Has(const Message& message, const FieldDescriptor* field) {
  return message.GetReflection()->HasField(message, field);
}

// The message of `sent` that holds the field; none where it is absent.
const Message* SenderOf(const v1::Product& sent, const SharedField& shared) {
  const Message* owner = GroupOf(sent, shared.group);
  return owner != nullptr && Has(*owner, shared.field) ? owner : nullptr;
}

// The message of `held` that tells the field; none where it is not told.
const Message* TellerOf(const v1::RemoteProduct& held,
                        const SharedField& shared) {
  const Message* owner = GroupOf(held, shared.remote_group);
  return owner != nullptr && Has(*owner, shared.remote) ? owner : nullptr;
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

// What a record can tell of `sent`: one of Qwoty tells the one name that it has
// as the English one, which the Arabic one stands in for. Uses `room`.
const v1::Product& AsTold(const v1::Product& sent,
                          const v1::RemoteProduct& held, v1::Product* room) {
  if (!held.has_qwoty() || !sent.has_name_en() || !IsBlank(sent.name_en()) ||
      IsBlank(sent.name_ar())) {
    return sent;
  }
  *room = sent;
  room->set_name_en(sent.name_ar());
  room->clear_name_ar();
  return *room;
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
    const v1::Product& product, const v1::RemoteProduct& held) {
  v1::Product room;
  const v1::Product& sent = AsTold(product, held, &room);
  std::vector<v1::FieldDifference> differences;
  for (const SharedField& shared : SharedFields()) {
    const Message* owner = SenderOf(sent, shared);
    const Message* teller = TellerOf(held, shared);
    if (owner == nullptr || teller == nullptr) continue;
    std::string wanted = TextOf(*owner, shared.field);
    std::string told = TextOf(*teller, shared.remote);
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

bool HoldsAll(const v1::Product& product, const v1::RemoteProduct& held) {
  v1::Product room;
  const v1::Product& sent = AsTold(product, held, &room);
  bool compared = false;
  for (const SharedField& shared : SharedFields()) {
    const Message* owner = SenderOf(sent, shared);
    if (owner == nullptr) continue;
    const Message* teller = TellerOf(held, shared);
    if (teller == nullptr || !SameText(shared, TextOf(*owner, shared.field),
                                       TextOf(*teller, shared.remote))) {
      return false;
    }
    compared = true;
  }
  return compared;
}

std::string FieldText(absl::string_view path, const v1::Product& product) {
  for (const SharedField& shared : SharedFields()) {
    if (shared.path != path) continue;
    const Message* owner = GroupOf(product, shared.group);
    return owner == nullptr ? std::string() : TextOf(*owner, shared.field);
  }
  return {};
}

v1::Product ProductOfRemote(const v1::RemoteProduct& held) {
  v1::Product product;
  for (const SharedField& shared : SharedFields()) {
    const Message* teller = TellerOf(held, shared);
    if (teller == nullptr) continue;
    Message* owner = &product;
    if (shared.group != nullptr) {
      owner = product.GetReflection()->MutableMessage(&product, shared.group);
    }
    const auto& reflection = *owner->GetReflection();
    const std::string told = TextOf(*teller, shared.remote);
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
