#include "tests/store/filled_message.h"

#include <vector>

#include "absl/strings/str_cat.h"

namespace qantara::store {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The first value that means something.
constexpr int kEnumValue = 1;

void SetScalar(Message* message, const FieldDescriptor* field) {
  const Reflection* set = message->GetReflection();
  const int number = field->number();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return set->SetInt32(message, field, number);
    case FieldDescriptor::CPPTYPE_INT64:
      return set->SetInt64(message, field, number);
    case FieldDescriptor::CPPTYPE_UINT32:
      return set->SetUInt32(message, field, number);
    case FieldDescriptor::CPPTYPE_UINT64:
      return set->SetUInt64(message, field, number);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return set->SetDouble(message, field, number);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return set->SetFloat(message, field, static_cast<float>(number));
    case FieldDescriptor::CPPTYPE_BOOL:
      return set->SetBool(message, field, true);
    case FieldDescriptor::CPPTYPE_ENUM:
      return set->SetEnumValue(message, field, kEnumValue);
    case FieldDescriptor::CPPTYPE_STRING:
      return set->SetString(message, field, absl::StrCat("t", number));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Fill(set->MutableMessage(message, field));
  }
}

void AddScalar(Message* message, const FieldDescriptor* field) {
  const Reflection* add = message->GetReflection();
  const int number = field->number();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return add->AddInt32(message, field, number);
    case FieldDescriptor::CPPTYPE_INT64:
      return add->AddInt64(message, field, number);
    case FieldDescriptor::CPPTYPE_UINT32:
      return add->AddUInt32(message, field, number);
    case FieldDescriptor::CPPTYPE_UINT64:
      return add->AddUInt64(message, field, number);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return add->AddDouble(message, field, number);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return add->AddFloat(message, field, static_cast<float>(number));
    case FieldDescriptor::CPPTYPE_BOOL:
      return add->AddBool(message, field, true);
    case FieldDescriptor::CPPTYPE_ENUM:
      return add->AddEnumValue(message, field, kEnumValue);
    case FieldDescriptor::CPPTYPE_STRING:
      return add->AddString(message, field, absl::StrCat("t", number));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Fill(add->AddMessage(message, field));
  }
}

}  // namespace

void Fill(Message* message) {
  const auto* descriptor = message->GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    if (field->is_repeated()) {
      AddScalar(message, field);
      continue;
    }
    const auto* choice = field->real_containing_oneof();
    if (choice != nullptr && choice->field(0) != field) continue;
    SetScalar(message, field);
  }
}

events::v1::EventRecord FilledRecord(const FieldDescriptor& kind) {
  events::v1::EventRecord record;
  Fill(&record);
  record.set_position(1);
  record.clear_event();
  events::v1::Event* event = record.mutable_event();
  Fill(event->GetReflection()->MutableMessage(event, &kind));
  return record;
}

std::string KindOf(const events::v1::Event& event) {
  const auto* kind = event.GetReflection()->GetOneofFieldDescriptor(
      event, events::v1::Event::descriptor()->oneof_decl(0));
  return kind == nullptr ? "" : kind->name();
}

bool HasUnknownFields(const Message& message) {
  const Reflection* get = message.GetReflection();
  if (!get->GetUnknownFields(message).empty()) return true;
  std::vector<const FieldDescriptor*> fields;
  get->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      if (HasUnknownFields(get->GetMessage(message, field))) return true;
      continue;
    }
    for (int i = 0; i < get->FieldSize(message, field); ++i) {
      if (HasUnknownFields(get->GetRepeatedMessage(message, field, i))) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace qantara::store
