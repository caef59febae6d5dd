#include "tests/domain/delivery/last_accepted.h"

#include <map>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "domain/decimal.h"
#include "tests/domain/support/accepted_content.h"

namespace qantara::domain {
namespace {

struct Asked {
  // Of each product, prices by (position, line).
  std::map<uint64_t, std::map<std::pair<uint64_t, uint32_t>, std::string>>
      prices;
  std::set<uint64_t> linked;
};

bool IsTaken(v1::ItemState state) {
  return state == v1::ITEM_STATE_CREATED || state == v1::ITEM_STATE_UPDATED ||
         state == v1::ITEM_STATE_UNCHANGED;
}

bool IsTaken(v1::UpdateState state) {
  return state == v1::UPDATE_STATE_APPLIED ||
         state == v1::UPDATE_STATE_UNCHANGED;
}

// Whether a record with one of its SKUs was made by hand, which a reading back
// cannot tell from one of ours.
bool IsMadeByHand(const tables::v1::ProductRow& product,
                  const FakeProvider& provider) {
  bool made = provider.by_hand().contains(product.sku());
  for (const std::string& sku : product.former_skus()) {
    made = made || provider.by_hand().contains(sku);
  }
  return made;
}

Asked AskedOf(const Scenario& scenario, const LoadedTables& tables) {
  Asked asked;
  for (const auto& [name, item] : tables.items) {
    if (item.state() == v1::ITEM_STATE_LINKED) {
      asked.linked.insert(item.product_id());
    }
    if (!IsTaken(item.state())) continue;
    asked.prices[item.product_id()][{item.accepted_position(), name.second}] =
        AcceptedProduct(scenario.log(), item, name.second).selling_price();
  }
  for (const auto& [position, update] : tables.updates) {
    if (IsTaken(update.state()) && update.fields().has_selling_price()) {
      asked.prices[update.product_id()][{position, 0}] =
          update.fields().selling_price();
    }
  }
  return asked;
}

}  // namespace

std::vector<std::string> MissingValues(const Scenario& scenario,
                                       const LoadedTables& tables,
                                       const FakeProvider& provider) {
  const Asked asked = AskedOf(scenario, tables);
  std::vector<std::string> missing;
  for (const auto& [id, product] : tables.products) {
    if (product.state() != v1::MAPPING_STATE_MAPPED ||
        product.former_remote_ids_size() > 0) {
      continue;
    }
    const RecordAnswer held = provider.Get(product.remote_id());
    if (!held.record.has_value()) continue;
    if (held.record->sku() != product.sku()) {
      missing.push_back(absl::StrCat("product ", id, " is ", product.sku(),
                                     ", its record ", held.record->sku()));
    }
    const auto prices = asked.prices.find(id);
    if (prices == asked.prices.end() || asked.linked.contains(id) ||
        IsMadeByHand(product, provider) ||
        provider.changed_by_hand().contains(product.remote_id())) {
      continue;
    }
    const std::string& last = prices->second.rbegin()->second;
    if (!SameDecimal(last, held.record->selling_price())) {
      missing.push_back(absl::StrCat("product ", id, " was to cost ", last,
                                     ", its record says ",
                                     held.record->selling_price()));
    }
  }
  return missing;
}

}  // namespace qantara::domain
