#include "domain/delivery/fields_to_send.h"

#include "domain/held_fields.h"
#include "domain/product_fields.h"

namespace qantara::domain {

v1::Product FieldsToSend(const v1::Product& line,
                         const tables::v1::ItemRow& item,
                         const tables::v1::ProductRow& product) {
  if (item.accepted_position() < product.content_position()) return {};
  v1::Product wanted = line;
  wanted.clear_type();
  if (wanted.sku() != product.sku()) wanted.clear_sku();
  for (const tables::v1::FieldStamp& stamp : product.field_stamps()) {
    if (stamp.position() > item.accepted_position()) {
      ClearField(stamp.field(), &wanted);
    }
  }
  return DifferingFields(wanted, HeldFields(product));
}

}  // namespace qantara::domain
