// All rows of one connection, parsed and by their keys, for checks across
// tables.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_LOADED_TABLES_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_LOADED_TABLES_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "qantara/tables/v1/rows.pb.h"
#include "tests/domain/support/memory_tables.h"

namespace qantara::domain {

// Import and line.
using ItemName = std::pair<std::string, uint32_t>;

// The rows; products, outbox, queue, intents, groups and updates by number.
struct LoadedTables {
  std::map<std::string, tables::v1::ImportRow> imports;
  std::map<ItemName, tables::v1::ItemRow> items;
  std::map<uint64_t, tables::v1::ProductRow> products;
  std::map<std::string, tables::v1::ProductPointer> skus;
  std::map<std::string, tables::v1::ProductPointer> external_ids;
  std::map<std::string, tables::v1::ProductPointer> remote_ids;
  std::map<uint64_t, tables::v1::OutboxRow> outbox;
  std::map<uint64_t, tables::v1::UpdateQueueRow> update_queue;
  std::map<uint64_t, tables::v1::IntentRow> intents;
  std::map<uint64_t, tables::v1::SuspectRow> suspects;
  std::map<uint64_t, tables::v1::UpdateRow> updates;
  std::map<std::string, tables::v1::RequestRow> requests;
  std::map<std::string, tables::v1::StockRow> stock;
  // SKU and remote id.
  std::set<std::pair<std::string, std::string>> stock_by_sku;
  std::map<std::string, tables::v1::LocationRow> locations;
  std::map<ItemName, tables::v1::ParkedRow> parked_items;
  std::map<uint64_t, tables::v1::ParkedRow> parked_updates;
  // Position that opened the import, and its name.
  std::map<uint64_t, std::string> imports_by_time;
  tables::v1::ConnectionRow connection;
};

// Loads what `tables` hold of `connection`.
LoadedTables LoadTables(const MemoryTables& tables,
                        const std::string& connection);

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_LOADED_TABLES_H_
