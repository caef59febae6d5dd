// One request to the simulated API while it is being answered.
#ifndef TOOLS_SIMULATOR_API_CALL_H_
#define TOOLS_SIMULATOR_API_CALL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// Used by one thread. `world` and `company` outlive it.
struct ApiCall {
  ApiCall(World* the_world, HttpRequest the_request)
      : world(*the_world), request(std::move(the_request)) {}

  World& world;
  Company* company = nullptr;  // Null until the credential was checked.
  HttpRequest request;
  std::string path;  // Below the base: "/products/12".
  std::vector<std::pair<std::string, std::string>> parameters;  // Of the query.
  bool arabic = false;  // Language of messages.

  // For the journal.
  int64_t journal_number = 0;
  std::string credential = "none";
  std::vector<AppliedChange> applied;
  std::vector<std::string> struck;
  std::vector<std::string> notes;

  // Asks whether the switch `name` strikes this request. One that asks for a
  // SKU has that as its item.
  std::optional<FaultParameters> Hit(absl::string_view name);

  // The same for one item of it. `sticky`: see FaultSubject.
  std::optional<FaultParameters> HitItem(absl::string_view name,
                                         const std::string& sku, bool sticky);

  // The form that the switch `name` asks for, else `fallback`.
  std::string Form(absl::string_view name, absl::string_view fallback);
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_API_CALL_H_
