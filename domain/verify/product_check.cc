#include "domain/verify/product_check.h"

#include "domain/product_fields.h"

namespace qantara::domain {

bool IsSettled(const tables::v1::ProductRow& row) { return row.intent() == 0; }

v1::Product WantedOf(const tables::v1::ProductRow& row) {
  v1::Product wanted = ProductOfRemote(row.acknowledged());
  MergeFields(row.desired(), &wanted);
  return wanted;
}

std::vector<v1::FieldDifference> CompareFields(
    const tables::v1::ProductRow& row, const v1::RemoteProduct& held) {
  v1::Product wanted = WantedOf(row);
  // Another SKU is a difference of another kind.
  wanted.clear_sku();
  return CompareWithRemote(wanted, held);
}

}  // namespace qantara::domain
