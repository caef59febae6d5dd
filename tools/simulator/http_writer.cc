#include "tools/simulator/http_writer.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace qantara::simulator {
namespace {

constexpr size_t kChunkBytes = 1000;
constexpr size_t kStoredBlockBytesMax = 65535;
// How often a delayed reply looks whether its client is still there.
constexpr int64_t kPeerCheckMs = 20;

std::string Head(const HttpReply& reply, size_t body_bytes, bool keep) {
  std::string head = absl::StrCat("HTTP/1.1 ", reply.status, " ",
                                  ReasonPhrase(reply.status), "\r\n");
  if (!reply.content_type.empty()) {
    absl::StrAppend(&head, "Content-Type: ", reply.content_type, "\r\n");
  }
  for (const auto& [name, value] : reply.headers) {
    absl::StrAppend(&head, name, ": ", value, "\r\n");
  }
  if (reply.delivery.gzip) head += "Content-Encoding: gzip\r\n";
  if (reply.delivery.chunked) {
    head += "Transfer-Encoding: chunked\r\n";
  } else {
    absl::StrAppend(&head, "Content-Length: ", body_bytes, "\r\n");
  }
  if (!keep) head += "Connection: close\r\n";
  head += "\r\n";
  return head;
}

std::string Chunked(absl::string_view body) {
  std::string out;
  for (size_t at = 0; at < body.size(); at += kChunkBytes) {
    const absl::string_view part = body.substr(at, kChunkBytes);
    absl::StrAppend(&out, absl::StrFormat("%x", part.size()), "\r\n", part,
                    "\r\n");
  }
  out += "0\r\n\r\n";
  return out;
}

uint32_t Crc32(absl::string_view bytes) {
  static const std::array<uint32_t, 256> table = [] {
    std::array<uint32_t, 256> t{};
    for (uint32_t i = 0; i < 256; ++i) {
      uint32_t c = i;
      for (int k = 0; k < 8; ++k) c = (c & 1) ? 0xedb88320U ^ (c >> 1) : c >> 1;
      t[i] = c;
    }
    return t;
  }();
  uint32_t crc = 0xffffffffU;
  for (const char c : bytes) {
    crc = table[(crc ^ static_cast<unsigned char>(c)) & 0xff] ^ (crc >> 8);
  }
  return crc ^ 0xffffffffU;
}

void AppendLittleEndian(uint32_t value, int bytes, std::string* out) {
  for (int i = 0; i < bytes; ++i) {
    out->push_back(static_cast<char>((value >> (8 * i)) & 0xff));
  }
}

// Waits; false when the client left or the simulator stops.
bool Delay(Socket& socket, int64_t ms, Waiter& waiter) {
  for (; ms > 0; ms -= kPeerCheckMs) {
    if (!waiter.Sleep(std::min(ms, kPeerCheckMs))) return false;
    if (socket.PeerGone()) return false;
  }
  return true;
}

bool GoneBefore(const FateReport& report) {
  report(Fate::kClientGone);
  return false;
}

}  // namespace

std::string GzipStored(absl::string_view bytes) {
  std::string out("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10);
  size_t at = 0;
  do {
    const absl::string_view part = bytes.substr(at, kStoredBlockBytesMax);
    at += part.size();
    const uint32_t size = static_cast<uint32_t>(part.size());
    out.push_back(at == bytes.size() ? '\x01' : '\x00');
    AppendLittleEndian(size, 2, &out);
    AppendLittleEndian(~size, 2, &out);
    absl::StrAppend(&out, part);
  } while (at < bytes.size());
  AppendLittleEndian(Crc32(bytes), 4, &out);
  AppendLittleEndian(static_cast<uint32_t>(bytes.size()), 4, &out);
  return out;
}

bool WriteReply(Socket& socket, const HttpReply& reply, bool keep_alive,
                Waiter& waiter, const FateReport& report) {
  const Delivery& delivery = reply.delivery;
  if (!delivery.send) {
    Delay(socket, delivery.delay_ms, waiter);
    if (delivery.reset) socket.ResetOnClose();
    report(Fate::kLost);
    return false;
  }
  if (!Delay(socket, delivery.delay_ms, waiter) || socket.PeerGone()) {
    return GoneBefore(report);
  }
  const bool cut = delivery.body_bytes.has_value() && !delivery.resume;
  const bool keep = keep_alive && !delivery.close && !cut;
  std::string body = delivery.gzip ? GzipStored(reply.body) : reply.body;
  if (delivery.chunked) body = Chunked(body);
  const absl::string_view all(body);
  const absl::string_view first =
      all.substr(0, delivery.body_bytes.value_or(body.size()));
  report(cut ? Fate::kCut : Fate::kSent);
  // A cut is not announced: the head looks like that of a healthy reply.
  const std::string head = Head(reply, body.size(), keep || cut);
  if (!socket.Write(absl::StrCat(head, first)) ||
      !Delay(socket, delivery.stall_ms, waiter)) {
    return GoneBefore(report);
  }
  if (cut) {
    if (delivery.reset) socket.ResetOnClose();
    return false;
  }
  if (!socket.Write(all.substr(first.size()))) return GoneBefore(report);
  return keep;
}

}  // namespace qantara::simulator
