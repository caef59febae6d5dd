// Answers questions about products from the tables.
#ifndef QANTARA_SERVER_CORE_PRODUCT_READER_H_
#define QANTARA_SERVER_CORE_PRODUCT_READER_H_

#include "absl/status/statusor.h"
#include "qantara/v1/product_service.pb.h"
#include "server/core/connections.h"
#include "server/core/fresh_tables.h"

namespace qantara::server {

// What the reading calls of ProductService do. Blocks. Thread-safe.
class ProductReader {
 public:
  ProductReader(const Connections& connections, const FreshTables& tables)
      : connections_(connections), tables_(tables) {}

  absl::StatusOr<v1::GetProductResponse> Get(
      const v1::GetProductRequest& request) const;
  absl::StatusOr<v1::ListProductsResponse> List(
      const v1::ListProductsRequest& request) const;

 private:
  const Connections& connections_;
  const FreshTables& tables_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_PRODUCT_READER_H_
