#include "store/new_event.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "store/big_endian.h"

namespace qantara::store {
namespace {

void SetTime(absl::Time time, google::protobuf::Timestamp* out) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  out->set_seconds(seconds);
  out->set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

}  // namespace

domain::NewEvent NewEventFactory::Make(domain::PendingEvent pending,
                                       domain::Position position,
                                       absl::Time now) {
  auto record = std::make_shared<events::v1::EventRecord>();
  record->set_position(position);
  record->set_stream(std::move(pending.stream));
  std::string id;
  AppendNumber(absl::Uniform<uint64_t>(random_), &id);
  AppendNumber(absl::Uniform<uint64_t>(random_), &id);
  record->set_event_id(std::move(id));
  SetTime(now, record->mutable_time());
  record->set_causation(std::move(pending.causation));
  *record->mutable_event() = std::move(pending.event);
  return {std::move(record), pending.expected};
}

}  // namespace qantara::store
