// Records in the answers of Qoyod API 2.0, in every form that was seen.
#ifndef QANTARA_ADAPTERS_QOYOD_QOYOD_DECODE_H_
#define QANTARA_ADAPTERS_QOYOD_QOYOD_DECODE_H_

#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "domain/remote_location.h"
#include "qantara/v1/product.pb.h"

namespace qantara::adapters {

// Products of one answer.
struct DecodedProducts {
  // Rows that have an id. The others cannot be referred to.
  std::vector<v1::RemoteProduct> records;
  // All rows.
  uint32_t row_count = 0;
  // Of the pagination, where told as numbers or as texts.
  std::optional<uint32_t> total;
  std::optional<uint32_t> current_page;
  std::optional<uint32_t> total_pages;
};

// Reads the rows below `products` or `product`, each an array or an object, or
// below `data` of the envelope that the provider's portal describes. Nothing
// where the answer has none of these.
std::optional<DecodedProducts> DecodeProducts(const rapidjson::Value& answer);

// Reads one record. A member that is missing, null or of an unknown form is not
// told. Nothing where there is no id.
std::optional<v1::RemoteProduct> DecodeProduct(const rapidjson::Value& row);

// Reads the ids of the rows below `key` or `data`. Nothing where there is no
// such array.
std::optional<std::vector<std::string>> DecodeIds(
    const rapidjson::Value& answer, absl::string_view key);

// More of them are no answer.
inline constexpr size_t kMaxLocations = 10'000;

// Reads the rows below `inventories` or `data` that have an id. Their `name` is
// the English one. Nothing where there is no such array, or it is too long.
std::optional<std::vector<domain::RemoteLocation>> DecodeLocations(
    const rapidjson::Value& answer);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QOYOD_QOYOD_DECODE_H_
