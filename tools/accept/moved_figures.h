// Which figures move in the acceptance of watches, and whether a watcher got
// each of them once.
#ifndef QANTARA_TOOLS_ACCEPT_MOVED_FIGURES_H_
#define QANTARA_TOOLS_ACCEPT_MOVED_FIGURES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace qantara::tools {

// A figure, and what becomes of it.
struct Move {
  std::string remote_id;
  std::string location_id;
  std::string previous;
  std::string quantity;
};

// Products with figures at three locations, as lines for the simulator's
// `--load`.
std::string StockCatalog(int products);

// Of every fiftieth product one figure; each round others. The same figure
// moves again after 50 rounds, and then to another quantity.
std::vector<Move> MovesOf(int products, int round);

// The same as the body for the simulator's admin endpoint.
std::string StockBody(const std::vector<Move>& moves);

// What one watcher got. Not thread-safe.
class MoveCheck {
 public:
  // From now on these may come, once each.
  void Expect(const std::vector<Move>& moves);

  // Takes messages in order. What is wrong is remembered.
  void Take(const std::vector<std::string>& messages);

  // Moves that did not come yet.
  size_t missing() const { return expected_.size(); }
  // What came and should not have, in words; at most kMaxFaults.
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  static constexpr size_t kMaxFaults = 10;

  // Product and location.
  using Figure = std::pair<std::string, std::string>;

  void Fault(std::string what);

  absl::flat_hash_map<Figure, Move> expected_;
  std::vector<std::string> faults_;
  uint64_t position_ = 0;
  // Whether the present position may come again.
  bool more_ = false;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_ACCEPT_MOVED_FIGURES_H_
