#include "domain/qwoty_api_name.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "domain/digest.h"

namespace qantara::domain {
namespace {

constexpr size_t kHashBytes = 5;
constexpr size_t kMaxSlug = kMaxDerivedApiName - 2 * kHashBytes - 1;

std::string SlugOf(absl::string_view sku) {
  std::string slug;
  for (const char c : sku) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte)) {
      slug.push_back(absl::ascii_tolower(byte));
    } else if (!slug.empty() && slug.back() != '_') {
      slug.push_back('_');
    }
    if (slug.size() == kMaxSlug) break;
  }
  while (!slug.empty() && slug.back() == '_') slug.pop_back();
  return slug.empty() ? "product" : slug;
}

}  // namespace

std::string DeriveApiName(absl::string_view connection,
                          absl::string_view external_id,
                          absl::string_view sku) {
  // Lengths and a mark keep different arguments from giving the same bytes.
  const bool by_sku = external_id.empty();
  const Digest32 digest =
      Digest32Of(absl::StrCat(connection.size(), ":", connection,
                              by_sku ? "s" : "e", by_sku ? sku : external_id));
  return absl::StrCat(
      SlugOf(sku), "_",
      absl::BytesToHexString(absl::string_view(digest.data(), kHashBytes)));
}

}  // namespace qantara::domain
