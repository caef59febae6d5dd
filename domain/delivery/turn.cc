#include "domain/delivery/turn.h"

namespace qantara::domain {

bool MayBeCreated(const tables::v1::ProductRow& product) {
  return product.state() == v1::MAPPING_STATE_PENDING ||
         product.state() == v1::MAPPING_STATE_STALE;
}

bool HasTurn(const tables::v1::ItemRow& item,
             const tables::v1::ProductRow& product) {
  if (product.intent() != 0) return false;
  // A product that exists meanwhile cannot be the guilty one.
  if (item.suspect_group() != 0 && MayBeCreated(product)) return false;
  if (item.state() == v1::ITEM_STATE_BLOCKED) return true;
  return !product.item_turns().empty() &&
         product.item_turns(0) == item.accepted_position();
}

}  // namespace qantara::domain
