// Which events somebody wants to see.
#ifndef QANTARA_SERVER_OPERATIONS_EVENT_FILTER_H_
#define QANTARA_SERVER_OPERATIONS_EVENT_FILTER_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/v1/event_tail.pb.h"
#include "server/core/connections.h"

namespace qantara::server {

// Constant after Read.
class EventFilter {
 public:
  static constexpr int kMaxTypes = 64;
  static constexpr size_t kMaxPrefixBytes = 256;

  // Lets everything pass.
  EventFilter() = default;

  // Errors: kNotFound (CONNECTION_NOT_FOUND); kInvalidArgument (FIELD_INVALID,
  // FIELD_TOO_LONG) with the field.
  static absl::StatusOr<EventFilter> Read(const v1::TailEventsRequest& request,
                                          const Connections& connections);

  bool Passes(const events::v1::EventRecord& record) const;

 private:
  std::string connection_;
  std::set<events::v1::Event::KindCase> kinds_;
  std::string stream_prefix_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_OPERATIONS_EVENT_FILTER_H_
