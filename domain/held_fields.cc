#include "domain/held_fields.h"

#include "domain/product_fields.h"

namespace qantara::domain {

v1::Product HeldFields(const tables::v1::ProductRow& row) {
  v1::Product held = row.desired();
  for (const v1::FieldDrift& drift : row.drift()) {
    if (drift.theirs() != drift.ours()) ClearField(drift.field(), &held);
  }
  return held;
}

}  // namespace qantara::domain
