// A transport that tells somebody about every request: for metrics and logs.
#ifndef QANTARA_ADAPTERS_HTTP_OBSERVED_TRANSPORT_H_
#define QANTARA_ADAPTERS_HTTP_OBSERVED_TRANSPORT_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "adapters/http/http_transport.h"
#include "domain/ports/clock.h"

namespace qantara::adapters {

// One request that ended. Holds no header, no body and no query.
struct HttpObservation {
  HttpMethod method = HttpMethod::kGet;
  // HttpRequest::endpoint.
  std::string endpoint;
  HttpFate fate = HttpFate::kMaybeSent;
  // 0 when no status line arrived.
  int status = 0;
  // From Send to the end, waiting included; whole milliseconds.
  absl::Duration duration;
};

// Passes requests on to another transport.
class ObservedTransport : public HttpTransport {
 public:
  // `observe` runs before each callback, on its thread, possibly on several
  // threads at once; it must not block. `inner` and `clock` must outlive the
  // transport and its requests.
  ObservedTransport(HttpTransport& inner, const domain::Clock& clock,
                    std::function<void(const HttpObservation&)> observe);

  void Send(HttpRequest request, std::function<void(HttpResult)> done) override;

 private:
  HttpTransport& inner_;
  const domain::Clock& clock_;
  // Shared with the callbacks under way.
  const std::shared_ptr<const std::function<void(const HttpObservation&)>>
      observe_;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_HTTP_OBSERVED_TRANSPORT_H_
