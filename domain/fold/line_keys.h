// Keys that a line brings to its product. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_LINE_KEYS_H_
#define QANTARA_DOMAIN_FOLD_LINE_KEYS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Notes the keys of line `number` of the import, where it has a product. A
// parked line takes none.
absl::Status TouchKeys(const std::string& connection,
                       const tables::v1::ImportRow& row, uint32_t number,
                       const events::v1::AcceptedLine& line, TableView& view);

// Notes that products up to `used` have their numbers.
absl::Status RaiseNextProductId(const std::string& connection, uint64_t used,
                                TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_LINE_KEYS_H_
