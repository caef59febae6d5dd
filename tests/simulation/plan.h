// What a simulated schedule consists of, before it is run.
#ifndef QANTARA_TESTS_SIMULATION_PLAN_H_
#define QANTARA_TESTS_SIMULATION_PLAN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "qantara/v1/product.pb.h"
#include "server/delivery/delivery_context.h"
#include "tests/simulation/fake_qoyod.h"
#include "tests/simulation/virtual_clock.h"

namespace qantara::simulation {

// One import: its lines in batches, and the time between its calls.
struct ImportPlan {
  std::string id;
  v1::ExistingPolicy policy = v1::EXISTING_POLICY_LINK;
  bool allow_missing_sku = false;
  WorldMillis begin = 0;
  int64_t pause = 0;
  std::vector<std::vector<v1::CatalogLine>> batches;
};

// One call of CreateProduct.
struct SinglePlan {
  std::string request_id;
  v1::ExistingPolicy policy = v1::EXISTING_POLICY_LINK;
  WorldMillis begin = 0;
  v1::CatalogLine line;
};

// One call of UpdateProduct, repeated while the product is not mapped.
struct UpdatePlan {
  std::string request_id;
  WorldMillis begin = 0;
  std::string sku;
  v1::Product fields;
};

// Something that happens to the server or to the world.
struct Incident {
  enum class Kind { kCrash, kReboot, kHandMade, kDeleted };
  Kind kind = Kind::kCrash;
  WorldMillis time = 0;
  std::string sku;
};

// Thousandths.
struct FaultRates {
  int write = 0;
  int read = 0;
  int crash_in_command = 0;
  int crash_in_request = 0;
  int slow_command = 0;
  // Faults that may happen before the world behaves for good.
  int at_most = 0;
  int crashes_at_most = 0;
};

struct Plan {
  uint64_t number = 0;
  uint64_t seed = 0;
  Habits habits;
  server::DeliveryBounds bounds;
  double requests_per_minute = 6000;
  int max_in_flight = 4;
  std::optional<absl::Duration> poll_interval;
  // Items per request at the start; 0: the default.
  uint32_t chunk_size = 0;
  // Records that are there before everything.
  std::vector<v1::Product> before;
  // The category that lines may name exists from then on; nothing: never.
  std::optional<WorldMillis> category_from;
  std::vector<ImportPlan> imports;
  std::vector<SinglePlan> singles;
  std::vector<UpdatePlan> updates;
  std::vector<Incident> incidents;
  FaultRates faults;
};

// The category that a plan's lines may name.
inline constexpr char kCategory[] = "7";

// The plan of a schedule: a function of its number.
Plan MakePlan(uint64_t number);

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_PLAN_H_
