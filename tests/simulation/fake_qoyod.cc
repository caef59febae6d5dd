#include "tests/simulation/fake_qoyod.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "domain/remote_fields.h"
#include "domain/text_checks.h"
#include "domain/timestamps.h"

namespace qantara::simulation {
namespace {

uint64_t NumberOfId(const std::string& id) {
  uint64_t number = 0;
  return absl::SimpleAtoi(id, &number) ? number : 0;
}

v1::ItemProblem Problem(const std::string& field, const std::string& message) {
  v1::ItemProblem problem;
  problem.set_field(field);
  problem.set_message(message);
  return problem;
}

// Sets the fields that are present.
void Take(const v1::Product& fields, bool raises_case,
          v1::RemoteProduct* record) {
  if (fields.has_sku()) {
    record->set_sku(raises_case ? absl::AsciiStrToUpper(fields.sku())
                                : fields.sku());
  }
  if (fields.has_name_en()) record->set_name_en(fields.name_en());
  if (fields.has_name_ar()) record->set_name_ar(fields.name_ar());
  if (fields.has_selling_price()) {
    record->set_selling_price(fields.selling_price());
  }
  if (fields.has_buying_price()) {
    record->set_buying_price(fields.buying_price());
  }
  if (fields.has_category_id()) record->set_category_id(fields.category_id());
  if (fields.has_description()) record->set_description(fields.description());
  if (fields.has_barcode()) record->set_barcode(fields.barcode());
  if (fields.type() != v1::PRODUCT_TYPE_UNSPECIFIED) {
    record->set_type(std::string(domain::TypeWord(fields.type())));
  }
}

}  // namespace

std::vector<v1::ItemProblem> FakeQoyod::Refusal(const v1::Product& fields,
                                                uint64_t except_id) const {
  if (fields.description() == kRefusedText) {
    return {Problem("en_name", "can't be blank")};
  }
  if (!habits_.refuses_taken_sku || fields.sku().empty()) return {};
  for (const FakeRecord& record : records_) {
    if (record.exists() && record.id != except_id &&
        record.now.sku() == fields.sku()) {
      return {Problem(
          "sku", absl::StrCat("Reference is already taken by id ", record.id))};
    }
  }
  return {};
}

void FakeQoyod::Show(FakeRecord* record, WorldMillis now) {
  const WorldMillis from =
      habits_.max_read_lag == 0
          ? now
          : now + random_.Between(0, habits_.max_read_lag - 1);
  // What came later is never shown earlier.
  const WorldMillis earliest =
      record->shown.empty() ? from : record->shown.back().from;
  record->shown.push_back({std::max(from, earliest), std::nullopt});
  if (record->exists()) record->shown.back().record = record->now;
}

FakeRecord& FakeQoyod::Insert(const v1::Product& product, uint64_t id,
                              Origin origin, WorldMillis now) {
  FakeRecord record;
  record.id = id;
  record.origin = origin;
  record.created_at = now;
  record.now.set_id(absl::StrCat(id));
  Take(product, habits_.raises_case, &record.now);
  record.created_sku = record.now.sku();
  *record.now.mutable_update_time() =
      domain::ToTimestamp(absl::FromUnixMillis(now));
  ever_[record.now.sku()].insert(id);
  if (origin == Origin::kBefore) {
    record.shown.push_back({0, record.now});
  } else {
    Show(&record, now);
  }
  const auto place = std::lower_bound(
      records_.begin(), records_.end(), id,
      [](const FakeRecord& other, uint64_t value) { return other.id < value; });
  return *records_.insert(place, std::move(record));
}

WriteResult FakeQoyod::Create(std::vector<NewItem> items, bool single,
                              WorldMillis now) {
  WriteResult result;
  result.status = single ? 201 : 200;
  if (habits_.atomic_batches) {
    for (const NewItem& item : items) {
      result.problems = Refusal(item.product, 0);
      if (result.problems.empty()) continue;
      result.status = 422;
      return result;
    }
  }
  for (const NewItem& item : items) {
    result.problems = Refusal(item.product, 0);
    if (!result.problems.empty()) {
      result.status = 422;
      result.records.clear();
      return result;
    }
    if (item.dropped) continue;
    FakeRecord& record = Insert(
        item.product, item.id == 0 ? ReserveId() : item.id, Origin::kOurs, now);
    record.product_id = item.product_id;
    if (!item.unsaid) result.records.push_back(record.now);
  }
  return result;
}

WriteResult FakeQoyod::Update(const std::string& id, const v1::Product& fields,
                              WorldMillis now) {
  WriteResult result;
  const uint64_t number = NumberOfId(id);
  for (FakeRecord& record : records_) {
    if (record.id != number || !record.exists()) continue;
    result.problems = Refusal(fields, number);
    result.status = result.problems.empty() ? 200 : 422;
    if (result.status != 200) return result;
    Take(fields, habits_.raises_case, &record.now);
    *record.now.mutable_update_time() =
        domain::ToTimestamp(absl::FromUnixMillis(now));
    ever_[record.now.sku()].insert(number);
    Show(&record, now);
    result.records.push_back(record.now);
    return result;
  }
  result.status = 404;
  return result;
}

std::optional<v1::RemoteProduct> FakeQoyod::Get(const std::string& id) const {
  const FakeRecord* record = Find(id);
  if (record == nullptr || !record->exists()) return std::nullopt;
  return record->now;
}

bool FakeQoyod::Matches(const domain::ListQuery& query,
                        const v1::RemoteProduct& record) const {
  if (query.sku.has_value() && habits_.honours_sku_eq) {
    const bool same = habits_.sku_eq_folds_case
                          ? absl::EqualsIgnoreCase(record.sku(), *query.sku)
                          : record.sku() == *query.sku;
    if (!same) return false;
  }
  return !query.id_above.has_value() || !habits_.honours_id_gt ||
         NumberOfId(record.id()) > NumberOfId(*query.id_above);
}

domain::PageAnswer FakeQoyod::List(const domain::ListQuery& query,
                                   WorldMillis now) const {
  domain::PageAnswer answer;
  std::vector<const v1::RemoteProduct*> rows;
  for (const FakeRecord& record : records_) {
    const FakeRecord::Shown* shown = nullptr;
    for (const FakeRecord::Shown& version : record.shown) {
      if (version.from <= now) shown = &version;
    }
    if (shown != nullptr && shown->record.has_value() &&
        Matches(query, *shown->record)) {
      rows.push_back(&*shown->record);
    }
  }
  const size_t begin = size_t{query.page - 1} * query.per_page;
  const size_t end = std::min(rows.size(), begin + query.per_page);
  for (size_t i = begin; i < end; ++i) {
    ++answer.row_count;
    // As the gateway does: rows outside the query are left out.
    const bool inside =
        (!query.sku.has_value() || rows[i]->sku() == *query.sku) &&
        (!query.id_above.has_value() ||
         NumberOfId(rows[i]->id()) > NumberOfId(*query.id_above));
    if (inside) {
      answer.records.push_back(*rows[i]);
    } else if (!query.sku.has_value() ||
               domain::NormalizedSku(rows[i]->sku()) !=
                   domain::NormalizedSku(*query.sku)) {
      answer.filter_ignored = true;
    }
  }
  if (habits_.tells_total && !rows.empty()) {
    answer.total = static_cast<uint32_t>(rows.size());
    answer.total_pages = (*answer.total - 1) / query.per_page + 1;
    answer.current_page = query.page;
  }
  answer.report.effect = domain::Effect::kConfirmed;
  answer.report.http_status = rows.empty() ? 404 : 200;
  return answer;
}

void FakeQoyod::Add(Origin origin, const v1::Product& product,
                    WorldMillis now) {
  Insert(product, ReserveId(), origin, now);
}

void FakeQoyod::Remove(uint64_t id, WorldMillis now) {
  for (FakeRecord& record : records_) {
    if (record.id != id || !record.exists()) continue;
    record.deleted_at = now;
    Show(&record, now);
  }
}

const FakeRecord* FakeQoyod::Find(const std::string& id) const {
  const uint64_t number = NumberOfId(id);
  for (const FakeRecord& record : records_) {
    if (record.id == number) return &record;
  }
  return nullptr;
}

size_t FakeQoyod::EverHad(const std::string& sku) const {
  const auto found = ever_.find(sku);
  return found == ever_.end() ? 0 : found->second.size();
}

}  // namespace qantara::simulation
