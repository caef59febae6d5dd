// Events for tests of the store, which does not care what they say.
#ifndef QANTARA_TESTS_STORE_SAMPLE_EVENTS_H_
#define QANTARA_TESTS_STORE_SAMPLE_EVENTS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "domain/decision.h"
#include "domain/ports/event_log.h"
#include "store/big_endian.h"

namespace qantara::store {

// A fact that carries `text`.
inline events::v1::Event SampleFact(absl::string_view text) {
  events::v1::Event event;
  event.mutable_import_opened()->set_source_name(std::string(text));
  return event;
}

// A fact that may be cut and carries `text`.
inline events::v1::Event SampleStock(absl::string_view text) {
  events::v1::Event event;
  event.mutable_stock_observed()->set_connection(std::string(text));
  return event;
}

// The text of such a fact.
inline const std::string& TextOf(const events::v1::EventRecord& record) {
  return record.event().import_opened().source_name();
}

// An event to append at `position`; equal arguments give equal bytes.
inline domain::NewEvent SampleEvent(
    domain::Position position, absl::string_view stream, absl::string_view text,
    domain::ExpectedRevision expected = domain::ExpectedRevision::Any()) {
  auto record = std::make_shared<events::v1::EventRecord>();
  record->set_position(position);
  record->set_stream(std::string(stream));
  record->set_event_id(NumberBytes(0) + NumberBytes(position));
  record->mutable_time()->set_seconds(1700000000);
  record->set_causation("test");
  *record->mutable_event() = SampleFact(text);
  return {std::move(record), expected};
}

// Appends one commit of events with these texts to stream `s`.
inline absl::Status AppendTexts(domain::EventLog& log,
                                const std::vector<std::string>& texts) {
  std::vector<domain::NewEvent> events;
  for (const std::string& text : texts) {
    events.push_back(SampleEvent(log.head() + events.size() + 1, "s", text));
  }
  return log.Append(absl::MakeSpan(events));
}

// The texts of all events above `after`.
inline std::vector<std::string> TextsAfter(const domain::EventLog& log,
                                           domain::Position after = 0) {
  std::vector<std::string> texts;
  while (true) {
    const auto events = log.Read(after, domain::ReadLimit());
    if (!events.ok()) return {std::string(events.status().message())};
    if (events->empty()) return texts;
    for (const auto& event : *events) texts.push_back(TextOf(*event));
    after = events->back()->position();
  }
}

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_SAMPLE_EVENTS_H_
