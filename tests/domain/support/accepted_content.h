// What an accepted line asked for, read from the log.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_ACCEPTED_CONTENT_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_ACCEPTED_CONTENT_H_

#include <cstdint>

#include "absl/types/span.h"
#include "domain/line.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// The line's payload, digest and keys. `log` holds every position from 1.
inline ParsedLine AcceptedContent(absl::Span<const events::v1::EventRecord> log,
                                  const tables::v1::ItemRow& item,
                                  uint32_t line) {
  const events::v1::Event& event = log[item.accepted_position() - 1].event();
  const events::v1::AcceptedLine& accepted =
      event.has_parked_retried()
          ? event.parked_retried().line()
          : event.import_lines_accepted().lines(
                static_cast<int>(line - item.accepted_first_line()));
  ParsedLine parsed;
  parsed.payload = accepted.payload();
  parsed.digest = accepted.digest();
  parsed.sku = accepted.sku();
  parsed.external_id = accepted.external_id();
  return parsed;
}

// The product that the line asks for.
inline v1::Product AcceptedProduct(
    absl::Span<const events::v1::EventRecord> log,
    const tables::v1::ItemRow& item, uint32_t line) {
  return LineOf(AcceptedContent(log, item, line).payload).product();
}

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_ACCEPTED_CONTENT_H_
