// HTTP as the gateways need it: one request, one answer, and how sure it is
// that the request did not arrive. Knows no provider.
#ifndef QANTARA_ADAPTERS_HTTP_HTTP_TRANSPORT_H_
#define QANTARA_ADAPTERS_HTTP_HTTP_TRANSPORT_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace qantara::adapters {

// One header line. Neither part may hold a control character.
struct HttpHeader {
  std::string name;
  std::string value;
};

// The methods that gateways use. Everything but kGet is a write.
enum class HttpMethod { kGet, kPost, kPut, kPatch };

// Returns `GET`, `POST`, `PUT` or `PATCH`.
absl::string_view HttpMethodName(HttpMethod method);

// One request.
struct HttpRequest {
  HttpMethod method = HttpMethod::kGet;
  // Absolute, http or https, percent-encoded.
  std::string url;
  std::vector<HttpHeader> headers;
  // Empty for kGet.
  std::string body;
  // Which kind of path it is, such as `products`: for metrics, never sent.
  std::string endpoint;
  // Until the last byte of the answer, connecting included.
  absl::Duration timeout = absl::Seconds(30);
  // Clock::BootMillis after which no byte of it may leave.
  std::optional<int64_t> send_by_boot_millis;
};

// What became of a request.
enum class HttpFate {
  kAnswered,     // A complete answer arrived.
  kUnreachable,  // No connection, or no TLS session: nothing was sent.
  kWithheld,   // Not sent by our own decision: too late, queue full, malformed.
  kMaybeSent,  // Some of it may have arrived; no complete answer did.
};

// What is known of one request.
struct HttpResult {
  HttpFate fate = HttpFate::kMaybeSent;
  // Status of the answer; 0 when no status line arrived. May be set while the
  // rest of the answer was lost.
  int status = 0;
  std::vector<HttpHeader> headers;
  // Complete and decoded for kAnswered, else what arrived of it.
  std::string body;
  // Why it was not answered, for people. Never holds a header that was sent.
  std::string message;
};

// Returns the value of the first header called `name`, whatever its case.
std::optional<absl::string_view> FindHeader(
    const std::vector<HttpHeader>& headers, absl::string_view name);

// Thread-safe. `done` runs exactly once, possibly before Send returns, on the
// thread that called or on one of the transport, which it must not block. After
// the transport is destroyed nothing runs any more. A write is sent at most
// once, on a connection of its own; redirects are answers and not followed.
class HttpTransport {
 public:
  virtual ~HttpTransport() = default;

  virtual void Send(HttpRequest request,
                    std::function<void(HttpResult)> done) = 0;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_HTTP_HTTP_TRANSPORT_H_
