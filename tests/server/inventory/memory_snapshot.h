// A snapshot of tables in memory that counts what is read.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MEMORY_SNAPSHOT_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MEMORY_SNAPSHOT_H_

#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/tables.h"
#include "tests/domain/support/memory_tables.h"

namespace qantara::server {

// Shows the tables as they are when it is read. Not thread-safe.
class MemorySnapshot : public domain::TableSnapshot {
 public:
  explicit MemorySnapshot(const domain::MemoryTables& tables)
      : tables_(tables) {}

  absl::StatusOr<std::optional<std::string>> Get(
      domain::Table table, absl::string_view key) const override {
    ++rows_read_[table];
    return tables_.Get(table, key);
  }
  domain::Position position() const override { return 1; }
  absl::Status Scan(domain::Table table, absl::string_view begin,
                    absl::string_view end, const domain::RowVisitor& visit,
                    bool) const override {
    const auto& rows = tables_.Scan(table);
    for (auto row = rows.lower_bound(std::string(begin));
         row != rows.end() && (end.empty() || row->first < end); ++row) {
      ++rows_read_[table];
      if (!visit(row->first, row->second)) break;
    }
    return absl::OkStatus();
  }

  // Rows of the table that were asked for or visited.
  int rows_read(domain::Table table) const { return rows_read_[table]; }

 private:
  const domain::MemoryTables& tables_;
  mutable std::map<domain::Table, int> rows_read_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MEMORY_SNAPSHOT_H_
