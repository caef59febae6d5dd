#include "server/operations/event_filter.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"
#include "domain/streams.h"
#include "server/core/invalid.h"
#include "server/operations/event_fact.h"

namespace qantara::server {

absl::StatusOr<EventFilter> EventFilter::Read(
    const v1::TailEventsRequest& request, const Connections& connections) {
  EventFilter filter;
  if (!request.connection().empty()) {
    QANTARA_ASSIGN_OR_RETURN(
        const Connection* connection,
        connections.Find(request.connection(), "connection"));
    filter.connection_ = connection->id();
  }
  if (request.types_size() > kMaxTypes) {
    return Invalid("types", v1::ERROR_REASON_FIELD_TOO_LONG,
                   absl::StrCat("at most ", kMaxTypes));
  }
  for (int i = 0; i < request.types_size(); ++i) {
    const auto kind = KindCalled(request.types(i));
    if (kind == events::v1::Event::KIND_NOT_SET) {
      return Invalid(absl::StrCat("types[", i, "]"),
                     v1::ERROR_REASON_FIELD_INVALID,
                     "no event is called so; say such as CreateAnswered");
    }
    filter.kinds_.insert(kind);
  }
  if (request.stream_prefix().size() > kMaxPrefixBytes) {
    return Invalid("stream_prefix", v1::ERROR_REASON_FIELD_TOO_LONG,
                   absl::StrCat("at most ", kMaxPrefixBytes, " bytes"));
  }
  filter.stream_prefix_ = request.stream_prefix();
  return filter;
}

bool EventFilter::Passes(const events::v1::EventRecord& record) const {
  if (!connection_.empty() &&
      domain::ConnectionOfStream(record.stream()) != connection_) {
    return false;
  }
  if (!kinds_.empty() && kinds_.count(record.event().kind_case()) == 0) {
    return false;
  }
  return absl::StartsWith(record.stream(), stream_prefix_);
}

}  // namespace qantara::server
