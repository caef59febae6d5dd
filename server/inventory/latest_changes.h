// Changes folded into the latest one of each figure. Pure.
#ifndef QANTARA_SERVER_INVENTORY_LATEST_CHANGES_H_
#define QANTARA_SERVER_INVENTORY_LATEST_CHANGES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "qantara/v1/inventory_watch.pb.h"

namespace qantara::server {

// What a watch tells that wants no more than the latest. Each change that goes
// in comes out, or is counted by the one that comes out: a figure that came and
// went comes out as removed. Not thread-safe.
class LatestChanges {
 public:
  // Figures that may be waiting before they must be sent; a commit is taken
  // whole.
  static constexpr size_t kMaxFigures = 8192;

  void Add(v1::InventoryChange change);

  bool empty() const { return entries_.empty(); }
  bool full() const { return entries_.size() >= kMaxFigures; }

  // Returns one change per (product, location) and per renamed location, in the
  // order in which they changed last. Empty afterwards, and holds no memory: a
  // client that fell behind once does not cost more from then on.
  std::vector<v1::InventoryChange> Take();

 private:
  struct Entry {
    v1::InventoryChange latest;
    // Of the first change that went in.
    v1::InventoryChange::KindCase first_kind =
        v1::InventoryChange::KIND_NOT_SET;
    bool has_before = false;
    std::string before;
    uint32_t folded = 0;
    uint64_t order = 0;
  };

  static v1::InventoryChange Result(Entry entry);
  static void FoldLocation(v1::InventoryChange change, Entry* entry);

  uint64_t next_order_ = 0;
  std::vector<Entry> entries_;
  absl::flat_hash_map<std::string, size_t> places_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_LATEST_CHANGES_H_
