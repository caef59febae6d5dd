// Why nothing is written to a product that is a duplicate.
#ifndef QANTARA_DOMAIN_DUPLICATE_TEXT_H_
#define QANTARA_DOMAIN_DUPLICATE_TEXT_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// The rest of a sentence about the SKU or product, such as `exists more than
// once, as 17, 18`.
inline std::string DuplicateText(const tables::v1::ProductRow& product) {
  const auto& ids = product.duplicate_remote_ids();
  if (ids.empty()) return "may exist already: it has no SKU to look it up by";
  return absl::StrCat(ids.size() > 1 ? "exists more than once, as "
                                     : "exists in another form, as ",
                      absl::StrJoin(ids, ", "));
}

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DUPLICATE_TEXT_H_
