// Records of a provider that holds what it was asked to hold.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_REMOTE_RECORD_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_REMOTE_RECORD_H_

#include <string>

#include "domain/remote_fields.h"
#include "qantara/v1/product.pb.h"

namespace qantara::domain {

// Sets the fields of `record` that are present in `fields`: SKU, names, type,
// prices, tracking and category.
inline void ApplyFields(const v1::Product& fields, v1::RemoteProduct* record) {
  if (fields.has_sku()) record->set_sku(fields.sku());
  if (fields.has_name_en()) record->set_name_en(fields.name_en());
  if (fields.has_name_ar()) record->set_name_ar(fields.name_ar());
  if (fields.type() != v1::PRODUCT_TYPE_UNSPECIFIED) {
    record->set_type(std::string(TypeWord(fields.type())));
  }
  if (fields.has_selling_price()) {
    record->set_selling_price(fields.selling_price());
  }
  if (fields.has_buying_price()) {
    record->set_buying_price(fields.buying_price());
  }
  if (fields.has_track_quantity()) {
    record->set_track_quantity(fields.track_quantity());
  }
  if (fields.has_category_id()) record->set_category_id(fields.category_id());
}

// A new record.
inline v1::RemoteProduct RecordOf(const v1::Product& product,
                                  const std::string& remote_id) {
  v1::RemoteProduct record;
  record.set_id(remote_id);
  ApplyFields(product, &record);
  return record;
}

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_REMOTE_RECORD_H_
