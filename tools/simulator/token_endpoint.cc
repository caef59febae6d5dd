#include "tools/simulator/token_endpoint.h"

#include <map>
#include <mutex>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/simulator/json.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

constexpr int64_t kExpiresInSeconds = 3600;

using Form = std::map<std::string, std::string>;

// The client's id and secret from `Authorization: Basic`.
void ReadBasic(ApiCall& call, Form* form) {
  absl::string_view header = call.request.Header("Authorization");
  std::string pair;
  if (!absl::ConsumePrefix(&header, "Basic ") ||
      !absl::Base64Unescape(header, &pair)) {
    return;
  }
  call.credential = "basic";
  // The parts are encoded as those of a form are.
  const size_t colon = pair.find(':');
  if (colon == std::string::npos) return;
  const auto parts = ParseQuery(absl::StrCat(
      "id=", pair.substr(0, colon), "&secret=", pair.substr(colon + 1)));
  for (const auto& [name, value] : parts) {
    (*form)["client_" + name] = value;
  }
}

Form ReadForm(ApiCall& call) {
  const HttpRequest& request = call.request;
  Form form;
  if (absl::StrContains(request.Header("Content-Type"), "json")) {
    const absl::StatusOr<Json> body = Json::Parse(request.body);
    if (!body.ok()) return form;
    for (size_t i = 0; i < body->keys().size(); ++i) {
      form[body->keys()[i]] = body->items()[i].text();
    }
  } else {
    for (const auto& [name, value] : ParseQuery(request.body)) {
      form[name] = value;
    }
  }
  if (!form["client_secret"].empty()) call.credential = "secret";
  ReadBasic(call, &form);
  return form;
}

HttpReply Refused(int status, absl::string_view error) {
  Json body = Json::Object();
  body.Add("error", Json::String(error));
  return JsonReply(status, body.ToText());
}

HttpReply Tokens(const TokenBook::Pair& pair, int64_t seconds) {
  if (pair.access.empty()) return Refused(400, "invalid_grant");
  Json body = Json::Object();
  body.Add("access_token", Json::String(pair.access));
  body.Add("token_type", Json::String("Bearer"));
  body.Add("expires_in", Json::Integer(seconds));
  body.Add("refresh_token", Json::String(pair.refresh));
  return JsonReply(200, body.ToText());
}

// The company whose secret the form holds; null when it is none's.
Company* ClientOf(const World& world, Form& form) {
  if (form["client_id"].empty()) return nullptr;
  Company* company = world.FindCompany(form["client_id"]);
  if (company == nullptr) return nullptr;
  const std::lock_guard<std::mutex> lock(company->mutex);
  return company->client_secret == form["client_secret"] ? company : nullptr;
}

HttpReply Grant(ApiCall& call, Form& form) {
  TokenBook& tokens = call.world.tokens;
  const std::string& company = call.company->name;
  const auto lifetime = call.Hit("token_expires_in");
  const int64_t seconds = lifetime
                              ? lifetime->Number("seconds", kExpiresInSeconds)
                              : kExpiresInSeconds;
  const int64_t expires_ms = NowMs() + seconds * 1000;
  const std::string& grant = form["grant_type"];
  if (grant == "client_credentials") {
    return Tokens(tokens.Issue(company, expires_ms), seconds);
  }
  if (grant == "authorization_code") {
    if (form["code"].empty() || !tokens.UseCode(form["code"])) {
      return Refused(400, "invalid_grant");
    }
    return Tokens(tokens.Issue(company, expires_ms), seconds);
  }
  if (grant == "refresh_token") {
    const std::string way = call.Form("refresh_token", "kept");
    if (way == "revoked") return Refused(400, "invalid_grant");
    return Tokens(
        tokens.Refresh(form["refresh_token"], way == "rotates", expires_ms),
        seconds);
  }
  return Refused(400, "unsupported_grant_type");
}

}  // namespace

HttpReply GiveToken(ApiCall& call) {
  Form form = ReadForm(call);
  call.company = ClientOf(call.world, form);
  if (const auto delay = call.Hit("token_delay_ms")) {
    call.world.waiter.Sleep(delay->Number("ms", 0));
  }
  const std::string fault = call.Form("token_fault", "");
  if (fault == "failed") return ServerFailure(500, "json");
  if (fault == "refused") return Refused(400, "invalid_grant");
  if (fault == "echo") {
    Json body = Json::Object();
    body.Add("error", Json::String(call.request.body));
    body.Add("error_description", Json::String(call.request.body));
    return JsonReply(400, body.ToText());
  }
  if (call.company == nullptr) return Refused(401, "invalid_client");
  HttpReply reply = Grant(call, form);
  if (fault == "lost") reply.delivery.send = false;
  if (fault == "html") reply.body = "<html>signed in</html>";
  return reply;
}

}  // namespace qantara::simulator
