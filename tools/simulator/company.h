// One company at the simulated Qoyod, with its keys, products and reference
// data, or one workspace at the simulated Qwoty.
#ifndef TOOLS_SIMULATOR_COMPANY_H_
#define TOOLS_SIMULATOR_COMPANY_H_

#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "tools/simulator/product_table.h"
#include "tools/simulator/qwoty_table.h"
#include "tools/simulator/rate_limit.h"
#include "tools/simulator/reference_data.h"

namespace qantara::simulator {

// The specification's first imported product has this id.
inline constexpr int64_t kFirstProductId = 1087;

struct Company {
  Company(std::string company_name, std::string key)
      : name(std::move(company_name)),
        api_keys({key}),
        client_secret(std::move(key)) {}

  const std::string name;

  // Guards everything below.
  std::mutex mutex;
  std::set<std::string> api_keys;
  std::string client_secret;  // OAuth: the first key; client_id is the name.
  ProductTable products{kFirstProductId};
  ReferenceTables reference = DefaultReferenceTables();
  QwotyTable variants;  // The products of a workspace.
  RateLimit limit;
  int64_t random_moves = 0;  // Calls of MoveRandomStock.
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_COMPANY_H_
