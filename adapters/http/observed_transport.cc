#include "adapters/http/observed_transport.h"

#include <cstdint>
#include <utility>

namespace qantara::adapters {

ObservedTransport::ObservedTransport(
    HttpTransport& inner, const domain::Clock& clock,
    std::function<void(const HttpObservation&)> observe)
    : inner_(inner),
      clock_(clock),
      observe_(
          std::make_shared<const std::function<void(const HttpObservation&)>>(
              std::move(observe))) {}

void ObservedTransport::Send(HttpRequest request,
                             std::function<void(HttpResult)> done) {
  HttpObservation seen;
  seen.method = request.method;
  seen.endpoint = request.endpoint;
  const int64_t begin = clock_.BootMillis();
  inner_.Send(
      std::move(request),
      [observe = observe_, &clock = clock_, begin, seen = std::move(seen),
       done = std::move(done)](HttpResult result) mutable {
        seen.fate = result.fate;
        seen.status = result.status;
        seen.duration = absl::Milliseconds(clock.BootMillis() - begin);
        (*observe)(seen);
        done(std::move(result));
      });
}

}  // namespace qantara::adapters
