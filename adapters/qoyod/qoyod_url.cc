#include "adapters/qoyod/qoyod_url.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace qantara::adapters {
namespace {

constexpr size_t kMaxIdDigits = 40;

}  // namespace

bool IsQoyodId(absl::string_view id) {
  return !id.empty() && id.size() <= kMaxIdDigits &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

std::string PercentEncode(absl::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || c == '-' || c == '.' || c == '_' ||
        c == '~') {
      encoded.push_back(c);
    } else {
      absl::StrAppend(&encoded, "%",
                      absl::AsciiStrToUpper(
                          absl::StrCat(absl::Hex(byte, absl::kZeroPad2))));
    }
  }
  return encoded;
}

std::string ListPath(const domain::ListQuery& query) {
  std::string path =
      absl::StrCat("/products?page=", std::max<uint32_t>(1, query.page),
                   "&per_page=", std::max<uint32_t>(1, query.per_page));
  if (query.sku.has_value()) {
    absl::StrAppend(&path, "&q%5Bsku_eq%5D=", PercentEncode(*query.sku));
  }
  if (query.category_id.has_value()) {
    absl::StrAppend(
        &path, "&q%5Bcategory_id_eq%5D=", PercentEncode(*query.category_id));
  }
  if (query.id_above.has_value()) {
    absl::StrAppend(&path, "&q%5Bid_gt%5D=", PercentEncode(*query.id_above));
  }
  // New rows then come last, and none moves to a page that was read already.
  if (query.id_above.has_value() || !query.sku.has_value()) {
    absl::StrAppend(&path, "&q%5Bs%5D=id%20asc");
  }
  return path;
}

}  // namespace qantara::adapters
