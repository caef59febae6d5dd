// The derived tables in memory, with snapshots that cost nothing.
#ifndef QANTARA_TESTS_SIMULATION_VERSIONED_TABLES_H_
#define QANTARA_TESTS_SIMULATION_VERSIONED_TABLES_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "domain/ports/tables.h"

namespace qantara::simulation {

// A store whose rows are written in place, by the fold. While a snapshot lives,
// a changed row keeps its earlier values for it. Not thread-safe.
class VersionedTables final : public domain::TableStore,
                              public domain::TableView {
 public:
  // TableStore and TableView.
  absl::StatusOr<std::optional<std::string>> Get(
      domain::Table table, absl::string_view key) const override;
  void Put(domain::Table table, std::string key, std::string value) override;
  void Delete(domain::Table table, std::string key) override;
  // Not used: rows are written by Put and Delete.
  absl::Status Apply(domain::Position through,
                     absl::Span<const domain::TableWrite> writes) override;
  domain::Position position() const override { return position_; }
  bool WaitFor(domain::Position position,
               absl::Duration deadline) const override;
  std::unique_ptr<domain::TableSnapshot> Snapshot() const override;

  // The rows reflect the events up to `position`.
  void set_position(domain::Position position) { position_ = position; }

  // Visits the present rows of the table in the order of their keys.
  void ForEach(domain::Table table,
               const std::function<void(const std::string&,
                                        const std::string&)>& visit) const;
  // Number of present rows.
  size_t CountRows(domain::Table table) const;

 private:
  class Frozen;

  // A value since the change of that number; nothing: the row was deleted.
  struct Version {
    uint64_t change;
    std::optional<std::string> value;
  };
  using Rows = std::map<std::string, std::vector<Version>, std::less<>>;

  static const Version* At(const std::vector<Version>& versions,
                           uint64_t change);
  void Write(domain::Table table, std::string key,
             std::optional<std::string> value);
  const Rows& RowsOf(domain::Table table) const {
    return tables_[static_cast<size_t>(table)];
  }

  static constexpr size_t kTables = 32;

  std::array<Rows, kTables> tables_;
  domain::Position position_ = 0;
  uint64_t change_ = 0;
  mutable int snapshots_ = 0;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_VERSIONED_TABLES_H_
