#include "tests/simulation/versioned_tables.h"

#include <limits>
#include <utility>

namespace qantara::simulation {

using domain::Table;

// Rows as of one change.
class VersionedTables::Frozen final : public domain::TableSnapshot {
 public:
  explicit Frozen(const VersionedTables& tables)
      : tables_(tables), change_(tables.change_), position_(tables.position_) {
    ++tables_.snapshots_;
  }
  ~Frozen() override { --tables_.snapshots_; }

  absl::StatusOr<std::optional<std::string>> Get(
      Table table, absl::string_view key) const override {
    const Rows& rows = tables_.RowsOf(table);
    const auto row = rows.find(key);
    if (row == rows.end()) return std::optional<std::string>();
    const Version* version = At(row->second, change_);
    return version == nullptr ? std::optional<std::string>() : version->value;
  }

  domain::Position position() const override { return position_; }

  absl::Status Scan(Table table, absl::string_view begin, absl::string_view end,
                    const domain::RowVisitor& visit,
                    bool reverse) const override {
    const Rows& rows = tables_.RowsOf(table);
    auto first = rows.lower_bound(begin);
    auto last = end.empty() ? rows.end() : rows.lower_bound(end);
    while (first != last) {
      const auto row = reverse ? std::prev(last) : first;
      const Version* version = At(row->second, change_);
      if (version != nullptr && version->value.has_value() &&
          !visit(row->first, *version->value)) {
        break;
      }
      if (reverse) {
        last = row;
      } else {
        ++first;
      }
    }
    return absl::OkStatus();
  }

 private:
  const VersionedTables& tables_;
  const uint64_t change_;
  const domain::Position position_;
};

const VersionedTables::Version* VersionedTables::At(
    const std::vector<Version>& versions, uint64_t change) {
  for (auto version = versions.rbegin(); version != versions.rend();
       ++version) {
    if (version->change <= change) return &*version;
  }
  return nullptr;
}

absl::StatusOr<std::optional<std::string>> VersionedTables::Get(
    Table table, absl::string_view key) const {
  const Rows& rows = RowsOf(table);
  const auto row = rows.find(key);
  if (row == rows.end()) return std::optional<std::string>();
  return row->second.back().value;
}

void VersionedTables::Write(Table table, std::string key,
                            std::optional<std::string> value) {
  ++change_;
  Rows& rows = tables_[static_cast<size_t>(table)];
  if (snapshots_ == 0 && !value.has_value()) {
    rows.erase(key);
    return;
  }
  std::vector<Version>& versions = rows[std::move(key)];
  if (snapshots_ == 0) versions.clear();
  versions.push_back({change_, std::move(value)});
}

void VersionedTables::Put(Table table, std::string key, std::string value) {
  Write(table, std::move(key), std::move(value));
}

void VersionedTables::Delete(Table table, std::string key) {
  Write(table, std::move(key), std::nullopt);
}

absl::Status VersionedTables::Apply(domain::Position,
                                    absl::Span<const domain::TableWrite>) {
  return absl::UnimplementedError("rows are written by the fold");
}

bool VersionedTables::WaitFor(domain::Position position, absl::Duration) const {
  return position_ >= position;
}

std::unique_ptr<domain::TableSnapshot> VersionedTables::Snapshot() const {
  return std::make_unique<Frozen>(*this);
}

void VersionedTables::ForEach(
    Table table,
    const std::function<void(const std::string&, const std::string&)>& visit)
    const {
  for (const auto& [key, versions] : RowsOf(table)) {
    if (versions.back().value.has_value()) visit(key, *versions.back().value);
  }
}

size_t VersionedTables::CountRows(Table table) const {
  size_t count = 0;
  ForEach(table, [&](const std::string&, const std::string&) { ++count; });
  return count;
}

}  // namespace qantara::simulation
