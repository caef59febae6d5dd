#include "server/core/page_token.h"

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "domain/digest.h"
#include "server/core/invalid.h"

namespace qantara::server {
namespace {

constexpr uint32_t kMaxPageSize = 1000;
// Longer ones were not made here.
constexpr size_t kMaxTokenSize = 4096;

// Version of the form, then what binds a token to its call.
std::string Binding(absl::string_view scope) {
  return absl::StrCat("\1", domain::Digest16(scope).substr(0, 8));
}

}  // namespace

std::string MakePageToken(absl::string_view scope, absl::string_view key) {
  return absl::WebSafeBase64Escape(absl::StrCat(Binding(scope), key));
}

absl::StatusOr<std::string> ReadPageToken(absl::string_view scope,
                                          absl::string_view token) {
  if (token.empty()) return std::string();
  std::string bytes;
  absl::string_view rest;
  if (token.size() <= kMaxTokenSize &&
      absl::WebSafeBase64Unescape(token, &bytes)) {
    rest = bytes;
    if (absl::ConsumePrefix(&rest, Binding(scope)) && !rest.empty()) {
      return std::string(rest);
    }
  }
  return Invalid("page_token", v1::ERROR_REASON_TOKEN_INVALID,
                 "not a token of this call with these filters");
}

absl::StatusOr<size_t> ReadPageSize(uint32_t wanted, uint32_t absent) {
  if (wanted > kMaxPageSize) {
    return Invalid("page_size", v1::ERROR_REASON_FIELD_INVALID,
                   absl::StrCat("must be 1 to ", kMaxPageSize));
  }
  return wanted == 0 ? absent : wanted;
}

}  // namespace qantara::server
