// One reading of what the provider holds under some SKUs, for settling.
#ifndef QANTARA_SERVER_DELIVERY_READ_BACK_H_
#define QANTARA_SERVER_DELIVERY_READ_BACK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "domain/ports/product_gateway.h"
#include "server/delivery/remote_index.h"

namespace qantara::server {

// Takes whichever way costs the fewest requests among those that this provider
// has not been seen to ignore:
//
// - by id: what is above the lowest watermark, a page at a time, each asked for
//   by the last id of the one before. Ids that follow at once and are mapped
//   are not read: they belong to products that are settled.
// - by SKU, one after the other;
// - the whole catalog, page by page, where no filter is honoured, or where it
//   has fewer pages than SKUs are asked for. It counts only when it saw as many
//   records as any of its pages told of, and none told of fewer than the one
//   before it.
//
// Where a filter turns out to be ignored, or a request fails again and again
// (pages far down do at some providers), the reading begins again another way.
// Used on the worker's thread only.
class ReadBack {
 public:
  struct Goal {
    // The lowest watermark; empty: nothing was there before.
    std::string above;
    // SKUs to ask for where they are asked for one by one.
    std::vector<std::string> names;
    // Names that records are also kept by, where the provider has names.
    absl::flat_hash_set<std::string> api_names = {};
  };

  // Whether the record of an id is mapped to a product.
  using IsMapped = std::function<bool(const std::string& id)>;

  // `index` must outlive it.
  ReadBack(Goal goal, RemoteIndex& index, IsMapped is_mapped);

  // The next request; nothing when the reading is whole.
  std::optional<domain::ListQuery> Next();

  // Takes the answer to it, which is confirmed.
  void OnPage(const domain::PageAnswer& answer);
  // It failed, and not because too much was asked for: the same request comes
  // again, or, after five failures in a row, another way is taken.
  void OnFailure();
  // The provider has no such filter, and nothing was asked: another way is
  // taken.
  void OnLacking();

  bool is_whole() const { return whole_; }
  // Whether what was found settles anything yet: one by one each SKU is read to
  // its end; else a second record may stand further on.
  bool is_telling() const {
    return whole_ || (way_ == Way::kBySku && page_ == 1);
  }

  // What was found so far with one of the names or SKUs, or with a SKU that is
  // equal to one only after normalisation.
  const std::vector<v1::RemoteProduct>& records() const { return records_; }

 private:
  enum class Way { kById, kBySku, kWhole };

  // Whether it can be read so: not seen to be ignored or to fail.
  bool Can(Way way) const;
  Way CheapestWay() const;
  void Choose();
  size_t PagesById() const;
  std::string SkipMapped(std::string id) const;
  void Keep(const domain::PageAnswer& answer);
  void OnPageById(const domain::PageAnswer& answer, bool more);
  void OnPageBySku(const domain::PageAnswer& answer, bool more);
  void OnPageOfAll(const domain::PageAnswer& answer, bool more);

  const Goal goal_;
  RemoteIndex& index_;
  const IsMapped is_mapped_;
  absl::flat_hash_set<std::string> wanted_;  // Normalised.
  Way way_ = Way::kById;
  bool whole_ = false;
  bool no_ids_ = false;  // Reading by id costs more than was thought.
  int failures_ = 0;     // In a row, of the present request.
  absl::flat_hash_set<Way> failed_;
  std::string cursor_;    // By id.
  size_t pages_ = 0;      // By id, read so far.
  size_t next_name_ = 0;  // By SKU.
  uint32_t page_ = 1;     // By SKU, or of the whole catalog.
  uint32_t rows_ = 0;     // On the pages before, of the same listing.
  absl::flat_hash_set<std::string> seen_;  // Ids of the whole catalog.
  uint32_t most_ = 0;    // Records that a page of this walk told of.
  bool shrank_ = false;  // A later page of this walk told of fewer.
  int short_walks_ = 0;  // Walks that saw less than there is.
  std::vector<v1::RemoteProduct> records_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_READ_BACK_H_
