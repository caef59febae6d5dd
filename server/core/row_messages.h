// Rows of the tables as messages of the public API. Pure.
#ifndef QANTARA_SERVER_CORE_ROW_MESSAGES_H_
#define QANTARA_SERVER_CORE_ROW_MESSAGES_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/catalog_service.pb.h"
#include "qantara/v1/product.pb.h"

namespace qantara::server {

// Counts as `of` tells them.
v1::ItemCounts ToCounts(const std::function<uint32_t(v1::ItemState)>& of);

// One import; `connection_state` is that of its connection.
v1::Import ToImport(const tables::v1::ImportRow& row,
                    v1::ConnectionState connection_state);

// One item. An id of 0 is an empty text.
v1::ImportItem ToImportItem(uint32_t line, const tables::v1::ItemRow& row);

// One product.
v1::MappedProduct ToMappedProduct(absl::string_view connection,
                                  const tables::v1::ProductRow& row);

// Our id as clients see it; empty for 0.
std::string ProductIdText(uint64_t product_id);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_ROW_MESSAGES_H_
