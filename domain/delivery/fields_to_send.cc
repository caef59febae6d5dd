#include "domain/delivery/fields_to_send.h"

#include "domain/held_fields.h"
#include "domain/product_fields.h"
#include "domain/text_checks.h"

namespace qantara::domain {

v1::Product FieldsToSend(const v1::Product& line,
                         const tables::v1::ItemRow& item,
                         const tables::v1::ProductRow& product) {
  if (item.accepted_position() < product.content_position()) return {};
  v1::Product wanted = line;
  ClearFixedFields(&wanted);
  if (wanted.sku() != product.sku()) wanted.clear_sku();
  for (const tables::v1::FieldStamp& stamp : product.field_stamps()) {
    if (stamp.position() > item.accepted_position()) {
      ClearField(stamp.field(), &wanted);
    }
  }
  return DifferingFields(wanted, HeldFields(product));
}

void FitToProvider(const LineRules& rules,
                   const tables::v1::ProductRow& product, v1::Product* fields) {
  if (rules.lacking == nullptr) return;
  if (fields->has_name_ar() && !fields->has_name_en() &&
      IsBlank(product.desired().name_en())) {
    fields->set_name_en("");
  }
  for (const std::string& path : rules.lacking(*fields, /*for_update=*/true)) {
    ClearField(path, fields);
  }
}

}  // namespace qantara::domain
