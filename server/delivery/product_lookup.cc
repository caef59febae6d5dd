#include "server/delivery/product_lookup.h"

#include <algorithm>
#include <utility>

namespace qantara::server {
namespace {

using domain::Effect;
using domain::PageAnswer;
using Filter = RemoteIndex::Filter;

// Up to so many SKUs are looked up one by one without a sweep.
constexpr size_t kFewSkus = 3;
constexpr uint32_t kPageRows = 100;
constexpr size_t kMaxLooks = 1024;
constexpr int64_t kSweepRetryMillis = 200;

}  // namespace

const ProductLookup::Look* ProductLookup::FreshLook(
    const std::string& sku) const {
  const auto look = looks_.find(sku);
  if (look == looks_.end()) return nullptr;
  const int64_t age = context_.clock.BootMillis() - look->second.began;
  return age <= kLookMillis ? &look->second : nullptr;
}

void ProductLookup::DropStaleLooks() {
  if (looks_.size() < kMaxLooks) return;
  const int64_t now = context_.clock.BootMillis();
  absl::erase_if(looks_, [&](const auto& look) {
    return now - look.second.began > kLookMillis;
  });
  if (looks_.size() >= kMaxLooks) looks_.clear();
}

std::optional<std::vector<v1::RemoteProduct>> ProductLookup::Find(
    const std::string& sku) {
  if (const Look* look = FreshLook(sku)) return look->records;
  if (!context_.index.IsFresh(context_.clock.BootMillis())) {
    return std::nullopt;
  }
  RemoteIndex::Known known = context_.index.Find(sku);
  if (known.ids.empty()) return std::vector<v1::RemoteProduct>();
  // One kept record is enough to link; anything else is looked at again.
  if (known.ids.size() == 1 && !known.records.empty()) return known.records;
  return std::nullopt;
}

// A sweep serves everything that waits, a look one SKU. Where nothing keeps a
// sweep fresh, it must also be done long before it is too old.
bool ProductLookup::SweepPays(size_t waiting) const {
  const RemoteIndex& index = context_.index;
  const size_t pages = index.total() / kPageRows + 1;
  if (pages > waiting) return false;
  if (index.id_filter() != Filter::kIgnored) return true;
  const double millis = static_cast<double>(pages) * 60'000 /
                        context_.gate.requests_per_minute();
  return millis < kLookMillis / 2.0;
}

int64_t ProductLookup::Advance(absl::Span<const std::string> wanted,
                               size_t waiting, domain::Lane lane) {
  if (waiting_) return Actor::kNever;
  std::vector<const std::string*> unknown;
  for (const std::string& sku : wanted) {
    if (!Find(sku).has_value()) unknown.push_back(&sku);
  }
  if (unknown.empty()) return Actor::kNever;
  RemoteIndex& index = context_.index;
  if (index.IsFresh(context_.clock.BootMillis())) {
    return LookUp(*unknown.front(), lane);
  }
  const bool can_refresh =
      index.IsComplete() && index.id_filter() != Filter::kIgnored;
  if (refresh_.page > 0 || (can_refresh && unknown.size() > 1)) {
    return Refresh(lane);
  }
  if (unknown.size() <= kFewSkus || !SweepPays(waiting)) {
    return LookUp(*unknown.front(), lane);
  }
  context_.request_sweep();
  return context_.clock.BootMillis() + kSweepRetryMillis;
}

int64_t ProductLookup::LookUp(const std::string& sku, domain::Lane lane) {
  const auto grant = context_.gate.TryEnter(lane);
  if (!grant.granted) return grant.retry_at;
  waiting_ = true;
  const int64_t began = context_.clock.BootMillis();
  domain::ListQuery query;
  query.sku = sku;
  context_.gateway.List(query, [this, sku, began](PageAnswer answer) {
    context_.gate.Leave("look", answer.report);
    context_.post([this, sku, began, answer = std::move(answer)] {
      waiting_ = false;
      if (answer.report.effect != Effect::kConfirmed) return;
      DropStaleLooks();
      looks_[sku] = {began, answer.records};
    });
  });
  return Actor::kNever;
}

int64_t ProductLookup::Refresh(domain::Lane lane) {
  const auto grant = context_.gate.TryEnter(lane);
  if (!grant.granted) return grant.retry_at;
  if (refresh_.page == 0) {
    refresh_ = {1, context_.clock.BootMillis(), context_.index.base_id(), true};
  }
  waiting_ = true;
  domain::ListQuery query;
  query.page = refresh_.page;
  query.per_page = kPageRows;
  if (!refresh_.above.empty()) query.id_above = refresh_.above;
  context_.gateway.List(query, [this](PageAnswer answer) {
    context_.gate.Leave("look", answer.report);
    context_.post([this, answer = std::move(answer)] {
      waiting_ = false;
      OnRefreshed(answer);
    });
  });
  return Actor::kNever;
}

// Whether the provider has no more rows above the base than are known: then one
// page is enough, however many of them are ours.
bool ProductLookup::KnowsAll(const PageAnswer& answer) const {
  if (!answer.total.has_value()) return false;
  const size_t known = context_.index.known_above();
  for (const v1::RemoteProduct& record : answer.records) {
    if (!context_.index.IsKnownAbove(record.id())) return false;
  }
  return *answer.total <= known;
}

// Rows are recorded like those of a sweep, so that the next process knows them.
void ProductLookup::TakeRows(const PageAnswer& answer) {
  domain::RecordStock command;
  command.connection = context_.connection;
  command.observe_time = context_.clock.Now();
  for (const v1::RemoteProduct& record : answer.records) {
    const bool known = context_.index.IsKnownAbove(record.id());
    context_.index.Add(record, /*keep_record=*/!known);
    command.products.push_back(record);
  }
  if (command.products.empty()) return;
  if (!context_.Execute(command).ok()) refresh_.recorded = false;
}

void ProductLookup::OnRefreshed(const PageAnswer& answer) {
  RemoteIndex& index = context_.index;
  const Reading reading = refresh_;
  refresh_.page = 0;
  if (answer.report.effect != Effect::kConfirmed) return;
  if (answer.filter_ignored) {
    index.set_id_filter(Filter::kIgnored);
    return;
  }
  // Rows up to the base exist: not showing them is honouring the filter.
  if (!reading.above.empty()) index.set_id_filter(Filter::kHonoured);
  if (reading.page == 1 && KnowsAll(answer)) {
    index.Refreshed(reading.began);
    return;
  }
  refresh_ = reading;
  TakeRows(answer);
  if (answer.row_count >= kPageRows) {
    ++refresh_.page;
    return;
  }
  refresh_.page = 0;
  index.Refreshed(reading.began);
  if (!refresh_.recorded) return;
  // Without a record of it the next process reads the same rows again.
  context_.Execute(domain::RecordSweep{context_.connection, index.RaiseBase()})
      .status()
      .IgnoreError();
}

}  // namespace qantara::server
