#include "tests/tools/simulator/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace qantara::simulator {

std::string RawAnswer::Header(absl::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (absl::string_view(key) == name) return value;
  }
  return "";
}

RawClient::RawClient(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  fd_ = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) !=
      0) {
    close(fd_);
    fd_ = -1;
  }
}

RawClient::~RawClient() {
  if (fd_ >= 0) close(fd_);
}

RawAnswer RawClient::Send(absl::string_view method, absl::string_view target,
                          absl::string_view body,
                          absl::string_view credential) {
  Start(method, target, body, credential);
  return Finish();
}

void RawClient::Start(absl::string_view method, absl::string_view target,
                      absl::string_view body, absl::string_view credential) {
  std::string text =
      absl::StrCat(method, " ", target, " HTTP/1.1\r\n", "Host: localhost\r\n");
  if (!credential.empty()) absl::StrAppend(&text, credential, "\r\n");
  absl::StrAppend(&text, "Content-Type: application/json\r\nContent-Length: ",
                  body.size(), "\r\n\r\n", body);
  absl::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t sent = send(fd_, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // Finish() sees the end.
    rest.remove_prefix(static_cast<size_t>(sent));
  }
}

RawAnswer RawClient::Finish() {
  RawAnswer answer;
  if (fd_ < 0) return answer;
  std::string head;
  bool complete = ReadUntil("\r\n\r\n", &head);
  if (complete) {
    const std::vector<std::string> lines = absl::StrSplit(head, "\r\n");
    const std::vector<std::string> words = absl::StrSplit(lines[0], ' ');
    if (!absl::SimpleAtoi(words.at(1), &answer.status)) answer.status = 0;
    for (size_t i = 1; i < lines.size(); ++i) {
      answer.headers.push_back(
          absl::StrSplit(lines[i], absl::MaxSplits(": ", 1)));
    }
    if (answer.Header("Transfer-Encoding") == "chunked") {
      complete = ReadChunks(&answer.body);
    } else {
      size_t size = 0;
      complete = absl::SimpleAtoi(answer.Header("Content-Length"), &size) &&
                 ReadBytes(size, &answer.body);
    }
  }
  answer.ending = complete ? Ending::kComplete
                  : reset_ ? Ending::kReset
                           : Ending::kClosed;
  return answer;
}

bool RawClient::Fill() {
  char bytes[65536];
  const ssize_t got = recv(fd_, bytes, sizeof(bytes), 0);
  if (got < 0 && errno == ECONNRESET) reset_ = true;
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<size_t>(got));
  return true;
}

bool RawClient::ReadUntil(absl::string_view mark, std::string* text) {
  size_t at;
  while ((at = buffer_.find(mark.data(), 0, mark.size())) ==
         std::string::npos) {
    if (!Fill()) return false;
  }
  *text = buffer_.substr(0, at);
  buffer_.erase(0, at + mark.size());
  return true;
}

bool RawClient::ReadBytes(size_t size, std::string* text) {
  bool open = true;
  while (open && buffer_.size() < size) open = Fill();
  *text += buffer_.substr(0, size);
  buffer_.erase(0, size);
  return open;
}

bool RawClient::ReadChunks(std::string* body) {
  while (true) {
    std::string digits;
    std::string end;
    uint64_t size = 0;
    if (!ReadUntil("\r\n", &digits) || !absl::SimpleHexAtoi(digits, &size) ||
        !ReadBytes(size, body) || !ReadUntil("\r\n", &end)) {
      return false;
    }
    if (size == 0) return true;
  }
}

}  // namespace qantara::simulator
