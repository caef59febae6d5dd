#include "domain/delivery/match_keys.h"

#include "absl/strings/str_cat.h"

namespace qantara::domain {

MatchKeys::MatchKeys(absl::Span<const OutboundItem> items) {
  for (const OutboundItem& item : items) {
    if (!item.product.qwoty().has_api_name() || item.product.sku().empty()) {
      continue;
    }
    named_.emplace(item.product.sku(), Of(item.product));
  }
}

std::string MatchKeys::OfName(absl::string_view api_name) {
  // A line break stands in no SKU.
  return absl::StrCat("\n", api_name);
}

std::string MatchKeys::Of(const v1::Product& product) {
  return product.qwoty().has_api_name() ? OfName(product.qwoty().api_name())
                                        : product.sku();
}

std::string MatchKeys::Of(const v1::RemoteProduct& record) const {
  if (record.qwoty().has_api_name()) return OfName(record.qwoty().api_name());
  if (named_.empty()) return record.sku();
  const auto named = named_.find(record.sku());
  return named == named_.end() ? record.sku() : named->second;
}

}  // namespace qantara::domain
