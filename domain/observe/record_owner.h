// Whose record this is.
#ifndef QANTARA_DOMAIN_OBSERVE_RECORD_OWNER_H_
#define QANTARA_DOMAIN_OBSERVE_RECORD_OWNER_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "domain/ports/tables.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// The product that a record is mapped to; empty and 0: none.
struct RecordOwner {
  std::string external_id;
  uint64_t product_id = 0;
};

// The row of the product that the record is mapped to now; nothing where it is
// mapped to none, or was so formerly.
//
// Errors: kDataLoss.
absl::StatusOr<std::optional<tables::v1::ProductRow>> FindOwnerRow(
    const TableReader& state, const std::string& connection,
    const std::string& remote_id);

// The same, as far as stock tells of it.
absl::StatusOr<RecordOwner> FindOwner(const TableReader& state,
                                      const std::string& connection,
                                      const std::string& remote_id);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_OBSERVE_RECORD_OWNER_H_
