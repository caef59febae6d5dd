// The switches that are on, and the decision whether one strikes now. The same
// seed, switches and order of requests give the same decisions.
#ifndef TOOLS_SIMULATOR_FAULTS_H_
#define TOOLS_SIMULATOR_FAULTS_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "tools/simulator/fault_switches.h"
#include "tools/simulator/json.h"

namespace qantara::simulator {

// Parameters of a switch, read with defaults.
class FaultParameters {
 public:
  explicit FaultParameters(Json object) : object_(std::move(object)) {}

  bool Has(absl::string_view name) const {
    return object_.Find(name) != nullptr;
  }
  int64_t Number(absl::string_view name, int64_t fallback) const;
  double Fraction(absl::string_view name, double fallback) const;
  std::string Text(absl::string_view name, absl::string_view fallback) const;
  bool Flag(absl::string_view name, bool fallback) const;
  // A string counts as a list of one.
  std::vector<std::string> List(absl::string_view name) const;

 private:
  Json object_;
};

// What a switch may select by. Empty parts match only switches that do not ask
// for them.
struct FaultSubject {
  std::string method;
  std::string path;  // Below the base: "/products/12".
  std::string company;
  std::string sku;  // Of the item in question, when there is one.
  // True: `rate` is a property of the SKU, which always strikes or never does.
  bool sticky = false;
};

// Thread-safe.
class FaultBook {
 public:
  explicit FaultBook(uint64_t seed, SwitchOwner provider = SwitchOwner::kQoyod)
      : seed_(seed), provider_(provider) {}

  // Turns on every switch named in `switches`, in place of what was set for
  // it; null or false turns one off. Errors: kInvalidArgument; then nothing
  // has changed.
  absl::Status Set(const Json& switches);

  // Turns everything off.
  void Reset();

  // The parameters when the switch is on and strikes `subject`: methods, path
  // prefix, company and SKUs fit, the first `skip` matches are over, `rate`
  // says so and fewer than `count` have struck.
  std::optional<FaultParameters> Hit(absl::string_view name,
                                     const FaultSubject& subject);

  // What is on, with how often each was asked and struck.
  Json ToJson() const;

  uint64_t seed() const { return seed_; }

 private:
  struct Entry {
    Json parameters;
    int64_t matched = 0;
    int64_t struck = 0;
  };

  const uint64_t seed_;
  const SwitchOwner provider_;
  mutable std::mutex mutex_;
  std::map<std::string, Entry> on_;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_FAULTS_H_
