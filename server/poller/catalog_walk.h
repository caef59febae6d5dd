// One walk over all pages of the remote catalog: what to ask for next, which
// records are new, and whether everything was seen.
#ifndef QANTARA_SERVER_POLLER_CATALOG_WALK_H_
#define QANTARA_SERVER_POLLER_CATALOG_WALK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "domain/ports/product_gateway.h"
#include "qantara/v1/product.pb.h"

namespace qantara::server {

// A walk is complete when it saw as many products as the provider said there
// are, or, where it says nothing, when a page brought none that is new. Rows
// that move between pages, pages that repeat and a provider that ignores paging
// are seen through: a record counts once. Where a page far down fails again and
// again, the walk goes on by id, behind the highest one that it saw. Keeps the
// ids. Not thread-safe.
class CatalogWalk {
 public:
  static constexpr uint32_t kPageRows = 100;
  // Pages of one walk: ten million products.
  static constexpr uint32_t kMaxPages = 100'000;
  // Tries of one page before it goes on by id, or is given up. Being throttled
  // is none.
  static constexpr int kMaxFailures = 5;

  enum class Step {
    kOn,         // Ask for `Query` again: the next page, or the same.
    kComplete,   // Everything was seen.
    kIncomplete  // What was not seen may exist.
  };

  // The page to ask for.
  domain::ListQuery Query() const;

  // Takes the answer to `Query`. `fresh` becomes its records that were not seen
  // before, in order; they point into `answer`.
  Step Take(const domain::PageAnswer& answer,
            std::vector<const v1::RemoteProduct*>* fresh);

  // Records seen.
  size_t records() const { return ids_.size(); }
  // Whether a record was seen.
  bool Contains(const std::string& id) const { return ids_.contains(id); }
  // Records that the provider last said it has.
  std::optional<uint32_t> total() const { return total_; }

 private:
  Step TakeFailure(const domain::PageAnswer& answer);

  uint32_t page_ = 1;
  // Go on behind the highest id, because pages far down fail.
  bool by_id_ = false;
  std::string highest_id_;
  int failures_ = 0;
  std::optional<uint32_t> total_;
  absl::flat_hash_set<std::string> ids_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_CATALOG_WALK_H_
