#include "domain/product_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/decimal.h"
#include "domain/error.h"
#include "domain/text_checks.h"

namespace qantara::domain {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kMaskField[] = "update_mask";
constexpr size_t kMaxMaskProblems = 100;

// Texts that are numbers.
constexpr absl::string_view kDecimalPaths[] = {
    "selling_price", "buying_price", "qwoty.unit_per_pack", "qwoty.weight",
    "qwoty.height",  "qwoty.length", "qwoty.width",
};

struct Field {
  std::string path;
  const FieldDescriptor* group;  // Submessage of the product, or none.
  const FieldDescriptor* field;  // In the product or the submessage.
  bool decimal;
};

void AddFields(const Descriptor* type, const FieldDescriptor* group,
               std::vector<Field>* table) {
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (group == nullptr && field->message_type() != nullptr) {
      AddFields(field->message_type(), field, table);
      continue;
    }
    std::string path = group == nullptr
                           ? field->name()
                           : absl::StrCat(group->name(), ".", field->name());
    const bool decimal =
        std::find(std::begin(kDecimalPaths), std::end(kDecimalPaths), path) !=
        std::end(kDecimalPaths);
    table->push_back({std::move(path), group, field, decimal});
  }
}

const std::vector<Field>& AllFields() {
  static const auto* const fields = [] {
    auto* table = new std::vector<Field>;
    AddFields(v1::Product::descriptor(), nullptr, table);
    return table;
  }();
  return *fields;
}

const Field* FindField(absl::string_view path) {
  for (const Field& field : AllFields()) {
    if (field.path == path) return &field;
  }
  return nullptr;
}

// The message that holds the field; none where the submessage is absent.
const Message* OwnerOf(const v1::Product& product, const Field& field) {
  if (field.group == nullptr) return &product;
  const auto& reflection = *product.GetReflection();
  if (!reflection.HasField(product, field.group)) return nullptr;
  return &reflection.GetMessage(product, field.group);
}

bool IsPresentIn(const Message& owner, const FieldDescriptor* field) {
  const auto& reflection = *owner.GetReflection();
  return field->is_repeated() ? reflection.FieldSize(owner, field) > 0
                              : reflection.HasField(owner, field);
}

bool IsPresent(const v1::Product& product, const Field& field) {
  const Message* owner = OwnerOf(product, field);
  return owner != nullptr && IsPresentIn(*owner, field.field);
}

void Clear(const Field& field, v1::Product* product) {
  if (OwnerOf(*product, field) == nullptr) return;
  const auto& reflection = *product->GetReflection();
  Message* owner = field.group == nullptr
                       ? product
                       : reflection.MutableMessage(product, field.group);
  owner->GetReflection()->ClearField(owner, field.field);
}

// Removes submessages in which nothing is set, and what this version of the
// schema does not know.
void Tidy(v1::Product* product) {
  product->DiscardUnknownFields();
  if (product->has_qoyod() && product->qoyod().ByteSizeLong() == 0) {
    product->clear_qoyod();
  }
  if (product->has_qwoty() && product->qwoty().ByteSizeLong() == 0) {
    product->clear_qwoty();
  }
}

bool SameReorderPoint(const Message& left, const Message& right) {
  const auto& a = static_cast<const v1::ReorderPoint&>(left);
  const auto& b = static_cast<const v1::ReorderPoint&>(right);
  return a.location_id() == b.location_id() &&
         SameDecimal(a.quantity(), b.quantity());
}

bool SameList(const Message& left, const Message& right,
              const FieldDescriptor* field) {
  const auto& reflection = *left.GetReflection();
  const int size = reflection.FieldSize(left, field);
  if (size != reflection.FieldSize(right, field)) return false;
  const bool texts = field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  for (int i = 0; i < size; ++i) {
    const bool same =
        texts
            ? reflection.GetRepeatedString(left, field, i) ==
                  reflection.GetRepeatedString(right, field, i)
            : SameReorderPoint(reflection.GetRepeatedMessage(left, field, i),
                               reflection.GetRepeatedMessage(right, field, i));
    if (!same) return false;
  }
  return true;
}

