// Idempotency keys of clients.
#ifndef QANTARA_DOMAIN_DECIDE_REQUESTS_H_
#define QANTARA_DOMAIN_DECIDE_REQUESTS_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "domain/ports/tables.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// What a request asks for. Digests of different kinds may be equal.
enum class RequestKind { kCreate, kUpdate, kRepair };

// Returns what is known of `request_id`, or nothing where it is new.
//
// Errors: kAlreadyExists (REQUEST_ID_REUSED) when it was used with other
// content or for another kind of request; kDataLoss.
absl::StatusOr<std::optional<tables::v1::RequestRow>> FindRequest(
    const TableReader& state, const std::string& connection,
    const std::string& request_id, const std::string& digest, RequestKind kind);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DECIDE_REQUESTS_H_
