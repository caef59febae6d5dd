// The items of an import against the records of a complete reading: SKUs and
// ids.
#ifndef QANTARA_DOMAIN_VERIFY_IMPORT_CHECK_H_
#define QANTARA_DOMAIN_VERIFY_IMPORT_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/verification.pb.h"

namespace qantara::domain {

// One item: the record that it shall have.
struct CheckedItem {
  uint32_t line = 0;
  uint64_t product_id = 0;
  std::string remote_id;  // Empty: it has none any more.
  std::string sku;        // Empty: none.
};

// What is known of an item's record and its SKU.
struct Sighting {
  // The mapped record's SKU; nothing: there is no such record.
  std::optional<std::string> held_sku;
  // Other records that have the item's SKU.
  std::vector<std::string> other_ids;
};

// What the set of ids and SKUs of one item is called.
struct IdentityDifference {
  v1::VerifyDifferenceKind kind = v1::VERIFY_DIFFERENCE_KIND_UNSPECIFIED;
  // The mapped one first.
  std::vector<std::string> remote_ids;
  std::string message;
};

// Compares one item with what is known; nothing where all is well.
std::optional<IdentityDifference> CompareIdentity(const CheckedItem& item,
                                                  const Sighting& sighting);

// Which of `count` items stand for all: `size` of them, evenly spread.
bool IsInSample(size_t index, size_t count, size_t size);

// Keeps ids and SKUs of the items, and of the records only what does not fit:
// memory follows the items, not the catalog. Not thread-safe.
class ImportCheck {
 public:
  // Adds an item. Of two items with one remote id only the first is asked
  // about: they are one product.
  void Add(CheckedItem item);

  // Notes a record of the reading; returns the item that it is mapped to.
  std::optional<size_t> See(const v1::RemoteProduct& record);

  // Items that the reading did not show as they shall be, in order.
  std::vector<size_t> Suspects() const;

  // What the reading showed of an item.
  Sighting SightingOf(size_t index) const;

  const CheckedItem& item(size_t index) const { return entries_[index].item; }
  // Number of items, the second ones of a product included.
  size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    CheckedItem item;
    bool asked = true;
    bool seen = false;
  };

  std::deque<Entry> entries_;  // Does not move: the maps point into it.
  absl::flat_hash_map<absl::string_view, size_t> by_id_;
  // Items with one SKU: hardly ever more than one.
  absl::flat_hash_map<absl::string_view, std::vector<size_t>> by_sku_;
  // By item: the SKU that its record has instead.
  absl::flat_hash_map<size_t, std::string> held_skus_;
  // By item: other records with its SKU.
  absl::flat_hash_map<size_t, std::vector<std::string>> other_ids_;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_VERIFY_IMPORT_CHECK_H_
