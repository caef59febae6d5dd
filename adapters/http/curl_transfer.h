// One request in libcurl's terms: its handle, what arrives, what it means.
#ifndef QANTARA_ADAPTERS_HTTP_CURL_TRANSFER_H_
#define QANTARA_ADAPTERS_HTTP_CURL_TRANSFER_H_

#include <curl/curl.h>

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "adapters/http/http_transport.h"
#include "domain/ports/clock.h"
#include "domain/ports/failpoints.h"

namespace qantara::adapters {

// Bounds of one transfer.
struct CurlTransferOptions {
  // Resolving, connecting and the TLS handshake.
  absl::Duration connect_timeout = absl::Seconds(10);
  // Longest timeout that a request may ask for.
  absl::Duration max_timeout = absl::Minutes(15);
  // Largest answer, after decompression.
  size_t max_body_bytes = 64 << 20;
  // All header lines of an answer together.
  size_t max_header_bytes = 256 << 10;
};

// Used by one thread at a time; stays at its address while the handle is in
// use.
class CurlTransfer {
 public:
  // `share` may be null. The clock must outlive the transfer.
  CurlTransfer(HttpRequest request, const domain::Clock& clock,
               const CurlTransferOptions& options, CURLSH* share);
  ~CurlTransfer();
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  // Why the request must not be started: a header with control characters, a
  // send-by time that has passed, a handle that could not be made. OK when it
  // may.
  absl::Status ready() const;

  // To be added to a multi handle, and removed before destruction.
  CURL* handle() const { return handle_; }

  // Passes one of the failpoints around a request, if the request writes.
  void ReachWrite(domain::Failpoint point) const;

  // What became of the request; call once, after libcurl is done with it.
  HttpResult TakeResult(CURLcode code);

 private:
  static size_t OnHeader(char* data, size_t size, size_t count, void* self);
  static size_t OnBody(char* data, size_t size, size_t count, void* self);
  static int OnReadyToSend(void* self, char*, char*, int, int);
  // Only while failpoints are armed.
  static int OnProgress(void* self, curl_off_t, curl_off_t, curl_off_t,
                        curl_off_t sent);

  void Configure(CURLSH* share);
  void ConfigureMethod();
  bool send_by_passed() const;
  HttpFate FateOf(CURLcode code) const;

  const HttpRequest request_;
  const domain::Clock& clock_;
  const CurlTransferOptions& options_;
  CURL* const handle_;
  curl_slist* header_list_ = nullptr;
  absl::Status configured_;
  char error_[CURL_ERROR_SIZE] = {};

  // Whether the connection stood and the request was let go: from then on
  // bytes of it may have arrived.
  bool let_go_ = false;
  bool too_late_ = false;
  // Whether all bytes left; told only while failpoints are armed.
  bool left_ = false;
  bool too_large_ = false;
  size_t header_bytes_ = 0;
  HttpResult result_;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_HTTP_CURL_TRANSFER_H_
