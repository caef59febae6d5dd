#include "server/operations/event_fact.h"

#include <google/protobuf/descriptor.h>

namespace qantara::server {
namespace {

const google::protobuf::OneofDescriptor& Kinds() {
  return *events::v1::Event::descriptor()->oneof_decl(0);
}

}  // namespace

const google::protobuf::Message* FactOf(const events::v1::Event& event) {
  const google::protobuf::Reflection& reflection = *event.GetReflection();
  const google::protobuf::FieldDescriptor* const kind =
      reflection.GetOneofFieldDescriptor(event, &Kinds());
  return kind == nullptr ? nullptr : &reflection.GetMessage(event, kind);
}

events::v1::Event::KindCase KindCalled(absl::string_view name) {
  for (int i = 0; i < Kinds().field_count(); ++i) {
    const google::protobuf::FieldDescriptor& field = *Kinds().field(i);
    if (field.message_type()->name() == name) {
      return static_cast<events::v1::Event::KindCase>(field.number());
    }
  }
  return events::v1::Event::KIND_NOT_SET;
}

}  // namespace qantara::server
