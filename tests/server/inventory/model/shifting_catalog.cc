#include "tests/server/inventory/model/shifting_catalog.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/remote_id.h"

namespace qantara::server {
namespace {

constexpr int kFirstProducts = 12;
// No more are taken away: an empty catalog is not believed.
constexpr size_t kLeastProducts = 3;

domain::CallReport Confirmed(int status) {
  domain::CallReport report;
  report.effect = domain::Effect::kConfirmed;
  report.http_status = status;
  return report;
}

bool IsCalledSame(const TrueProduct& left, const TrueProduct& right) {
  return left.sku == right.sku && left.category == right.category &&
         left.external == right.external;
}

bool IsSame(const TrueProduct& left, const TrueProduct& right) {
  return IsCalledSame(left, right) && left.state == right.state &&
         left.figures == right.figures;
}

TrueProduct TrueOf(const v1::RemoteProduct& record) {
  TrueProduct product;
  product.sku = record.sku();
  product.category = record.category_id();
  if (!record.track_quantity()) {
    product.state = v1::STOCK_STATE_UNTRACKED;
    return product;
  }
  for (const v1::LocationStock& stock : record.stock()) {
    product.figures[stock.location_id()] = stock.quantity();
  }
  product.state = record.stock().empty() ? v1::STOCK_STATE_TRACKED_NEVER_MOVED
                                         : v1::STOCK_STATE_TRACKED_WITH_STOCK;
  return product;
}

void AddFigure(const std::string& location, uint64_t quantity,
               v1::RemoteProduct* record) {
  v1::LocationStock& stock = *record->add_stock();
  stock.set_location_id(location);
  stock.set_quantity(absl::StrCat(static_cast<int>(quantity) - 2));
}

}  // namespace

ShiftingCatalog::ShiftingCatalog(const Options& options,
                                 std::mt19937_64& random)
    : options_(options), random_(random) {
  for (int i = 0; i < kFirstProducts; ++i) Insert();
}

void ShiftingCatalog::Remember(const std::string& remote_id) {
  past_[remote_id].push_back(TrueOf(records_[remote_id]));
}

void ShiftingCatalog::Insert() {
  // A lower id than others may come late, and one that went may come back.
  const std::string id = absl::StrCat(1 + Below(kMostProducts));
  if (records_.count(id) > 0) return Move();
  v1::RemoteProduct& record = records_[id];
  record.set_id(id);
  record.set_sku(absl::StrCat("S", id));
  record.set_category_id(absl::StrCat(Below(2)));
  record.set_track_quantity(!OneIn(8));
  record.set_stock_told(true);
  if (record.track_quantity()) {
    if (!OneIn(4)) AddFigure("m", Below(9), &record);
    if (!OneIn(4)) AddFigure("n", Below(9), &record);
  }
  const auto place = static_cast<ptrdiff_t>(Below(order_.size() + 1));
  order_.insert(order_.begin() + place, id);
  Remember(id);
}

void ShiftingCatalog::Remove() {
  if (order_.size() <= kLeastProducts) return;
  const auto place = order_.begin() + static_cast<ptrdiff_t>(RandomPlace());
  removed_.insert(*place);
  records_.erase(*place);
  order_.erase(place);
}

void ShiftingCatalog::Move() {
  if (order_.empty()) return;
  const auto from = order_.begin() + static_cast<ptrdiff_t>(RandomPlace());
  const std::string id = *from;
  order_.erase(from);
  const auto to = static_cast<ptrdiff_t>(Below(order_.size() + 1));
  order_.insert(order_.begin() + to, id);
}

void ShiftingCatalog::ChangeFigure(v1::RemoteProduct* record) {
  if (!record->track_quantity()) return;
  if (OneIn(6)) return record->clear_stock();
  if (record->stock().empty()) {
    return AddFigure(OneIn(2) ? "m" : "n", Below(9), record);
  }
  const int place = static_cast<int>(Below(record->stock_size()));
  record->mutable_stock(place)->set_quantity(
      absl::StrCat(static_cast<int>(Below(9)) - 2));
}

void ShiftingCatalog::ChangeName(v1::RemoteProduct* record) {
  switch (Below(3)) {
    case 0:
      record->set_sku(absl::StrCat("S", 1 + Below(kMostProducts)));
      break;
    case 1:
      record->set_category_id(absl::StrCat(Below(2)));
      break;
    default:
      record->set_track_quantity(!record->track_quantity());
      record->clear_stock();
  }
}

void ShiftingCatalog::Change() {
  const std::string id = order_[RandomPlace()];
  switch (Below(8)) {
    case 0:
      Insert();
      return;
    case 1:
      Remove();
      return;
    case 2:
    case 3:
      Move();
      return;
    case 4:
      if (OneIn(2)) ++location_names_;
      ChangeName(&records_[id]);
      break;
    default:
      ChangeFigure(&records_[id]);
  }
  Remember(id);
}

TrueStock ShiftingCatalog::Present() const {
  TrueStock stock;
  for (const auto& [id, record] : records_) stock[id] = TrueOf(record);
  return stock;
}

bool ShiftingCatalog::WasEver(const std::string& remote_id,
                              const TrueProduct& product) const {
  const auto found = past_.find(remote_id);
  if (found == past_.end()) return false;
  const bool gone = product.state == v1::STOCK_STATE_PRODUCT_GONE;
  if (gone && (removed_.count(remote_id) == 0 || !product.figures.empty())) {
    return false;
  }
  return std::any_of(
      found->second.begin(), found->second.end(), [&](const TrueProduct& past) {
        return gone ? IsCalledSame(past, product) : IsSame(past, product);
      });
}

void ShiftingCatalog::Answer(size_t place) {
  const auto begin = waiting_.begin() + static_cast<ptrdiff_t>(place);
  const std::function<void()> answer = std::move(*begin);
  waiting_.erase(begin);
  answer();
}

void ShiftingCatalog::Get(const std::string& remote_id,
                          std::function<void(domain::RecordAnswer)> done) {
  waiting_.push_back([this, remote_id, done = std::move(done)] {
    domain::RecordAnswer answer;
    const auto found = records_.find(remote_id);
    answer.not_found = found == records_.end();
    answer.report = Confirmed(answer.not_found ? 404 : 200);
    if (!answer.not_found) answer.record = found->second;
    done(std::move(answer));
  });
}

domain::PageAnswer ShiftingCatalog::Page(const domain::ListQuery& query) const {
  std::vector<const v1::RemoteProduct*> rows;
  for (const std::string& id : order_) {
    const v1::RemoteProduct& record = records_.at(id);
    const bool wanted =
        (!query.sku.has_value() || record.sku() == *query.sku) &&
        (!query.category_id.has_value() ||
         record.category_id() == *query.category_id) &&
        (!query.id_above.has_value() ||
         domain::IsAboveRemoteId(id, *query.id_above));
    if (wanted) rows.push_back(&record);
  }
  domain::PageAnswer answer;
  answer.report = Confirmed(rows.empty() ? 404 : 200);
  const size_t begin = std::min((query.page - 1) * kPageRows, rows.size());
  const size_t end = std::min(begin + kPageRows, rows.size());
  for (size_t i = begin; i < end; ++i) {
    v1::RemoteProduct& row = answer.records.emplace_back(*rows[i]);
    if (options_.missing_is_zero && row.stock().empty()) {
      AddFigure("m", 2, &row);
    }
  }
  answer.row_count = static_cast<uint32_t>(answer.records.size());
  if (!options_.tells_counts || rows.empty()) return answer;
  answer.total = static_cast<uint32_t>(rows.size());
  answer.total_pages =
      static_cast<uint32_t>((rows.size() + kPageRows - 1) / kPageRows);
  return answer;
}

void ShiftingCatalog::Show(const domain::PageAnswer& answer, uint32_t page) {
  if (page == 1) shown_.clear();
  for (const v1::RemoteProduct& row : answer.records) {
    // A product that is on a page for the second time was shifted.
    if (!shown_.insert(row.id()).second) ++shifts_;
  }
}

void ShiftingCatalog::List(const domain::ListQuery& query,
                           std::function<void(domain::PageAnswer)> done) {
  waiting_.push_back([this, query, done = std::move(done)] {
    domain::PageAnswer answer = Page(query);
    const bool walk = !query.sku.has_value() && !query.category_id.has_value();
    if (walk) Show(answer, query.page);
    done(std::move(answer));
  });
}

void ShiftingCatalog::ListLocations(
    std::function<void(domain::LocationsAnswer)> done) {
  waiting_.push_back([this, done = std::move(done)] {
    domain::LocationsAnswer answer;
    answer.report = Confirmed(200);
    for (const char* id : {"m", "n"}) {
      domain::RemoteLocation& location = answer.locations.emplace_back();
      location.id = id;
      location.name_en = absl::StrCat("N", location_names_);
    }
    done(std::move(answer));
  });
}

}  // namespace qantara::server
