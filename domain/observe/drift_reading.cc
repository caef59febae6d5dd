#include "domain/observe/drift_reading.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "domain/observe/field_drift.h"
#include "domain/observe/record_owner.h"
#include "domain/rows.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using events::v1::ProductDrift;
using tables::v1::ProductRow;

bool IsSame(const v1::FieldDrift& left, const v1::FieldDrift& right) {
  return left.field() == right.field() && left.ours() == right.ours() &&
         left.acknowledged() == right.acknowledged() &&
         left.theirs() == right.theirs();
}

bool IsKnown(const ProductRow& row, const std::vector<v1::FieldDrift>& fields) {
  return std::equal(fields.begin(), fields.end(), row.drift().begin(),
                    row.drift().end(), IsSame);
}

}  // namespace

absl::StatusOr<std::vector<ProductDrift>> DriftNewsOf(
    const RecordDrift& command, const TableReader& state) {
  std::vector<ProductDrift> news;
  absl::flat_hash_set<absl::string_view> seen;
  for (auto record = command.products.rbegin();
       record != command.products.rend(); ++record) {
    if (!seen.insert(record->id()).second) continue;
    QANTARA_ASSIGN_OR_RETURN(
        const std::optional<ProductRow> row,
        FindOwnerRow(state, command.connection, record->id()));
    if (!row.has_value() || !CanTellDrift(*row, *record, command.began)) {
      continue;
    }
    std::vector<v1::FieldDrift> fields = DriftOf(*row, *record);
    if (IsKnown(*row, fields)) continue;
    ProductDrift& drift = news.emplace_back();
    drift.set_product_id(row->product_id());
    drift.set_remote_id(record->id());
    drift.set_previous_position(row->last_position());
    for (v1::FieldDrift& field : fields) {
      *drift.add_fields() = std::move(field);
    }
  }
  std::reverse(news.begin(), news.end());
  return news;
}

absl::StatusOr<RecordDrift> KeepNews(RecordDrift command,
                                     const TableReader& state) {
  QANTARA_ASSIGN_OR_RETURN(const std::vector<ProductDrift> news,
                           DriftNewsOf(command, state));
  absl::flat_hash_set<absl::string_view> ids;
  for (const ProductDrift& drift : news) ids.insert(drift.remote_id());
  std::erase_if(command.products, [&](const v1::RemoteProduct& record) {
    return !ids.contains(record.id());
  });
  return command;
}

}  // namespace qantara::domain
