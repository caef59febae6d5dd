#include "tools/simulator/qoyod_api.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "tools/simulator/products_read.h"
#include "tools/simulator/products_write.h"
#include "tools/simulator/reference_api.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/token_endpoint.h"

namespace qantara::simulator {
namespace {

std::vector<std::string> Segments(const std::string& path) {
  return absl::StrSplit(path, '/', absl::SkipEmpty());
}

HttpReply RouteProducts(ApiCall& call,
                        const std::vector<std::string>& segments) {
  const std::string& method = call.request.method;
  if (segments.size() == 1) {
    if (method == "GET") return ListProducts(call);
    if (method == "POST") return CreateProducts(call);
    return UrlNotFound();
  }
  int64_t id = 0;
  if (segments.size() != 2) return UrlNotFound();
  if (!absl::SimpleAtoi(segments[1], &id)) return ProductNotFound(call);
  if (method == "GET") return GetProduct(call, id);
  if (method == "PUT" || method == "PATCH") return UpdateProduct(call, id);
  return UrlNotFound();
}

HttpReply Route(ApiCall& call) {
  const std::vector<std::string> segments = Segments(call.path);
  if (segments.empty()) return UrlNotFound();
  const std::string& resource = segments[0];
  if (resource == "products") return RouteProducts(call, segments);
  if (IsReferenceResource(resource)) return AnswerReference(call, segments);
  if (resource == "contacts") {
    return JsonReply(404, R"({"message":"Invalid ID"})");
  }
  if (segments.size() == 1 && call.request.method == "GET" &&
      (resource == "customers" || resource == "vendors" ||
       resource == "invoices")) {
    return SentenceReply("json",
                         absl::StrCat("We could not retrieve your ", resource,
                                      ", we found nothing."),
                         "");
  }
  return UrlNotFound();
}

}  // namespace

std::string QoyodApi::PathBelowBase(const std::string& path) const {
  absl::string_view below = path;
  absl::ConsumePrefix(&below, "/api");
  if (!absl::ConsumePrefix(&below, "/2.0") ||
      (!below.empty() && below[0] != '/')) {
    return "";
  }
  return below.empty() ? "/" : std::string(below);
}

bool QoyodApi::IsOpen(const HttpRequest& request) const {
  return request.method == "POST" &&
         absl::EndsWith(request.path, "/oauth/token");
}

HttpReply QoyodApi::Answer(ApiCall& call) const {
  return IsOpen(call.request) ? GiveToken(call) : Route(call);
}

HttpReply QoyodApi::Refuse(ApiCall& call, int status) const {
  switch (status) {
    case 401:
      return Unauthorized(call);
    case 403:
      return JsonReply(403, R"({"error":"Forbidden"})");
    case 429:
      return JsonReply(429, R"({"error":"Too many requests"})");
    default:
      return UrlNotFound();
  }
}

}  // namespace qantara::simulator
