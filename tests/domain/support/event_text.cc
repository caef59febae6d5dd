#include "tests/domain/support/event_text.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsLeftOut(const FieldDescriptor& field) {
  constexpr absl::string_view kNames[] = {
      "qantara.events.v1.AcceptedLine.payload",
      "qantara.events.v1.AcceptedLine.digest",
      "qantara.events.v1.ImportOpened.request_digest",
      "qantara.events.v1.ParkedDiscarded.request_digest",
      "qantara.events.v1.ParkedRetried.request_digest",
      "qantara.events.v1.ProductUpdateRecorded.request_digest",
      "qantara.v1.ItemProblem.message",
  };
  return field.name() == "connection" ||
         std::find(std::begin(kNames), std::end(kNames), field.full_name()) !=
             std::end(kNames);
}

// Clears what is left out, at every depth.
void Trim(Message* message) {
  const auto& reflection = *message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (IsLeftOut(*field)) {
      reflection.ClearField(message, field);
    } else if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      continue;
    } else if (!field->is_repeated()) {
      Trim(reflection.MutableMessage(message, field));
    } else {
      for (int i = 0; i < reflection.FieldSize(*message, field); ++i) {
        Trim(reflection.MutableRepeatedMessage(message, field, i));
      }
    }
  }
}

}  // namespace

void ExpectEvents(const Events& events, const std::vector<std::string>& texts) {
  for (size_t i = 0; i < std::max(events.size(), texts.size()); ++i) {
    SCOPED_TRACE(i);
    if (i >= events.size()) {
      ADD_FAILURE() << "no event, but expected " << texts[i];
      continue;
    }
    events::v1::Event actual = events[i].event;
    Trim(&actual);
    if (i >= texts.size()) {
      ADD_FAILURE() << "not expected: " << actual.DebugString();
      continue;
    }
    const auto expected = FromText<events::v1::Event>(texts[i]);
    std::string difference;
    google::protobuf::util::MessageDifferencer differencer;
    differencer.ReportDifferencesToString(&difference);
    EXPECT_TRUE(differencer.Compare(expected, actual))
        << difference << "\nin " << actual.DebugString();
  }
}

}  // namespace qantara::domain
