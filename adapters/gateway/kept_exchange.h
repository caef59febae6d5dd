// A write and its answer as they are kept for people who look for the cause of
// a refusal.
#ifndef QANTARA_ADAPTERS_GATEWAY_KEPT_EXCHANGE_H_
#define QANTARA_ADAPTERS_GATEWAY_KEPT_EXCHANGE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "adapters/http/http_transport.h"
#include "qantara/v1/state.pb.h"

namespace qantara::adapters {

// Longest body in bytes; the rest is cut off, and said so.
inline constexpr size_t kMaxKeptBodyBytes = 8 << 10;

// Made before the request is sent; empty for a request that only reads. Headers
// are never kept.
struct KeptRequest {
  std::string line;  // Such as `POST /2.0/products`.
  std::string body;  // Its beginning, as sent.
};
KeptRequest KeepRequest(const HttpRequest& request);

// Returns the exchange. None of `secrets`, which may be empty texts, is in it;
// bytes that are no UTF-8 are question marks.
v1::ProviderExchange KeepExchange(const KeptRequest& request,
                                  const HttpResult& result,
                                  const std::vector<std::string>& secrets);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_GATEWAY_KEPT_EXCHANGE_H_
