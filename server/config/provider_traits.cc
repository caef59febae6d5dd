#include "server/config/provider_traits.h"

#include "adapters/qwoty/qwoty_encode.h"

namespace qantara::server {
namespace {

using adapters::QwotyWriteKind;

QwotyWriteKind KindOf(bool for_update) {
  return for_update ? QwotyWriteKind::kUpdate : QwotyWriteKind::kCreate;
}

}  // namespace

domain::ProviderTraits TraitsOf(const ConnectionSettings& settings) {
  domain::ProviderTraits traits;
  if (!settings.qwoty.has_value()) return traits;
  traits.max_chunk = 1;
  traits.ascending_ids = false;
  traits.filters = false;
  traits.unique_names = true;
  traits.stock = false;
  traits.rules.numeric_ids = false;
  traits.rules.check = [](const v1::Product& product, bool for_update,
                          absl::string_view prefix) {
    return adapters::CheckQwotyProduct(product, KindOf(for_update), prefix);
  };
  traits.rules.lacking = [](const v1::Product& product, bool for_update) {
    return adapters::FieldsQwotyLacks(product, KindOf(for_update));
  };
  return traits;
}

}  // namespace qantara::server
