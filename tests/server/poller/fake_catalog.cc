#include "tests/server/poller/fake_catalog.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

domain::CallReport Confirmed(int status) {
  domain::CallReport report;
  report.effect = domain::Effect::kConfirmed;
  report.http_status = status;
  return report;
}

std::string NameOf(const domain::ListQuery& query) {
  if (query.sku.has_value()) return absl::StrCat("list sku ", *query.sku);
  if (query.id_above.has_value()) {
    return absl::StrCat("list >", *query.id_above);
  }
  if (query.category_id.has_value()) {
    return absl::StrCat("list category ", *query.category_id, " page ",
                        query.page);
  }
  return absl::StrCat("list ", query.page);
}

}  // namespace

v1::RemoteProduct& FakeCatalog::Put(int id, const std::string& quantity) {
  v1::RemoteProduct record;
  record.set_id(absl::StrCat(id));
  record.set_sku(absl::StrCat("SKU-", id));
  record.set_track_quantity(!quantity.empty());
  record.set_stock_told(true);
  if (!quantity.empty()) {
    v1::LocationStock& stock = *record.add_stock();
    stock.set_location_id("3");
    stock.set_quantity(quantity);
  }
  return records_[id] = record;
}

size_t FakeCatalog::CountOf(const std::string& request) const {
  return static_cast<size_t>(
      std::count(requests_.begin(), requests_.end(), request));
}

size_t FakeCatalog::CountBeginningWith(const std::string& prefix) const {
  return static_cast<size_t>(std::count_if(
      requests_.begin(), requests_.end(), [&](const std::string& request) {
        return absl::StartsWith(request, prefix);
      }));
}

void FakeCatalog::Answer(size_t place) {
  const auto begin = waiting_.begin() + static_cast<ptrdiff_t>(place);
  const std::function<void()> answer = *begin;
  waiting_.erase(begin);
  answer();
}

void FakeCatalog::Sent(std::string request, std::function<void()> answer) {
  requests_.push_back(std::move(request));
  waiting_.push_back(std::move(answer));
}

void FakeCatalog::Get(const std::string& remote_id,
                      std::function<void(domain::RecordAnswer)> done) {
  Sent(absl::StrCat("get ", remote_id), [this, remote_id, done] {
    domain::RecordAnswer answer;
    const auto place = records_.find(std::atoi(remote_id.c_str()));
    answer.not_found = place == records_.end();
    answer.report = Confirmed(answer.not_found ? 404 : 200);
    if (!answer.not_found) answer.record = place->second;
    if (spoil_record) spoil_record(remote_id, &answer);
    done(std::move(answer));
  });
}

domain::PageAnswer FakeCatalog::Page(const domain::ListQuery& query) const {
  std::vector<const v1::RemoteProduct*> rows;
  for (const auto& [id, record] : records_) {
    if (query.sku.has_value() && record.sku() != *query.sku) continue;
    if (query.category_id.has_value() &&
        record.category_id() != *query.category_id) {
      continue;
    }
    if (query.id_above.has_value() && id <= std::atoi(query.id_above->c_str()))
      continue;
    rows.push_back(&record);
  }
  domain::PageAnswer answer;
  answer.report = Confirmed(rows.empty() ? 404 : 200);
  if (rows.empty()) return answer;
  const size_t begin =
      std::min<size_t>((query.page - 1) * query.per_page, rows.size());
  const size_t end = std::min<size_t>(begin + query.per_page, rows.size());
  for (size_t i = begin; i < end; ++i) answer.records.push_back(*rows[i]);
  answer.row_count = static_cast<uint32_t>(answer.records.size());
  answer.total = static_cast<uint32_t>(rows.size());
  answer.total_pages = static_cast<uint32_t>(
      (rows.size() + query.per_page - 1) / query.per_page);
  return answer;
}

domain::PageAnswer FakeCatalog::PageOf(uint32_t page) const {
  domain::ListQuery query;
  query.page = page;
  return Page(query);
}

void FakeCatalog::List(const domain::ListQuery& query,
                       std::function<void(domain::PageAnswer)> done) {
  Sent(NameOf(query), [this, query, done] {
    domain::PageAnswer answer = Page(query);
    if (spoil_page) spoil_page(query, &answer);
    done(std::move(answer));
  });
}

void FakeCatalog::ListCategories(std::function<void(domain::IdsAnswer)> done) {
  Sent("categories", [done = std::move(done)] {
    domain::IdsAnswer answer;
    answer.report.effect = domain::Effect::kConfirmed;
    done(std::move(answer));
  });
}

void FakeCatalog::ListTaxes(std::function<void(domain::IdsAnswer)> done) {
  Sent("taxes", [done = std::move(done)] {
    domain::IdsAnswer answer;
    answer.report.effect = domain::Effect::kConfirmed;
    done(std::move(answer));
  });
}

void FakeCatalog::ListLocations(
    std::function<void(domain::LocationsAnswer)> done) {
  Sent("locations", [this, done] {
    domain::LocationsAnswer answer;
    answer.report = Confirmed(200);
    answer.locations = locations_;
    done(std::move(answer));
  });
}

}  // namespace qantara::server
