// Clients that create and update single products through every crash.
#ifndef TOOLS_HOSTILE_CALL_PLAYERS_H_
#define TOOLS_HOSTILE_CALL_PLAYERS_H_

#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "qantara/v1/product_service.grpc.pb.h"
#include "tests/process/support/api_client.h"
#include "tools/hostile/run_state.h"

namespace qantara::tools {

// What was accepted, by product, in the order of acceptance, and which products
// were refused as double. Thread-safe.
class AnsweredUpdates {
 public:
  void Add(size_t product, const v1::Product& fields) {
    const std::lock_guard lock(mutex_);
    by_product_[product].push_back(fields);
  }
  // One was refused because the product's SKU exists more than once.
  void AddDouble(size_t product) {
    const std::lock_guard lock(mutex_);
    doubles_.insert(product);
  }
  // Read when all callers are through.
  const std::map<size_t, std::vector<v1::Product>>& by_product() const {
    return by_product_;
  }
  const std::set<size_t>& doubles() const { return doubles_; }

 private:
  std::mutex mutex_;
  std::map<size_t, std::vector<v1::Product>> by_product_;
  std::set<size_t> doubles_;
};

// Creates those products of the plan whose turn in the list, divided by the
// number of callers, leaves `caller`. Each call is repeated with its request id
// until it is answered for good.
void PlayCreates(RunState& state, size_t caller);

// The same for updates; all updates of a product are asked for by one caller,
// in their order, and repeated until the product is mapped.
void PlayUpdates(RunState& state, AnsweredUpdates& answered, size_t caller);

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_CALL_PLAYERS_H_
