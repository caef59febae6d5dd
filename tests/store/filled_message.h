// Messages with every field set, for seeing what a field's bytes are.
#ifndef QANTARA_TESTS_STORE_FILLED_MESSAGE_H_
#define QANTARA_TESTS_STORE_FILLED_MESSAGE_H_

#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::store {

// Sets every field of `message` to a value that follows from its number; of a
// oneof the first. Lists get one element.
void Fill(google::protobuf::Message* message);

// A record at position 1 whose event is of that kind, filled.
events::v1::EventRecord FilledRecord(
    const google::protobuf::FieldDescriptor& kind);

// Name of the event's kind.
std::string KindOf(const events::v1::Event& event);

// Whether the message or one in it has a field that this program lacks.
bool HasUnknownFields(const google::protobuf::Message& message);

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_FILLED_MESSAGE_H_
