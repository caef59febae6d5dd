// Whether a connection can be read from at present.
#ifndef QANTARA_SERVER_POLLER_READABLE_H_
#define QANTARA_SERVER_POLLER_READABLE_H_

#include "absl/status/status.h"
#include "qantara/v1/catalog_service.pb.h"

namespace qantara::server {

// OK where only time is needed, if anything is.
//
// Errors: kUnavailable (CREDENTIALS_NEEDED, BASE_URL_WRONG,
// PROVIDER_UNAVAILABLE) until somebody acts.
absl::Status CheckReadable(v1::ConnectionState state);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_READABLE_H_
