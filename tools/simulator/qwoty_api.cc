#include "tools/simulator/qwoty_api.h"

#include <vector>

#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "tools/simulator/qwoty_fields.h"
#include "tools/simulator/qwoty_products.h"

namespace qantara::simulator {

std::string QwotyApi::PathBelowBase(const std::string& path) const {
  absl::string_view below = path;
  if (!absl::ConsumePrefix(&below, "/api") ||
      (!below.empty() && below[0] != '/')) {
    return "";
  }
  return below.empty() ? "/" : std::string(below);
}

bool QwotyApi::IsOpen(const HttpRequest&) const { return false; }

HttpReply QwotyApi::Answer(ApiCall& call) const {
  const std::vector<std::string> segments =
      absl::StrSplit(call.path, '/', absl::SkipEmpty());
  const std::string& method = call.request.method;
  const bool parents = !segments.empty() && segments[0] == "product-parents";
  if (segments.size() == 1 && segments[0] == "products") {
    if (method == "GET") return ListVariants(call);
    if (method == "POST") return CreateVariant(call);
  }
  if (segments.size() == 2 && (parents || segments[0] == "products")) {
    if (method == "GET") return GetVariant(call, segments[1]);
    if (method == "PATCH") {
      return PatchVariant(
          call, segments[1],
          parents ? QwotyWrite::kPatchParent : QwotyWrite::kPatch);
    }
  }
  return Refuse(call, 404);
}

HttpReply QwotyApi::Refuse(ApiCall& call, int status) const {
  switch (status) {
    case 401: {
      const std::string form = call.Form("unauthorized_form", "json");
      HttpReply reply = QwotyError(401, "Unauthorized");
      if (form != "json") reply.body = form == "text" ? "Unauthorized" : "";
      return reply;
    }
    case 403:
      return QwotyError(403, "Forbidden");
    case 429:
      return QwotyError(429, "Too many requests");
    default:
      return QwotyError(404, "Route not found");
  }
}

}  // namespace qantara::simulator
