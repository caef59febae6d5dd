// Rows that the events of one commit changed.
#ifndef QANTARA_STORE_LAYER_H_
#define QANTARA_STORE_LAYER_H_

#include <cstddef>
#include <cstdint>
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
  Layer() : index_(0, NameHash{&writes_}, NameEqual{&writes_}) {}

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

  struct NameHash {
    using is_transparent = void;
    size_t operator()(const RowName& name) const { return name.hash; }
    size_t operator()(uint32_t index) const {
      const domain::TableWrite& write = (*writes)[index];
      return absl::HashOf(write.table, absl::string_view(write.key));
    }
    const Writes* writes;
  };

  struct NameEqual {
    using is_transparent = void;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t index, const RowName& name) const {
      const domain::TableWrite& write = (*writes)[index];
      return write.table == name.table && write.key == name.key;
    }
    bool operator()(const RowName& name, uint32_t index) const {
      return (*this)(index, name);
    }
    const Writes* writes;
  };

  Writes writes_;
  // Places in `writes_`, found by the row's name.
  absl::flat_hash_set<uint32_t, NameHash, NameEqual> index_;
  size_t bytes_ = 0;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_LAYER_H_
