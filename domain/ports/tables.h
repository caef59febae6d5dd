// The derived tables: what the events add up to, as keys and values.
//
// Keys are made by domain/table_keys.h, values are serialized rows of
// qantara.tables.v1. Only the fold writes.
#ifndef QANTARA_DOMAIN_PORTS_TABLES_H_
#define QANTARA_DOMAIN_PORTS_TABLES_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "domain/ports/event_log.h"

namespace qantara::domain {

// The tables. The numbers are on disk.
enum class Table : uint8_t {
  kConnections = 1,
  kImports = 2,
  kItems = 3,
  kProducts = 4,
  kSkus = 5,
  kExternalIds = 6,
  kRemoteIds = 7,
  kOutbox = 8,
  kUpdateQueue = 9,
  kIntents = 10,
  kSuspects = 11,
  kUpdates = 12,
  kRequests = 13,
  kStock = 14,
  // (connection, open position, import id) -> nothing; newest imports last.
  kImportsByTime = 15,
  kParkedItems = 16,
  kParkedUpdates = 17,
  kLocations = 18,
  // (connection, SKU as the provider tells it, remote id) -> nothing.
  kStockBySku = 19,
};

inline constexpr Table kAllTables[] = {
    Table::kConnections, Table::kImports,       Table::kItems,
    Table::kProducts,    Table::kSkus,          Table::kExternalIds,
    Table::kRemoteIds,   Table::kOutbox,        Table::kUpdateQueue,
    Table::kIntents,     Table::kSuspects,      Table::kUpdates,
    Table::kRequests,    Table::kStock,         Table::kImportsByTime,
    Table::kParkedItems, Table::kParkedUpdates, Table::kLocations,
    Table::kStockBySku,
};

// One change of one row. Without value the row is deleted.
struct TableWrite {
  Table table;
  std::string key;
  std::optional<std::string> value;
};

// Reads single rows.
class TableReader {
 public:
  virtual ~TableReader() = default;

  // Returns the row, or nothing where there is none.
  //
  // Errors: kDataLoss when the row cannot be read back.
  virtual absl::StatusOr<std::optional<std::string>> Get(
      Table table, absl::string_view key) const = 0;
};

// What a fold writes to; it reads its own writes.
class TableView : public TableReader {
 public:
  virtual void Put(Table table, std::string key, std::string value) = 0;
  virtual void Delete(Table table, std::string key) = 0;
};

// Visits one row; returns whether to go on.
using RowVisitor =
    std::function<bool(absl::string_view key, absl::string_view value)>;

// Rows as of one position. Thread-safe. Holds that state in memory and on disk
// until it is destroyed: keep it for one answer, not for a connection's life.
class TableSnapshot : public TableReader {
 public:
  // Position of the last event that the rows reflect.
  virtual Position position() const = 0;

  // Visits the rows with `begin` <= key < `end` in byte order, or in the
  // opposite order when `reverse`. An empty `end` is the end of the table.
  //
  // Errors: kDataLoss.
  virtual absl::Status Scan(Table table, absl::string_view begin,
                            absl::string_view end, const RowVisitor& visit,
                            bool reverse = false) const = 0;
};

// The tables on disk. Thread-safe; Apply is called by one thread at a time, in
// the order of positions.
class TableStore : public TableReader {
 public:
  // Writes the rows that follow from the events up to `through`, all or none.
  // May be lost in a crash of the machine: then the tables are those of an
  // earlier position and the events after it are folded again.
  //
  // Errors: kUnavailable when nothing can be written any more.
  virtual absl::Status Apply(Position through,
                             absl::Span<const TableWrite> writes) = 0;

  // Position of the last event that the rows reflect.
  virtual Position position() const = 0;

  // Waits until `position()` is at least `position`, or `deadline` (a duration
  // from now) has passed; returns whether it is.
  virtual bool WaitFor(Position position, absl::Duration deadline) const = 0;

  virtual std::unique_ptr<TableSnapshot> Snapshot() const = 0;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_PORTS_TABLES_H_
