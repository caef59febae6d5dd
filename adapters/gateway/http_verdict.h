// What an HTTP result says by itself, whatever the provider: the one table that
// decides about effects.
//
// The careful reading is the default: what is not listed may have been applied.
#ifndef QANTARA_ADAPTERS_GATEWAY_HTTP_VERDICT_H_
#define QANTARA_ADAPTERS_GATEWAY_HTTP_VERDICT_H_

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "adapters/http/http_transport.h"
#include "domain/ports/product_gateway.h"
#include "qantara/v1/error_reason.pb.h"

namespace qantara::adapters {

// What a status says about a write and its cause. Reads have the same cause
// and are never applied.
struct Verdict {
  domain::Effect write_effect;
  v1::ErrorReason reason;
};

Verdict VerdictOf(int status);

// What to say of an answer whose body says nothing: the status, and the host of
// a redirection.
std::string StatusMessage(const HttpResult& result);

// The wait, measured against the server's own clock where it tells that.
std::optional<absl::Duration> RetryAfterOf(const HttpResult& result,
                                           absl::Time now);

// A result without a complete answer.
domain::CallReport ReportLost(bool is_write, const HttpResult& result);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_GATEWAY_HTTP_VERDICT_H_
