// Categories, taxes, units, tax reasons, accounts and locations of a company:
// plain rows, kept as the JSON that is answered.
#ifndef TOOLS_SIMULATOR_REFERENCE_DATA_H_
#define TOOLS_SIMULATOR_REFERENCE_DATA_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tools/simulator/json.h"

namespace qantara::simulator {

// Rows of one resource, ordered by id. Not thread-safe.
class ReferenceTable {
 public:
  // Null pointer when there is none; valid until the next change.
  const Json* Find(int64_t id) const;
  // Adds `row`, with the next free id unless it brings one; the row with an id
  // in use is replaced. Returns the row as stored.
  const Json& Put(const Json& row);
  // Sets members of a row. False: no such row.
  bool Change(int64_t id, const Json& members);
  bool Erase(int64_t id);
  void Clear() { rows_.clear(); }
  const std::vector<Json>& rows() const { return rows_; }

 private:
  int64_t next_id_ = 1;
  std::vector<Json> rows_;
};

// By the resource's path segment: "categories", "taxes", "inventories",
// "product_unit_types", "special_tax_reasons", "accounts".
using ReferenceTables = std::map<std::string, ReferenceTable>;

// What every company starts with: categories 1 to 7, 42 and a child; taxes 1
// (15 %), 2 (zero), 3 (exempt); locations 3 (default), 4 and 5; a few units,
// reasons and accounts.
ReferenceTables DefaultReferenceTables();

// Fills `table` with generated rows until it has `count`.
void GrowReferenceTable(const std::string& resource, size_t count,
                        ReferenceTable* table);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_REFERENCE_DATA_H_
