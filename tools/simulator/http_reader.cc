#include "tools/simulator/http_reader.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace qantara::simulator {
namespace {

constexpr size_t kChunkLineBytesMax = 256;

absl::Status ReadChunks(Socket& socket, std::string* body) {
  while (true) {
    absl::StatusOr<std::string> line =
        socket.ReadUntil("\r\n", kChunkLineBytesMax);
    if (!line.ok()) return line.status();
    const absl::string_view digits =
        absl::StripAsciiWhitespace(line->substr(0, line->find(';')));
    uint64_t size = 0;
    if (!absl::SimpleHexAtoi(digits, &size)) {
      return absl::InvalidArgumentError("not a chunk size");
    }
    if (size == 0) break;
    if (size > kBodyBytesMax || body->size() + size > kBodyBytesMax) {
      return absl::ResourceExhaustedError("body too large");
    }
    absl::StatusOr<std::string> chunk = socket.ReadExactly(size + 2);
    if (!chunk.ok()) return chunk.status();
    body->append(*chunk, 0, size);
  }
  // Trailers, up to the empty line.
  while (true) {
    absl::StatusOr<std::string> line = socket.ReadUntil("\r\n", kHeadBytesMax);
    if (!line.ok()) return line.status();
    if (line->empty()) return absl::OkStatus();
  }
}

absl::Status ParseHeaders(const std::vector<absl::string_view>& lines,
                          HttpRequest* request) {
  for (size_t i = 1; i < lines.size(); ++i) {
    const size_t colon = lines[i].find(':');
    if (colon == absl::string_view::npos || colon == 0) {
      return absl::InvalidArgumentError("not a header");
    }
    request->headers.emplace_back(
        lines[i].substr(0, colon),
        absl::StripAsciiWhitespace(lines[i].substr(colon + 1)));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<HttpRequest> ReadHead(Socket& socket) {
  absl::StatusOr<std::string> head =
      socket.ReadUntil("\r\n\r\n", kHeadBytesMax);
  if (!head.ok()) return head.status();
  const std::vector<absl::string_view> lines = absl::StrSplit(*head, "\r\n");
  const std::vector<absl::string_view> words = absl::StrSplit(lines[0], ' ');
  if (words.size() != 3 || !absl::StartsWith(words[2], "HTTP/1.") ||
      words[1].empty() || words[1][0] != '/') {
    return absl::InvalidArgumentError("not an HTTP/1 request line");
  }
  HttpRequest request;
  request.method = std::string(words[0]);
  request.target = std::string(words[1]);
  const size_t mark = request.target.find('?');
  request.path = request.target.substr(0, mark);
  if (mark != std::string::npos)
    request.query = request.target.substr(mark + 1);
  if (absl::Status status = ParseHeaders(lines, &request); !status.ok()) {
    return status;
  }
  const absl::string_view connection = request.Header("Connection");
  request.keep_alive = words[2] == "HTTP/1.0"
                           ? absl::EqualsIgnoreCase(connection, "keep-alive")
                           : !absl::EqualsIgnoreCase(connection, "close");
  return request;
}

absl::Status ReadBody(Socket& socket, HttpRequest* request) {
  if (absl::EqualsIgnoreCase(request->Header("Expect"), "100-continue") &&
      !socket.Write("HTTP/1.1 100 Continue\r\n\r\n")) {
    return absl::UnavailableError("the client is gone");
  }
  if (absl::StrContains(
          absl::AsciiStrToLower(request->Header("Transfer-Encoding")),
          "chunked")) {
    return ReadChunks(socket, &request->body);
  }
  const absl::string_view length = request->Header("Content-Length");
  if (length.empty()) return absl::OkStatus();
  uint64_t size = 0;
  if (!absl::SimpleAtoi(length, &size)) {
    return absl::InvalidArgumentError("not a length");
  }
  if (size > kBodyBytesMax) {
    return absl::ResourceExhaustedError("body too large");
  }
  absl::StatusOr<std::string> body = socket.ReadExactly(size);
  if (!body.ok()) return body.status();
  request->body = std::move(*body);
  return absl::OkStatus();
}

}  // namespace qantara::simulator
