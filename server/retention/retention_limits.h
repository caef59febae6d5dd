// How long the history of stock is kept.
#ifndef QANTARA_SERVER_RETENTION_RETENTION_LIMITS_H_
#define QANTARA_SERVER_RETENTION_RETENTION_LIMITS_H_

#include <cstdint>
#include <optional>

#include "absl/time/time.h"

namespace qantara::server {

// What comes first counts; at least one is given.
struct RetentionLimits {
  // Changes older than this may go.
  std::optional<absl::Duration> max_age;
  // Changes beyond this many bytes of their records may go, the oldest first.
  std::optional<uint64_t> max_bytes;

  bool operator==(const RetentionLimits&) const = default;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_RETENTION_RETENTION_LIMITS_H_
