// The log of a simulated server: a vector.
#ifndef QANTARA_TESTS_SIMULATION_MEMORY_EVENT_LOG_H_
#define QANTARA_TESTS_SIMULATION_MEMORY_EVENT_LOG_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "domain/ports/event_log.h"

namespace qantara::simulation {

// Whatever is appended is durable: it outlives every simulated crash. Not
// thread-safe.
class MemoryEventLog final : public domain::EventLog {
 public:
  absl::Status Append(absl::Span<domain::NewEvent> events) override;
  absl::StatusOr<std::vector<domain::EventRecordPtr>> Read(
      domain::Position after, domain::ReadLimit limit) const override;
  absl::StatusOr<std::vector<domain::EventRecordPtr>> ReadStream(
      absl::string_view stream, domain::Revision after,
      domain::ReadLimit limit) const override;
  domain::Position head() const override { return records_.size(); }
  absl::Status writable() const override { return absl::OkStatus(); }

  const std::vector<domain::EventRecordPtr>& records() const {
    return records_;
  }

 private:
  std::vector<domain::EventRecordPtr> records_;
  absl::flat_hash_map<std::string, domain::Revision> revisions_;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_MEMORY_EVENT_LOG_H_
