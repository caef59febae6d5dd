#include "server/core/resume_token.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "domain/digest.h"
#include "server/core/invalid.h"

namespace qantara::server {
namespace {

constexpr size_t kMaxTokenSize = 64;

// Version of the form and the connection.
std::string Binding(absl::string_view connection) {
  return absl::StrCat(
      "\1", domain::Digest16(absl::StrCat("stock/", connection)).substr(0, 8));
}

}  // namespace

std::string MakeResumeToken(absl::string_view connection,
                            domain::Position position) {
  std::string bytes = Binding(connection);
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(position >> shift));
  }
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<domain::Position> ReadResumeToken(absl::string_view connection,
                                                 absl::string_view token) {
  const std::string binding = Binding(connection);
  std::string bytes;
  if (token.size() > kMaxTokenSize ||
      !absl::WebSafeBase64Unescape(token, &bytes) ||
      bytes.size() != binding.size() + 8 ||
      bytes.compare(0, binding.size(), binding) != 0) {
    return Invalid("resume_token", v1::ERROR_REASON_TOKEN_INVALID,
                   "not a token of a watch of this connection");
  }
  domain::Position position = 0;
  for (size_t i = binding.size(); i < bytes.size(); ++i) {
    position = position << 8 | static_cast<uint8_t>(bytes[i]);
  }
  return position;
}

}  // namespace qantara::server
