#include "adapters/gateway/kept_exchange.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "domain/utf8.h"

namespace qantara::adapters {
namespace {

constexpr char kInPlaceOfSecret[] = "[credential]";
constexpr char kCut[] = "... (cut off)";
// A secret that begins before the cut is found whole.
constexpr size_t kLookedAtBytes = kMaxKeptBodyBytes + (8 << 10);

// What follows the scheme and the host.
std::string PathOf(absl::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme != absl::string_view::npos) url.remove_prefix(scheme + 3);
  const size_t path = url.find('/');
  return path == absl::string_view::npos ? "/" : std::string(url.substr(path));
}

std::string ValidText(absl::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const uint32_t character = domain::TakeCharacter(&text);
    domain::AppendCharacter(
        character == domain::kNoCharacter ? uint32_t{'?'} : character, &valid);
  }
  return valid;
}

std::string KeepText(absl::string_view text,
                     const std::vector<std::string>& secrets) {
  std::string kept(text.substr(0, kLookedAtBytes));
  for (const std::string& secret : secrets) {
    if (!secret.empty()) {
      absl::StrReplaceAll({{secret, kInPlaceOfSecret}}, &kept);
    }
  }
  const bool cut = kept.size() > kMaxKeptBodyBytes;
  if (cut) kept.resize(kMaxKeptBodyBytes - sizeof(kCut));
  return absl::StrCat(ValidText(kept), cut ? kCut : "");
}

}  // namespace

KeptRequest KeepRequest(const HttpRequest& request) {
  if (request.method == HttpMethod::kGet) return {};
  return {
      absl::StrCat(HttpMethodName(request.method), " ", PathOf(request.url)),
      request.body.substr(0, kLookedAtBytes)};
}

v1::ProviderExchange KeepExchange(const KeptRequest& request,
                                  const HttpResult& result,
                                  const std::vector<std::string>& secrets) {
  v1::ProviderExchange exchange;
  exchange.set_request(KeepText(request.line, secrets));
  exchange.set_request_body(KeepText(request.body, secrets));
  exchange.set_http_status(result.status);
  exchange.set_answer_body(
      KeepText(result.body.empty() ? result.message : result.body, secrets));
  return exchange;
}

}  // namespace qantara::adapters
