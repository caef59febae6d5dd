#include "server/core/product_reader.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "domain/error.h"
#include "domain/find_product.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "server/core/page_token.h"
#include "server/core/product_key.h"
#include "server/core/row_messages.h"

namespace qantara::server {
namespace {

using domain::Table;

constexpr uint32_t kDefaultProducts = 100;
// Longest prefix in bytes: 250 characters of 4 bytes.
constexpr size_t kMaxSkuPrefixBytes = 1000;

// The start of the keys of SKUs that begin with `prefix`: the key of the text
// without the two bytes that end it.
std::string SkuPrefixKey(absl::string_view connection,
                         absl::string_view prefix) {
  std::string key = domain::TextKey(connection, prefix);
  key.resize(key.size() - 2);
  return key;
}

// Adds the product behind a row of the SKU index, unless the SKU is a former
// one of it.
absl::Status AddProduct(const domain::TableSnapshot& tables,
                        const std::string& connection, absl::string_view value,
                        v1::ListProductsResponse* response) {
  tables::v1::ProductPointer pointer;
  if (!pointer.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
    return domain::MakeError(absl::StatusCode::kDataLoss,
                             v1::ERROR_REASON_LOG_DAMAGED,
                             "unreadable row of a SKU");
  }
  if (pointer.former()) return absl::OkStatus();
  QANTARA_ASSIGN_OR_RETURN(
      const tables::v1::ProductRow row,
      domain::GetRow<tables::v1::ProductRow>(
          tables, Table::kProducts,
          domain::NumberKey(connection, pointer.product_id())));
  *response->add_products() = ToMappedProduct(connection, row);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::GetProductResponse> ProductReader::Get(
    const v1::GetProductRequest& request) const {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      connections_.Find(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(const domain::ProductSelector selector,
                           ToSelector(request.key()));
  QANTARA_ASSIGN_OR_RETURN(const auto tables, tables_.Get());
  QANTARA_ASSIGN_OR_RETURN(
      const tables::v1::ProductRow row,
      domain::FindProduct(*tables, connection->id(), selector));
  v1::GetProductResponse response;
  *response.mutable_product() = ToMappedProduct(connection->id(), row);
  return response;
}

absl::StatusOr<v1::ListProductsResponse> ProductReader::List(
    const v1::ListProductsRequest& request) const {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      connections_.Find(request.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(const size_t page_size,
                           ReadPageSize(request.page_size(), kDefaultProducts));
  const std::string sku_prefix =
      request.sku_prefix().substr(0, kMaxSkuPrefixBytes);
  const std::string scope =
      absl::StrCat("ListProducts/", connection->id(), "/", sku_prefix);
  QANTARA_ASSIGN_OR_RETURN(const std::string after,
                           ReadPageToken(scope, request.page_token()));
  QANTARA_ASSIGN_OR_RETURN(const auto tables, tables_.Get());
  const std::string prefix = SkuPrefixKey(connection->id(), sku_prefix);
  const std::string begin =
      after.empty() ? prefix : absl::StrCat(after, std::string(1, '\0'));
  v1::ListProductsResponse response;
  absl::Status damage;
  std::string last_key;
  size_t bytes = 0;
  QANTARA_RETURN_IF_ERROR(tables->Scan(
      Table::kSkus, begin, domain::PrefixEnd(prefix),
      [&](absl::string_view key, absl::string_view value) {
        if (static_cast<size_t>(response.products_size()) == page_size ||
            bytes >= kMaxPageBytes) {
          response.set_next_page_token(MakePageToken(scope, last_key));
          return false;
        }
        last_key = std::string(key);
        const int before = response.products_size();
        damage = AddProduct(*tables, connection->id(), value, &response);
        if (response.products_size() > before) {
          bytes += response.products(before).ByteSizeLong();
        }
        return damage.ok();
      }));
  QANTARA_RETURN_IF_ERROR(damage);
  return response;
}

}  // namespace qantara::server
