// What is not settled on a connection, as far as the indexes tell.
#ifndef QANTARA_SERVER_CORE_OPEN_WORK_H_
#define QANTARA_SERVER_CORE_OPEN_WORK_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/ports/tables.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::server {

struct OpenWork {
  uint64_t parked_items = 0;
  uint64_t parked_updates = 0;
  // Updates that wait for their turn or are under way.
  uint64_t open_updates = 0;
  // Requests whose outcome is not known, and the latest time at which the
  // oldest of them left.
  uint32_t unknown_requests = 0;
  std::optional<absl::Time> oldest_unknown;
};

// Reads the rows of open work only.
//
// Errors: kDataLoss.
absl::StatusOr<OpenWork> ReadOpenWork(const domain::TableSnapshot& tables,
                                      const std::string& connection);

// Whether the request of the intent had its time, and its outcome is not known.
bool IsUnknown(const tables::v1::IntentRow& intent);

// Latest time at which the request of the intent left.
absl::Time SendTimeOf(const tables::v1::IntentRow& intent);

// Time from `since` to `now`; zero where there is none.
absl::Duration AgeOf(const std::optional<absl::Time>& since, absl::Time now);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_OPEN_WORK_H_
