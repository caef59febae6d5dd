#include "tools/simulator/api_call.h"

#include <algorithm>

namespace qantara::simulator {

std::optional<FaultParameters> ApiCall::Hit(absl::string_view name) {
  for (const auto& [key, value] : parameters) {
    if (key == "q[sku_eq]") return HitItem(name, value, false);
  }
  return HitItem(name, "", false);
}

std::optional<FaultParameters> ApiCall::HitItem(absl::string_view name,
                                                const std::string& sku,
                                                bool sticky) {
  FaultSubject subject;
  subject.method = request.method;
  subject.path = path;
  if (company != nullptr) subject.company = company->name;
  subject.sku = sku;
  subject.sticky = sticky;
  std::optional<FaultParameters> hit = world.faults.Hit(name, subject);
  if (hit && std::find(struck.begin(), struck.end(), std::string(name)) ==
                 struck.end()) {
    struck.emplace_back(name);
  }
  return hit;
}

std::string ApiCall::Form(absl::string_view name, absl::string_view fallback) {
  const std::optional<FaultParameters> hit = Hit(name);
  return hit ? hit->Text("form", fallback) : std::string(fallback);
}

}  // namespace qantara::simulator
