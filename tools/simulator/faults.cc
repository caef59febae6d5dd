#include "tools/simulator/faults.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

bool Selects(const FaultParameters& parameters, const FaultSubject& subject) {
  const std::vector<std::string> methods = parameters.List("methods");
  if (!methods.empty() && std::find(methods.begin(), methods.end(),
                                    subject.method) == methods.end()) {
    return false;
  }
  const std::string path = parameters.Text("path", "");
  if (!absl::StartsWith(subject.path, path)) return false;
  std::vector<std::string> skus = parameters.List("skus");
  if (parameters.Has("sku")) skus.push_back(parameters.Text("sku", ""));
  if (!skus.empty() &&
      std::find(skus.begin(), skus.end(), subject.sku) == skus.end()) {
    return false;
  }
  const std::string company = parameters.Text("company", "");
  return company.empty() || company == subject.company;
}

}  // namespace

int64_t FaultParameters::Number(absl::string_view name,
                                int64_t fallback) const {
  return static_cast<int64_t>(Fraction(name, static_cast<double>(fallback)));
}

double FaultParameters::Fraction(absl::string_view name,
                                 double fallback) const {
  const Json* value = object_.Find(name);
  double number = 0;
  if (value == nullptr || !absl::SimpleAtod(value->text(), &number)) {
    return fallback;
  }
  // Far above every wait and count, far below where a cast would overflow.
  return std::min(number, 1e15);
}

std::string FaultParameters::Text(absl::string_view name,
                                  absl::string_view fallback) const {
  const Json* value = object_.Find(name);
  return value == nullptr ? std::string(fallback) : value->text();
}

bool FaultParameters::Flag(absl::string_view name, bool fallback) const {
  const Json* value = object_.Find(name);
  return value == nullptr ? fallback : value->boolean();
}

std::vector<std::string> FaultParameters::List(absl::string_view name) const {
  std::vector<std::string> list;
  const Json* value = object_.Find(name);
  if (value == nullptr) return list;
  if (value->is_string()) list.push_back(value->text());
  for (const Json& item : value->items()) list.push_back(item.text());
  return list;
}

absl::Status FaultBook::Set(const Json& switches) {
  if (!switches.is_object()) {
    return absl::InvalidArgumentError("switches are a JSON object");
  }
  std::vector<std::pair<std::string, std::optional<Json>>> changes;
  for (size_t i = 0; i < switches.keys().size(); ++i) {
    const std::string& name = switches.keys()[i];
    const Json& given = switches.items()[i];
    absl::StatusOr<Json> parameters = NormalizeFault(
        provider_, name, given.is_null() ? Json::Bool(false) : given);
    if (!parameters.ok()) return parameters.status();
    const bool off = given.is_null() || (given.is_bool() && !given.boolean());
    changes.emplace_back(name,
                         off ? std::nullopt : std::optional<Json>(*parameters));
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  for (auto& [name, parameters] : changes) {
    on_.erase(name);
    if (parameters) on_[name] = Entry{std::move(*parameters), 0, 0};
  }
  return absl::OkStatus();
}

void FaultBook::Reset() {
  const std::lock_guard<std::mutex> lock(mutex_);
  on_.clear();
}

std::optional<FaultParameters> FaultBook::Hit(absl::string_view name,
                                              const FaultSubject& subject) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto at = on_.find(std::string(name));
  if (at == on_.end()) return std::nullopt;
  Entry& entry = at->second;
  FaultParameters parameters(entry.parameters);
  if (!Selects(parameters, subject)) return std::nullopt;
  const int64_t ordinal = entry.matched++;
  if (ordinal < parameters.Number("skip", 0)) return std::nullopt;
  if (parameters.Has("count") &&
      entry.struck >= parameters.Number("count", 0)) {
    return std::nullopt;
  }
  if (parameters.Has("rate")) {
    const std::string key =
        subject.sticky ? subject.sku : absl::StrCat(ordinal);
    if (MixedFraction(seed_, name, key) >= parameters.Fraction("rate", 1)) {
      return std::nullopt;
    }
  }
  ++entry.struck;
  return parameters;
}

Json FaultBook::ToJson() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  Json all = Json::Object();
  for (const auto& [name, entry] : on_) {
    Json one = Json::Object();
    one.Add("parameters", entry.parameters);
    one.Add("matched", Json::Integer(entry.matched));
    one.Add("struck", Json::Integer(entry.struck));
    all.Add(name, std::move(one));
  }
  return all;
}

}  // namespace qantara::simulator
