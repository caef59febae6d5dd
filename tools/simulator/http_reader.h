// Reads HTTP/1.1 requests from a socket. Every size is bounded.
#ifndef TOOLS_SIMULATOR_HTTP_READER_H_
#define TOOLS_SIMULATOR_HTTP_READER_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/socket.h"

namespace qantara::simulator {

inline constexpr size_t kHeadBytesMax = 64 << 10;
inline constexpr size_t kBodyBytesMax = 64 << 20;

// Reads the request line and the headers. Errors: kNotFound when the client
// ended the connection instead; kInvalidArgument for what is not HTTP;
// kUnavailable and kResourceExhausted as in socket.h.
absl::StatusOr<HttpRequest> ReadHead(Socket& socket);

// Reads the body that `request`'s headers announce (by length or chunked)
// into it, answering "Expect: 100-continue" first. Errors: as above.
absl::Status ReadBody(Socket& socket, HttpRequest* request);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_HTTP_READER_H_
