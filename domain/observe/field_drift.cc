#include "domain/observe/field_drift.h"

#include <utility>

#include "domain/remote_fields.h"
#include "domain/timestamps.h"

namespace qantara::domain {

using tables::v1::ProductRow;

namespace {

// Lists may show a record as it was for a while after it was written.
bool IsOlder(const v1::RemoteProduct& record,
             const v1::RemoteProduct& acknowledged) {
  return record.has_update_time() && acknowledged.has_update_time() &&
         FromTimestamp(record.update_time()) <
             FromTimestamp(acknowledged.update_time());
}

}  // namespace

bool CanTellDrift(const ProductRow& row, const v1::RemoteProduct& record,
                  Position began) {
  return row.state() == v1::MAPPING_STATE_MAPPED &&
         row.remote_id() == record.id() && row.has_acknowledged() &&
         row.intent() == 0 && row.pending_updates().empty() &&
         row.open_items() == 0 && row.last_position() <= began &&
         !IsOlder(record, row.acknowledged());
}

std::vector<v1::FieldDrift> DriftOf(const ProductRow& row,
                                    const v1::RemoteProduct& record) {
  std::vector<v1::FieldDrift> fields;
  for (v1::FieldDifference& difference :
       CompareWithRemote(ProductOfRemote(row.acknowledged()), record)) {
    v1::FieldDrift drift;
    drift.set_ours(FieldText(difference.field(), row.desired()));
    drift.set_field(std::move(*difference.mutable_field()));
    drift.set_acknowledged(std::move(*difference.mutable_sent()));
    drift.set_theirs(std::move(*difference.mutable_held()));
    fields.push_back(std::move(drift));
  }
  return fields;
}

}  // namespace qantara::domain
