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
  if (refresh_page_ > 0 || (can_refresh && unknown.size() > 1)) {
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
  if (refresh_page_ == 0) {
    refresh_page_ = 1;
    refresh_began_ = context_.clock.BootMillis();
    refresh_above_ = context_.index.highest_id();
  }
  waiting_ = true;
  domain::ListQuery query;
  query.page = refresh_page_;
  query.per_page = kPageRows;
  if (!refresh_above_.empty()) query.id_above = refresh_above_;
  context_.gateway.List(query, [this, page = refresh_page_,
                                began = refresh_began_](PageAnswer answer) {
    context_.gate.Leave("look", answer.report);
    context_.post([this, page, began, answer = std::move(answer)] {
      waiting_ = false;
      OnRefreshed(began, page, answer);
    });
  });
  return Actor::kNever;
}

void ProductLookup::OnRefreshed(int64_t began, uint32_t page,
                                const PageAnswer& answer) {
  RemoteIndex& index = context_.index;
  if (answer.report.effect != Effect::kConfirmed) {
    refresh_page_ = 0;
    return;
  }
  if (answer.filter_ignored) {
    index.set_id_filter(Filter::kIgnored);
    refresh_page_ = 0;
    return;
  }
  // Rows below the highest id exist: not showing them is honouring the filter.
  if (!refresh_above_.empty()) index.set_id_filter(Filter::kHonoured);
  for (const v1::RemoteProduct& record : answer.records) {
    index.Add(record, /*keep_record=*/true);
  }
  if (answer.row_count >= kPageRows) {
    refresh_page_ = page + 1;
    return;
  }
  refresh_page_ = 0;
  index.Refreshed(began);
}

}  // namespace qantara::server
