#include "tools/simulator/oauth.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {

std::string TokenBook::NewToken(absl::string_view prefix) {
  const std::string number = absl::StrCat(++issued_);
  return absl::StrFormat("%s_%s_%016x", prefix, number,
                         MixedHash(seed_, "token", number));
}

void TokenBook::AddAccess(const std::string& token,
                          const std::string& company) {
  const std::lock_guard<std::mutex> lock(mutex_);
  access_[token] = {company};
}

void TokenBook::AddRefresh(const std::string& token,
                           const std::string& company) {
  const std::lock_guard<std::mutex> lock(mutex_);
  refresh_[token] = company;
}

std::string TokenBook::UseAccess(const std::string& token,
                                 int64_t lifetime_requests, int64_t now_ms) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto at = access_.find(token);
  if (at == access_.end()) return "";
  Access& access = at->second;
  if (access.expires_ms > 0 && now_ms >= access.expires_ms) return "";
  if (lifetime_requests > 0 && access.uses >= lifetime_requests) return "";
  ++access.uses;
  return access.company;
}

TokenBook::Pair TokenBook::Issue(const std::string& company,
                                 int64_t expires_ms) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Pair pair = {NewToken("qyd_at"), NewToken("qyd_rt")};
  access_[pair.access] = {company, 0, expires_ms};
  refresh_[pair.refresh] = company;
  return pair;
}

TokenBook::Pair TokenBook::Refresh(const std::string& refresh, bool rotate,
                                   int64_t expires_ms) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto at = refresh_.find(refresh);
  if (at == refresh_.end()) return {};
  const std::string company = at->second;
  Pair pair = {NewToken("qyd_at"), refresh};
  access_[pair.access] = {company, 0, expires_ms};
  if (rotate) {
    refresh_.erase(at);
    pair.refresh = NewToken("qyd_rt");
    refresh_[pair.refresh] = company;
  }
  return pair;
}

bool TokenBook::UseCode(const std::string& code) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return codes_.insert(code).second;
}

void TokenBook::Revoke(const std::string& token) {
  const std::lock_guard<std::mutex> lock(mutex_);
  access_.erase(token);
  refresh_.erase(token);
}

}  // namespace qantara::simulator
