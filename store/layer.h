// Rows that the events of one commit changed.
#ifndef QANTARA_STORE_LAYER_H_
#define QANTARA_STORE_LAYER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "domain/ports/tables.h"

namespace qantara::store {

// Names a row. `hash` is computed once for looking into several layers.
struct RowName {
  RowName(domain::Table named_table, absl::string_view named_key)
      : table(named_table),
        key(named_key),
        hash(absl::HashOf(named_table, named_key)) {}

  domain::Table table;
  absl::string_view key;
  size_t hash;
};

// The last value of each changed row, in the order of its first change. One
// thread at a time while it changes; then any number.
class Layer {
 public:
  // Makes room for `expected_rows`; it grows beyond by itself.
  explicit Layer(size_t expected_rows = 0);

  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  // Sets the row, or deletes it where there is no value.
  void Set(domain::Table table, std::string key,
           std::optional<std::string> value);

  // Returns the change of that row, or null.
  const domain::TableWrite* Find(const RowName& name) const;

  absl::Span<const domain::TableWrite> writes() const { return writes_; }

  // Memory of the rows, roughly.
  size_t bytes() const { return bytes_; }

  // Position that the tables reflect with this layer.
  domain::Position through = 0;

 private:
  using Writes = std::vector<domain::TableWrite>;

  // A row's place in `writes_`. Its hash is kept: a growing index, and most
  // comparisons, need not look at the name.
  struct Entry {
    size_t hash;
    size_t place;
  };

  struct EntryHash {
    using is_transparent = void;
    size_t operator()(const RowName& name) const { return name.hash; }
    size_t operator()(const Entry& entry) const { return entry.hash; }
  };

  struct EntryEqual {
    using is_transparent = void;
    bool operator()(const Entry& a, const Entry& b) const {
      return a.place == b.place;
    }
    bool operator()(const Entry& entry, const RowName& name) const {
      if (entry.hash != name.hash) return false;
      const domain::TableWrite& write = (*writes)[entry.place];
      return write.table == name.table && write.key == name.key;
    }
    bool operator()(const RowName& name, const Entry& entry) const {
      return (*this)(entry, name);
    }
    const Writes* writes;
  };

  Writes writes_;
  absl::flat_hash_set<Entry, EntryHash, EntryEqual> index_;
  size_t bytes_ = 0;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_LAYER_H_
