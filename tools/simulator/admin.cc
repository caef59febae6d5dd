#include "tools/simulator/admin.h"

#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tools/simulator/admin_reports.h"
#include "tools/simulator/admin_request.h"
#include "tools/simulator/replies.h"

namespace qantara::simulator {
namespace {

constexpr int64_t kWaitMsDefault = 10'000;

bool Wants(const Json& body, absl::string_view part) {
  const Json* value = body.Find(part);
  return body.keys().empty() || (value != nullptr && value->boolean());
}

std::vector<std::string> Strings(const Json* value) {
  std::vector<std::string> list;
  if (value == nullptr) return list;
  if (value->is_string()) list.push_back(value->text());
  for (const Json& item : value->items()) list.push_back(item.text());
  return list;
}

}  // namespace

HttpReply Admin::Answer(const HttpRequest& request) {
  const std::vector<std::string> path = AdminPath(request);
  const std::string part = path.empty() ? "" : path[0];
  const std::string& method = request.method;
  if (auto reply = records_.Answer(request, world_)) return *reply;
  if (part == "faults") return Faults(request);
  if (part == "hold") return HoldRequests(request);
  if (method == "GET") {
    if (part == "state") {
      return ReportState(
          world_, [this](Company& company) { return records_.State(company); });
    }
    if (part == "journal") return ReportJournal(request, world_);
    if (part == "wait") return Wait(request);
  }
  if (method == "POST") {
    if (part == "reset") return Reset(request);
    if (part == "revoke_key") return Keys(request, true);
    if (part == "add_key") return Keys(request, false);
    if (part == "refuse") return Refuse(request);
    if (part == "release") {
      const absl::StatusOr<Json> body = AdminBody(request);
      if (!body.ok()) return AdminRefusal(body.status());
      const Json* count = body->Find("count");
      world_.hold.Release(count == nullptr ? 1
                                           : count->AsInteger().value_or(1));
      return AdminDone();
    }
  }
  return UrlNotFound();
}

HttpReply Admin::Faults(const HttpRequest& request) {
  if (request.method == "POST") {
    const absl::StatusOr<Json> body = AdminBody(request);
    if (!body.ok()) return AdminRefusal(body.status());
    if (absl::Status s = world_.faults.Set(*body); !s.ok()) {
      return AdminRefusal(s);
    }
  } else if (request.method == "DELETE") {
    world_.faults.Reset();
  } else if (request.method != "GET") {
    return UrlNotFound();
  }
  return JsonReply(200, world_.faults.ToJson().ToText());
}

HttpReply Admin::HoldRequests(const HttpRequest& request) {
  if (request.method == "POST") {
    const absl::StatusOr<Json> body = AdminBody(request);
    if (!body.ok()) return AdminRefusal(body.status());
    HoldRule rule;
    rule.methods = Strings(body->Find("methods"));
    rule.path = body->TextAt("path");
    if (body->TextAt("when") == "before") rule.point = HoldPoint::kBeforeApply;
    world_.hold.On(std::move(rule));
  } else if (request.method == "DELETE") {
    world_.hold.Off();
  } else if (request.method == "GET") {
    const int64_t wanted = QueryNumber(request, "waiting", 0);
    if (!world_.hold.WaitForHeld(
            wanted, QueryNumber(request, "timeout_ms", kWaitMsDefault))) {
      return AdminRefusal(absl::NotFoundError("not so many are held"));
    }
  }
  return JsonReply(200, absl::StrCat("{\"held\":", world_.hold.waiting(), "}"));
}

HttpReply Admin::Wait(const HttpRequest& request) {
  if (world_.journal.WaitForRequests(
          QueryNumber(request, "requests", 0),
          QueryNumber(request, "timeout_ms", kWaitMsDefault))) {
    return AdminDone();
  }
  return AdminRefusal(absl::NotFoundError("not so many requests came"));
}

HttpReply Admin::Reset(const HttpRequest& request) {
  const absl::StatusOr<Json> body = AdminBody(request);
  if (!body.ok()) return AdminRefusal(body.status());
  if (Wants(*body, "faults")) world_.faults.Reset();
  if (Wants(*body, "journal")) world_.journal.Clear();
  for (const auto& company : world_.companies) {
    records_.Forget(Wants(*body, "products"), Wants(*body, "reference"),
                    *company);
  }
  return AdminDone();
}

HttpReply Admin::Keys(const HttpRequest& request, bool revoke) {
  const absl::StatusOr<Json> body = AdminBody(request);
  if (!body.ok()) return AdminRefusal(body.status());
  const std::string key = body->TextAt("key");
  const std::string token = body->TextAt("token");
  const std::string refresh = body->TextAt("refresh_token");
  if (key.empty() && token.empty() && refresh.empty()) {
    return AdminRefusal(
        absl::InvalidArgumentError("key, token or refresh_token is needed"));
  }
  Company* owner = world_.FindCompany(body->TextAt("company"));
  if (owner == nullptr) {
    return AdminRefusal(absl::NotFoundError("no such company"));
  }
  if (!token.empty() && revoke) world_.tokens.Revoke(token);
  if (!token.empty() && !revoke) world_.tokens.AddAccess(token, owner->name);
  if (!refresh.empty() && revoke) world_.tokens.Revoke(refresh);
  if (!refresh.empty() && !revoke) {
    world_.tokens.AddRefresh(refresh, owner->name);
  }
  if (key.empty()) return AdminDone();
  for (const auto& company : world_.companies) {
    const std::lock_guard<std::mutex> lock(company->mutex);
    if (revoke) company->api_keys.erase(key);
    if (!revoke && company.get() == owner) company->api_keys.insert(key);
  }
  return AdminDone();
}

HttpReply Admin::Refuse(const HttpRequest& request) {
  const absl::StatusOr<Json> body = AdminBody(request);
  if (!body.ok()) return AdminRefusal(body.status());
  const Json* ms = body->Find("ms");
  if (ms == nullptr || ms->AsInteger().value_or(0) <= 0) {
    return AdminRefusal(absl::InvalidArgumentError("ms is needed"));
  }
  refuse_connections_(*ms->AsInteger());
  return AdminDone();
}

}  // namespace qantara::simulator
