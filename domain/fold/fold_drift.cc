#include "domain/fold/fold_drift.h"

#include <string>
#include <utility>

#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

absl::Status FoldProductsDrifted(const events::v1::EventRecord& record,
                                 const events::v1::ProductsDrifted& event,
                                 TableView& view) {
  for (const events::v1::ProductDrift& drift : event.products()) {
    std::string key = NumberKey(event.connection(), drift.product_id());
    QANTARA_ASSIGN_OR_RETURN(
        auto row, GetRow<tables::v1::ProductRow>(view, Table::kProducts, key));
    *row.mutable_drift() = drift.fields();
    row.set_last_position(record.position());
    PutRow(view, Table::kProducts, std::move(key), row);
  }
  return absl::OkStatus();
}

}  // namespace qantara::domain
