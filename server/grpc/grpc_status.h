// The one place where a status becomes what clients see.
#ifndef QANTARA_SERVER_GRPC_GRPC_STATUS_H_
#define QANTARA_SERVER_GRPC_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace qantara::server {

// Returns the status with google.rpc details: ErrorInfo (the reason without its
// prefix, domain "qantara", the metadata), BadRequest with the fields where
// there are any, RetryInfo where waiting helps: as long as the status's
// kRetryAfterMillis says, at most 10 min, or as the catalog says of its reason.
// The code is one that the catalog lists for the reason. The text of internal
// errors is withheld: it is for the log, not for clients.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_GRPC_STATUS_H_
