// What the changing calls of OperationsService do.
#ifndef QANTARA_SERVER_CORE_OPERATIONS_WRITER_H_
#define QANTARA_SERVER_CORE_OPERATIONS_WRITER_H_

#include "absl/status/statusor.h"
#include "qantara/v1/operations_service.pb.h"
#include "server/core/core.h"
#include "server/core/operations_reader.h"

namespace qantara::server {

// Thread-safe; waits for the disk, so it must not run on gRPC's threads. When a
// call returns without error, its event is durable.
class OperationsWriter {
 public:
  // How often an entry is read again because it changed meanwhile.
  static constexpr int kMaxTries = 5;

  // The references must outlive it.
  OperationsWriter(Core& core, const OperationsReader& reader)
      : core_(core), reader_(reader) {}

  absl::StatusOr<v1::RetryParkedResponse> Retry(
      const v1::RetryParkedRequest& request);
  absl::StatusOr<v1::DiscardParkedResponse> Discard(
      const v1::DiscardParkedRequest& request);
  absl::StatusOr<v1::PauseConnectionResponse> Pause(
      const v1::PauseConnectionRequest& request);
  absl::StatusOr<v1::ResumeConnectionResponse> Resume(
      const v1::ResumeConnectionRequest& request);

 private:
  template <typename Command, typename Response, typename Request>
  absl::StatusOr<Response> SetPaused(const Request& request, bool paused);

  Core& core_;
  const OperationsReader& reader_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_OPERATIONS_WRITER_H_
