// Tables whose readers do not wait for a process that was killed.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_MORTAL_TABLES_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_MORTAL_TABLES_H_

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "domain/ports/tables.h"
#include "tests/server/inventory/model/process_files.h"

namespace qantara::server {

// Stands before the tables of a process. Thread-safe.
class MortalTables : public domain::TableStore {
 public:
  // Both must outlive it.
  MortalTables(domain::TableStore& tables, const ProcessFiles& files)
      : tables_(tables), files_(files) {}

  absl::StatusOr<std::optional<std::string>> Get(
      domain::Table table, absl::string_view key) const override {
    return tables_.Get(table, key);
  }
  absl::Status Apply(domain::Position through,
                     absl::Span<const domain::TableWrite> writes) override {
    return tables_.Apply(through, writes);
  }
  domain::Position position() const override { return tables_.position(); }
  bool WaitFor(domain::Position position,
               absl::Duration deadline) const override {
    constexpr absl::Duration kLook = absl::Milliseconds(20);
    while (true) {
      const absl::Duration part = std::min(deadline, kLook);
      if (tables_.WaitFor(position, part)) return true;
      deadline -= part;
      if (deadline <= absl::ZeroDuration() || files_.dead()) return false;
    }
  }
  std::unique_ptr<domain::TableSnapshot> Snapshot() const override {
    return tables_.Snapshot();
  }

 private:
  domain::TableStore& tables_;
  const ProcessFiles& files_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_MORTAL_TABLES_H_
