// The content of an accepted line, read from the log.
#ifndef QANTARA_SERVER_CORE_LINE_CONTENT_H_
#define QANTARA_SERVER_CORE_LINE_CONTENT_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "domain/ports/event_log.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::server {

// Returns the bytes of line `line`, as accepted or as patched since.
//
// Errors: kDataLoss (LOG_DAMAGED) when they are not where the row says.
absl::StatusOr<std::string> ReadLineContent(const domain::EventLog& log,
                                            const tables::v1::ItemRow& row,
                                            uint32_t line);

// Returns the event at `position`.
//
// Errors: kDataLoss (LOG_DAMAGED) when there is none.
absl::StatusOr<domain::EventRecordPtr> ReadEvent(const domain::EventLog& log,
                                                 domain::Position position);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_LINE_CONTENT_H_
