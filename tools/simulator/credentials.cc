#include "tools/simulator/credentials.h"

#include <map>
#include <mutex>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "tools/simulator/json.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

constexpr int64_t kExpiresInSeconds = 3600;

Company* CompanyOfKey(const World& world, const std::string& key) {
  for (const auto& company : world.companies) {
    const std::lock_guard<std::mutex> lock(company->mutex);
    if (company->api_keys.count(key) > 0) return company.get();
  }
  return nullptr;
}

// The company that the Authorization header names.
Company* Authorized(ApiCall& call, absl::string_view header) {
  if (absl::StartsWithIgnoreCase(header, "Bearer ")) {
    call.credential = "bearer";
    const auto lifetime = call.Hit("token_lifetime");
    const std::string name = call.world.tokens.UseAccess(
        std::string(header.substr(7)),
        lifetime ? lifetime->Number("requests", 0) : 0);
    return name.empty() ? nullptr : call.world.FindCompany(name);
  }
  call.credential = "raw";
  if (call.Hit("refuse_raw_authorization")) return nullptr;
  return CompanyOfKey(call.world, std::string(header));
}

using Form = std::map<std::string, std::string>;

Form ReadForm(const HttpRequest& request) {
  Form form;
  if (absl::StrContains(request.Header("Content-Type"), "json")) {
    const absl::StatusOr<Json> body = Json::Parse(request.body);
    if (!body.ok()) return form;
    for (size_t i = 0; i < body->keys().size(); ++i) {
      form[body->keys()[i]] = body->items()[i].text();
    }
    return form;
  }
  for (const auto& [name, value] : ParseQuery(request.body)) {
    form[name] = value;
  }
  return form;
}

HttpReply Refused(int status, absl::string_view error) {
  Json body = Json::Object();
  body.Add("error", Json::String(error));
  return JsonReply(status, body.ToText());
}

HttpReply Tokens(const TokenBook::Pair& pair) {
  if (pair.access.empty()) return Refused(400, "invalid_grant");
  Json body = Json::Object();
  body.Add("access_token", Json::String(pair.access));
  body.Add("token_type", Json::String("Bearer"));
  body.Add("expires_in", Json::Integer(kExpiresInSeconds));
  body.Add("refresh_token", Json::String(pair.refresh));
  return JsonReply(200, body.ToText());
}

}  // namespace

void Authenticate(ApiCall& call) {
  const absl::string_view key = call.request.Header("API-KEY");
  const absl::string_view authorization = call.request.Header("Authorization");
  Company* company = nullptr;
  if (!authorization.empty()) company = Authorized(call, authorization);
  if (!key.empty()) {
    Company* by_key = CompanyOfKey(call.world, std::string(key));
    if (!authorization.empty()) {
      call.notes.push_back("two credentials at once");
      if (by_key != company) by_key = nullptr;
    }
    call.credential = "api_key";
    company = by_key;
  }
  call.company = company;
}

HttpReply GiveToken(ApiCall& call) {
  Form form = ReadForm(call.request);
  Company* company = form["client_id"].empty()
                         ? nullptr
                         : call.world.FindCompany(form["client_id"]);
  if (company == nullptr) return Refused(401, "invalid_client");
  {
    const std::lock_guard<std::mutex> lock(company->mutex);
    if (company->client_secret != form["client_secret"]) {
      return Refused(401, "invalid_client");
    }
  }
  const std::string& grant = form["grant_type"];
  if (grant == "client_credentials") {
    return Tokens(call.world.tokens.Issue(company->name));
  }
  if (grant == "authorization_code") {
    if (form["code"].empty() || !call.world.tokens.UseCode(form["code"])) {
      return Refused(400, "invalid_grant");
    }
    return Tokens(call.world.tokens.Issue(company->name));
  }
  if (grant == "refresh_token") {
    const std::string way = call.Form("refresh_token", "kept");
    if (way == "revoked") return Refused(400, "invalid_grant");
    return Tokens(
        call.world.tokens.Refresh(form["refresh_token"], way == "rotates"));
  }
  return Refused(400, "unsupported_grant_type");
}

}  // namespace qantara::simulator
