// What travels over a connection: a request as it was read, and a reply
// together with how it shall leave.
#ifndef TOOLS_SIMULATOR_HTTP_MESSAGE_H_
#define TOOLS_SIMULATOR_HTTP_MESSAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace qantara::simulator {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;
  std::string target;  // As sent: path and query.
  std::string path;    // Target up to the question mark, not decoded.
  std::string query;   // After it.
  HttpHeaders headers;
  std::string body;
  bool keep_alive = true;

  int64_t connection = 0;     // Number of the connection, from 1.
  int64_t served_before = 0;  // Requests this connection had served before.

  // Value of the first header called `name`, whatever its case; else empty.
  absl::string_view Header(absl::string_view name) const;
};

// How a reply leaves. Times in milliseconds.
struct Delivery {
  bool send = true;    // False: not one byte of the reply leaves.
  bool reset = false;  // The connection ends with RST instead of FIN.
  bool close = false;  // The connection ends after the reply.
  bool chunked = false;
  bool gzip = false;
  int64_t delay_ms = 0;  // Silence before the first byte, or before the end.
  // Body bytes that leave before a stall or a cut.
  std::optional<size_t> body_bytes;
  int64_t stall_ms = 0;  // Silence after `body_bytes`.
  bool resume = false;   // After the stall the rest follows.
};

struct HttpReply {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  HttpHeaders headers;
  std::string body;
  Delivery delivery;
  int64_t journal_number = 0;  // 0: not in the journal.
};

// What became of a reply.
enum class Fate {
  kPending,     // Not decided yet.
  kSent,        // Handed to the kernel in full.
  kLost,        // Withheld on purpose.
  kCut,         // Ended early on purpose.
  kClientGone,  // The client had closed before it could be sent.
};

absl::string_view FateName(Fate fate);

// "Not Found" for 404; "Status" for what has no name here.
absl::string_view ReasonPhrase(int status);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_HTTP_MESSAGE_H_
