// HttpTransport on libcurl: one thread that runs every transfer.
#ifndef QANTARA_ADAPTERS_HTTP_CURL_TRANSPORT_H_
#define QANTARA_ADAPTERS_HTTP_CURL_TRANSPORT_H_

#include <curl/curl.h>

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "absl/time/time.h"
#include "adapters/http/curl_transfer.h"
#include "adapters/http/http_transport.h"
#include "domain/ports/clock.h"

namespace qantara::adapters {

// Bounds of a CurlTransport.
struct CurlTransportOptions {
  // Transfers under way at once; the rest waits in the queue.
  size_t max_in_flight = 64;
  // Requests that wait; one more is answered kWithheld at once.
  size_t max_queued = 1024;
  CurlTransferOptions transfer;
};

// Connections are kept for reads only: libcurl repeats a request whose reused
// connection dies, and a repeated POST is a duplicate for ever. TLS peers are
// verified; proxies of the environment, .netrc and cookies are not used.
//
// The time that a request waits in the queue does not count as its timeout.
// Destruction takes milliseconds; it must not happen in a callback.
class CurlTransport : public HttpTransport {
 public:
  // `clock` must outlive the transport.
  explicit CurlTransport(const domain::Clock& clock,
                         CurlTransportOptions options = {});
  ~CurlTransport() override;
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  void Send(HttpRequest request, std::function<void(HttpResult)> done) override;

 private:
  struct Job {
    HttpRequest request;
    std::function<void(HttpResult)> done;
  };
  struct Running {
    std::unique_ptr<CurlTransfer> transfer;
    std::function<void(HttpResult)> done;
  };

  void Run();
  bool stopping();
  void StartQueued();
  void Start(Job job);
  void CompleteFinished();

  const domain::Clock& clock_;
  const CurlTransportOptions options_;
  CURLM* const multi_;
  CURLSH* const share_;

  std::mutex mutex_;
  std::deque<Job> queue_;  // Guarded by mutex_.
  bool stopping_ = false;  // Guarded by mutex_.

  std::unordered_map<CURL*, Running> running_;  // Only the thread's.
  std::thread thread_;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_HTTP_CURL_TRANSPORT_H_
