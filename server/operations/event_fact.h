// The fact that an event holds, whatever its kind.
#ifndef QANTARA_SERVER_OPERATIONS_EVENT_FACT_H_
#define QANTARA_SERVER_OPERATIONS_EVENT_FACT_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/strings/string_view.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::server {

// The one message that is set; null where there is none. Lives as long as
// `event`.
const google::protobuf::Message* FactOf(const events::v1::Event& event);

// Number of the kind of events whose message is called `name`, such as
// `CreateAnswered`; KIND_NOT_SET: there is none.
events::v1::Event::KindCase KindCalled(absl::string_view name);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_OPERATIONS_EVENT_FACT_H_
