#include "tests/domain/support/fake_provider.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/domain/support/remote_record.h"

namespace qantara::domain {
namespace {

CallReport ReportOf(Effect effect, int http_status) {
  CallReport report;
  report.effect = effect;
  report.http_status = http_status;
  return report;
}

CallReport Refusal(const std::string& field) {
  CallReport report = ReportOf(Effect::kRefused, 422);
  report.reason = v1::ERROR_REASON_PROVIDER_REJECTED;
  v1::ItemProblem problem;
  problem.set_field(field);
  problem.set_reason(v1::ERROR_REASON_PROVIDER_REJECTED);
  problem.set_message("is refused");
  report.problems.push_back(std::move(problem));
  return report;
}

// What the sender learns of a request that was not refused.
CallReport ReportOf(Fate fate) {
  switch (fate) {
    case Fate::kAnswered:
    case Fate::kDropped:
      return ReportOf(Effect::kConfirmed, 200);
    case Fate::kNotApplied:
      return ReportOf(Effect::kNotApplied, 429);
    default:
      return ReportOf(Effect::kUnknown, 0);
  }
}

}  // namespace

v1::RemoteProduct FakeProvider::Add(const v1::Product& product) {
  v1::RemoteProduct record = RecordOf(product, absl::StrCat(++last_id_));
  records_[record.id()] = record;
  return record;
}

size_t FakeProvider::FirstRefused(absl::Span<const v1::Product> products,
                                  std::string* field) const {
  for (size_t i = 0; i < products.size(); ++i) {
    *field = "name";
    if (guilty_skus.contains(products[i].sku())) return i;
    *field = "sku";
    if (refuses_known_skus && !WithSku(products[i].sku()).empty()) return i;
  }
  return products.size();
}

CreateAnswer FakeProvider::Create(absl::Span<const v1::Product> products,
                                  Fate fate) {
  ++creates_;
  CreateAnswer answer;
  answer.report = ReportOf(fate);
  if (fate == Fate::kVanished || fate == Fate::kNotApplied) return answer;
  std::vector<v1::Product> applied(products.begin(), products.end());
  std::string field;
  const size_t refused = FirstRefused(products, &field);
  if (refused < products.size()) {
    applied.resize(applies_in_part ? refused : 0);
    if (fate != Fate::kLost && fate != Fate::kLate) {
      answer.report = Refusal(field);
    }
  } else if (fate == Fate::kDropped) {
    applied.erase(applied.begin());
  }
  if (fate == Fate::kLate) {
    late_.push_back([this, applied] {
      for (const v1::Product& product : applied) Add(product);
    });
    return answer;
  }
  for (const v1::Product& product : applied) {
    v1::RemoteProduct record = Add(product);
    if (answer.report.effect == Effect::kConfirmed) {
      answer.records.push_back(std::move(record));
    }
  }
  // In no order that anybody may count on.
  std::reverse(answer.records.begin(), answer.records.end());
  return answer;
}

RecordAnswer FakeProvider::Update(const std::string& remote_id,
                                  const v1::Product& fields, Fate fate) {
  RecordAnswer answer;
  answer.report = ReportOf(fate);
  if (fate == Fate::kVanished || fate == Fate::kNotApplied) return answer;
  const bool told = answer.report.effect == Effect::kConfirmed;
  const auto record = records_.find(remote_id);
  if (record == records_.end()) {
    if (told) answer.report = ReportOf(Effect::kNotApplied, 404);
    answer.not_found = told;
    return answer;
  }
  if (!refused_price.empty() && fields.selling_price() == refused_price) {
    if (told) answer.report = Refusal("selling_price");
    return answer;
  }
  if (fate == Fate::kLate) {
    late_.push_back([this, remote_id, fields] {
      const auto late = records_.find(remote_id);
      if (late != records_.end()) ApplyFields(fields, &late->second);
    });
    return answer;
  }
  ApplyFields(fields, &record->second);
  if (told) answer.record = record->second;
  return answer;
}

RecordAnswer FakeProvider::Get(const std::string& remote_id) const {
  RecordAnswer answer;
  const auto record = records_.find(remote_id);
  answer.not_found = record == records_.end();
  answer.report = ReportOf(Effect::kConfirmed, answer.not_found ? 404 : 200);
  if (!answer.not_found) answer.record = record->second;
  return answer;
}

void FakeProvider::LandLate() {
  for (const auto& land : late_) land();
  late_.clear();
}

void FakeProvider::AddByHand(const std::string& sku) {
  v1::Product product;
  product.set_sku(sku);
  product.set_name_en("by hand");
  product.set_selling_price("1");
  Add(product);
  by_hand_.insert(sku);
}

void FakeProvider::ChangeByHand(const std::string& remote_id,
                                const std::string& price) {
  const auto record = records_.find(remote_id);
  if (record == records_.end()) return;
  record->second.set_selling_price(price);
  changed_by_hand_.insert(remote_id);
}

std::vector<v1::RemoteProduct> FakeProvider::WithSku(
    const std::string& sku) const {
  std::vector<v1::RemoteProduct> found;
  for (const auto& [id, record] : records_) {
    if (record.sku() == sku) found.push_back(record);
  }
  return found;
}

std::vector<v1::RemoteProduct> FakeProvider::All() const {
  std::vector<v1::RemoteProduct> all;
  for (const auto& [id, record] : records_) all.push_back(record);
  return all;
}

std::string FakeProvider::highest_id() const {
  return last_id_ == 0 ? std::string() : absl::StrCat(last_id_);
}

}  // namespace qantara::domain