// Whether both hold the same value; the field is present in both.
bool SameValue(const Message& left, const Message& right, const Field& field) {
  const auto& reflection = *left.GetReflection();
  if (field.field->is_repeated()) return SameList(left, right, field.field);
  switch (field.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(left, field.field) ==
             reflection.GetBool(right, field.field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.GetEnumValue(left, field.field) ==
             reflection.GetEnumValue(right, field.field);
    default:
      break;
  }
  std::string scratch[2];
  const std::string& a =
      reflection.GetStringReference(left, field.field, &scratch[0]);
  const std::string& b =
      reflection.GetStringReference(right, field.field, &scratch[1]);
  return field.decimal ? SameDecimal(a, b) : a == b;
}

v1::ItemProblem MaskProblem(v1::ErrorReason reason, std::string message) {
  v1::ItemProblem problem;
  problem.set_field(kMaskField);
  problem.set_reason(reason);
  problem.set_message(std::move(message));
  return problem;
}

std::vector<v1::ItemProblem> MaskProblems(const v1::Product& product,
                                          absl::Span<const std::string> paths) {
  std::vector<v1::ItemProblem> problems;
  if (paths.empty()) {
    problems.push_back(MaskProblem(v1::ERROR_REASON_MASK_INVALID,
                                   "is empty; name the fields to update"));
  }
  for (const std::string& path : paths) {
    if (problems.size() >= kMaxMaskProblems) break;
    const Field* field = FindField(path);
    if (field == nullptr) {
      problems.push_back(
          MaskProblem(v1::ERROR_REASON_MASK_INVALID,
                      absl::StrCat(Quoted(path), " is no field of a product")));
    } else if (field->field->number() == v1::Product::kTypeFieldNumber &&
               field->group == nullptr) {
      problems.push_back(
          MaskProblem(v1::ERROR_REASON_FIELD_IMMUTABLE,
                      "type is set once, when the product is created"));
    } else if (!IsPresent(product, *field)) {
      problems.push_back(
          MaskProblem(v1::ERROR_REASON_MASK_INVALID,
                      absl::StrCat(path, " has no value in the product")));
    }
  }
  return problems;
}

}  // namespace

std::vector<std::string> PresentFields(const v1::Product& product) {
  std::vector<std::string> paths;
  for (const Field& field : AllFields()) {
    if (IsPresent(product, field)) paths.push_back(field.path);
  }
  return paths;
}

absl::StatusOr<v1::Product> SelectFields(const v1::Product& product,
                                         absl::Span<const std::string> paths) {
  std::vector<v1::ItemProblem> problems = MaskProblems(product, paths);
  if (!problems.empty()) return MakeInvalid(std::move(problems));
  v1::Product selected = product;
  for (const Field& field : AllFields()) {
    const bool wanted =
        std::find(paths.begin(), paths.end(), field.path) != paths.end();
    if (!wanted) Clear(field, &selected);
  }
  Tidy(&selected);
  return selected;
}

void MergeFields(const v1::Product& changes, v1::Product* product) {
  // MergeFrom appends to lists.
  for (const Field& field : AllFields()) {
    if (field.field->is_repeated() && IsPresent(changes, field)) {
      Clear(field, product);
    }
  }
  product->MergeFrom(changes);
  Tidy(product);
}

bool IsField(absl::string_view path) { return FindField(path) != nullptr; }

void ClearField(absl::string_view path, v1::Product* product) {
  const Field* field = FindField(path);
  if (field == nullptr) return;
  Clear(*field, product);
  Tidy(product);
}

void ClearFixedFields(v1::Product* product) {
  product->clear_type();
  if (!product->has_qwoty()) return;
  product->mutable_qwoty()->clear_api_name();
  product->mutable_qwoty()->clear_recurrence_type();
  product->mutable_qwoty()->clear_catalog_ids();
  if (product->qwoty().ByteSizeLong() == 0) product->clear_qwoty();
}

v1::Product DifferingFields(const v1::Product& wanted,
                            const v1::Product& base) {
  // Most products that are compared are equal: those are not copied.
  std::vector<const Field*> equal;
  bool differ = false;
  for (const Field& field : AllFields()) {
    const Message* asked = OwnerOf(wanted, field);
    if (asked == nullptr || !IsPresentIn(*asked, field.field)) continue;
    const Message* held = OwnerOf(base, field);
    if (held != nullptr && IsPresentIn(*held, field.field) &&
        SameValue(*asked, *held, field)) {
      equal.push_back(&field);
    } else {
      differ = true;
    }
  }
  if (!differ) return {};
  v1::Product differing = wanted;
  for (const Field* field : equal) Clear(*field, &differing);
  Tidy(&differing);
  return differing;
}

}  // namespace qantara::domain
