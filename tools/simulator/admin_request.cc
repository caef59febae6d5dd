#include "tools/simulator/admin_request.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {

std::string QueryText(const HttpRequest& request, absl::string_view name,
                      absl::string_view fallback) {
  for (const auto& [key, value] : ParseQuery(request.query)) {
    if (absl::string_view(key) == name) return value;
  }
  return std::string(fallback);
}

int64_t QueryNumber(const HttpRequest& request, absl::string_view name,
                    int64_t fallback) {
  int64_t number = 0;
  return absl::SimpleAtoi(QueryText(request, name, ""), &number) && number >= 0
             ? number
             : fallback;
}

std::vector<std::string> AdminPath(const HttpRequest& request) {
  std::vector<std::string> parts =
      absl::StrSplit(request.path, '/', absl::SkipEmpty());
  if (!parts.empty()) parts.erase(parts.begin());
  return parts;
}

absl::StatusOr<Json> AdminBody(const HttpRequest& request) {
  if (request.body.empty()) return Json::Object();
  return Json::Parse(request.body);
}

Company* AdminCompany(const HttpRequest& request, const World& world) {
  return world.FindCompany(QueryText(request, "company", ""));
}

HttpReply AdminRefusal(const absl::Status& status) {
  Json body = Json::Object();
  body.Add("error", Json::String(status.message()));
  return JsonReply(absl::IsNotFound(status) ? 404 : 400, body.ToText());
}

HttpReply AdminDone() { return JsonReply(200, R"({"ok":true})"); }

}  // namespace qantara::simulator
