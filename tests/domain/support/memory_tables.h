// The derived tables in memory: a fake of TableView for tests of the domain.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_MEMORY_TABLES_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_MEMORY_TABLES_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/tables.h"

namespace qantara::domain {

// Keys and values in byte order, as a store would scan them. Not thread-safe.
class MemoryTables : public TableView {
 public:
  using Rows = std::map<std::string, std::string>;

  absl::StatusOr<std::optional<std::string>> Get(
      Table table, absl::string_view key) const override {
    const Rows& rows = Scan(table);
    const auto row = rows.find(std::string(key));
    if (row == rows.end()) return std::optional<std::string>();
    return std::optional<std::string>(row->second);
  }

  void Put(Table table, std::string key, std::string value) override {
    tables_[table][std::move(key)] = std::move(value);
  }

  void Delete(Table table, std::string key) override {
    tables_[table].erase(key);
  }

  // All rows of the table by key.
  const Rows& Scan(Table table) const {
    static const Rows* const kNone = new Rows;
    const auto found = tables_.find(table);
    return found == tables_.end() ? *kNone : found->second;
  }

  // The rows of the table by key, parsed; a row of another kind is left empty.
  template <typename Row>
  std::vector<std::pair<std::string, Row>> ParsedRows(Table table) const {
    std::vector<std::pair<std::string, Row>> parsed;
    for (const auto& [key, value] : Scan(table)) {
      parsed.emplace_back(key, Row());
      parsed.back().second.ParseFromString(value);
    }
    return parsed;
  }

  // Whether every table has the same bytes.
  bool SameAs(const MemoryTables& other) const {
    for (const Table table : kAllTables) {
      if (Scan(table) != other.Scan(table)) return false;
    }
    return true;
  }

 private:
  std::map<Table, Rows> tables_;
};

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_MEMORY_TABLES_H_
