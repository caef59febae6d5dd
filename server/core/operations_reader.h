// What the reading calls of OperationsService do.
#ifndef QANTARA_SERVER_CORE_OPERATIONS_READER_H_
#define QANTARA_SERVER_CORE_OPERATIONS_READER_H_

#include "absl/status/statusor.h"
#include "domain/ports/clock.h"
#include "domain/ports/event_log.h"
#include "qantara/v1/operations_service.pb.h"
#include "server/core/connections.h"
#include "server/core/fresh_tables.h"

namespace qantara::server {

// Thread-safe; blocks on the disk. Errors are those of the service, and of
// FreshTables.
class OperationsReader {
 public:
  // The references must outlive it.
  OperationsReader(const Connections& connections, const domain::Clock& clock,
                   const domain::EventLog& log, const FreshTables& tables)
      : connections_(connections), clock_(clock), log_(log), tables_(tables) {}

  absl::StatusOr<v1::GetStatusResponse> GetStatus(
      const v1::GetStatusRequest& request) const;
  absl::StatusOr<v1::ListParkedResponse> ListParked(
      const v1::ListParkedRequest& request) const;
  absl::StatusOr<v1::ListUnknownResponse> ListUnknown(
      const v1::ListUnknownRequest& request) const;

  // How one connection stands.
  absl::StatusOr<v1::ConnectionStatus> StatusOf(
      const Connection& connection) const;

 private:
  const Connections& connections_;
  const domain::Clock& clock_;
  const domain::EventLog& log_;
  const FreshTables& tables_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_OPERATIONS_READER_H_
