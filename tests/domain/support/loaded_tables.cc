#include "tests/domain/support/loaded_tables.h"

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "domain/table_keys.h"

namespace qantara::domain {
namespace {

template <typename Row, typename Visit>
void VisitRows(const MemoryTables& tables, Table table,
               const std::string& prefix, const Visit& visit) {
  for (const auto& [key, value] : tables.Scan(table)) {
    if (!absl::StartsWith(key, prefix)) continue;
    Row row;
    row.ParseFromString(value);
    visit(key, std::move(row));
  }
}

template <typename Row>
void LoadByText(const MemoryTables& tables, Table table,
                const std::string& prefix, std::map<std::string, Row>* out) {
  VisitRows<Row>(tables, table, prefix, [&](const std::string& key, Row row) {
    out->emplace(SecondText(key), std::move(row));
  });
}

template <typename Row>
void LoadByNumber(const MemoryTables& tables, Table table,
                  const std::string& prefix, std::map<uint64_t, Row>* out) {
  VisitRows<Row>(tables, table, prefix, [&](const std::string& key, Row row) {
    out->emplace(NumberOf(key), std::move(row));
  });
}

template <typename Row>
void LoadByItem(const MemoryTables& tables, Table table,
                const std::string& prefix, std::map<ItemName, Row>* out) {
  VisitRows<Row>(tables, table, prefix, [&](const std::string& key, Row row) {
    out->emplace(ItemName(SecondText(key), LineOfItemKey(key)), std::move(row));
  });
}

}  // namespace

LoadedTables LoadTables(const MemoryTables& tables,
                        const std::string& connection) {
  const std::string prefix = TextKey(connection);
  LoadedTables loaded;
  LoadByText(tables, Table::kImports, prefix, &loaded.imports);
  LoadByItem(tables, Table::kItems, prefix, &loaded.items);
  LoadByItem(tables, Table::kParkedItems, prefix, &loaded.parked_items);
  LoadByNumber(tables, Table::kParkedUpdates, prefix, &loaded.parked_updates);
  LoadByNumber(tables, Table::kProducts, prefix, &loaded.products);
  LoadByText(tables, Table::kSkus, prefix, &loaded.skus);
  LoadByText(tables, Table::kExternalIds, prefix, &loaded.external_ids);
  LoadByText(tables, Table::kRemoteIds, prefix, &loaded.remote_ids);
  LoadByNumber(tables, Table::kOutbox, prefix, &loaded.outbox);
  LoadByNumber(tables, Table::kUpdateQueue, prefix, &loaded.update_queue);
  LoadByNumber(tables, Table::kIntents, prefix, &loaded.intents);
  LoadByNumber(tables, Table::kSuspects, prefix, &loaded.suspects);
  LoadByNumber(tables, Table::kUpdates, prefix, &loaded.updates);
  LoadByText(tables, Table::kRequests, prefix, &loaded.requests);
  LoadByText(tables, Table::kStock, prefix, &loaded.stock);
  LoadByText(tables, Table::kLocations, prefix, &loaded.locations);
  for (const auto& [key, value] : tables.Scan(Table::kStockBySku)) {
    if (!absl::StartsWith(key, prefix)) continue;
    loaded.stock_by_sku.emplace(SecondText(key), ThirdText(key));
  }
  for (const auto& [key, value] : tables.Scan(Table::kImportsByTime)) {
    if (!absl::StartsWith(key, prefix)) continue;
    const absl::string_view rest = absl::string_view(key).substr(prefix.size());
    loaded.imports_by_time.emplace(NumberOf(rest.substr(0, 8)),
                                   ImportIdOfTimeKey(key));
  }
  const auto& connections = tables.Scan(Table::kConnections);
  const auto row = connections.find(prefix);
  if (row != connections.end()) loaded.connection.ParseFromString(row->second);
  return loaded;
}

}  // namespace qantara::domain
