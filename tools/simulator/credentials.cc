#include "tools/simulator/credentials.h"

#include <mutex>
#include <string>

#include "absl/strings/match.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

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
        lifetime ? lifetime->Number("requests", 0) : 0, NowMs());
    return name.empty() ? nullptr : call.world.FindCompany(name);
  }
  call.credential = "raw";
  if (call.world.provider == SwitchOwner::kQwoty) return nullptr;
  if (call.Hit("refuse_raw_authorization")) return nullptr;
  return CompanyOfKey(call.world, std::string(header));
}

}  // namespace

void Authenticate(ApiCall& call) {
  const absl::string_view key = call.request.Header("API-KEY");
  const absl::string_view authorization = call.request.Header("Authorization");
  Company* company = nullptr;
  if (!authorization.empty()) company = Authorized(call, authorization);
  if (!key.empty() && call.world.provider == SwitchOwner::kQoyod) {
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

}  // namespace qantara::simulator
