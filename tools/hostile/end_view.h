// What provider and server hold when a hostile run is over.
#ifndef TOOLS_HOSTILE_END_VIEW_H_
#define TOOLS_HOSTILE_END_VIEW_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "qantara/v1/catalog_service.pb.h"
#include "tools/hostile/hostile_run.h"
#include "tools/simulator/json.h"

namespace qantara::tools {

struct EndView {
  // The provider's records by SKU, ids ascending.
  std::map<std::string, std::vector<simulator::Json>> records;
  // Ids of records that were applied after their client had been left.
  std::set<std::string> late_ids;
  // Every request that the provider saw, with bodies.
  std::vector<simulator::Json> journal;
  // By SKU.
  std::map<std::string, v1::MappedProduct> products;
  // By place in the plan.
  std::vector<v1::Import> imports;
  std::vector<std::vector<v1::ImportItem>> items;
  // SKUs that VerifyImport names as duplicates; nothing where the server does
  // not verify.
  std::optional<std::set<std::string>> verified_duplicates;
  // Its other differences, in words.
  std::vector<std::string> verified_differences;
  // What VerifyImport was answered, where it failed.
  std::string verify_error;
};

// Reads both. The server must be up.
EndView ReadEndView(HostileRun& run);

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_END_VIEW_H_
