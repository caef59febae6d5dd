#include "server/delivery/product_lookup.h"

#include <algorithm>
#include <utility>

#include "domain/delivery/match_keys.h"
#include "domain/remote_id.h"

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
constexpr int kMaxDeepFailures = 3;

// Whether the provider has no such filter: nothing was asked.
bool LacksFilter(const PageAnswer& answer) {
  return answer.report.reason == v1::ERROR_REASON_PROVIDER_LACKS;
}

}  // namespace

ProductLookup::Key ProductLookup::KeyOf(const v1::Product& product) {
  return {product.sku(), product.qwoty().api_name()};
}

bool ProductLookup::Key::Names(const v1::RemoteProduct& record) const {
  return (!sku.empty() && record.sku() == sku) ||
         (!api_name.empty() && record.qwoty().api_name() == api_name);
}

std::string ProductLookup::TextOf(const Key& key) {
  return key.api_name.empty() ? key.sku
                              : domain::MatchKeys::OfName(key.api_name);
}

void ProductLookup::Forget(const v1::RemoteProduct& record) {
  for (const Key& key :
       {Key{record.sku(), ""}, Key{"", record.qwoty().api_name()}}) {
    if (key.empty()) continue;
    looks_.erase(TextOf(key));
    failures_.erase(TextOf(key));
  }
}

const ProductLookup::Look* ProductLookup::FreshLook(const Key& key) const {
  const auto look = looks_.find(TextOf(key));
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
    const Key& key) {
  if (const Look* look = FreshLook(key)) return look->records;
  if (!context_.index.IsFresh(context_.clock.BootMillis())) {
    return std::nullopt;
  }
  RemoteIndex::Known known = context_.index.Find(key.sku, key.api_name);
  if (known.ids.empty()) return std::vector<v1::RemoteProduct>();
  // One kept record is enough to link; anything else is looked at again.
  if (known.ids.size() == 1 && !known.records.empty()) return known.records;
  return std::nullopt;
}

int ProductLookup::FailuresOf(const Key& key) const {
  const auto failures = failures_.find(TextOf(key));
  return failures == failures_.end() ? 0 : failures->second;
}

void ProductLookup::Failed(const Key& key, const domain::CallReport& report) {
  if (report.reason != v1::ERROR_REASON_PROVIDER_UNAVAILABLE) return;
  if (failures_.size() >= kMaxLooks) failures_.clear();
  ++failures_[TextOf(key)];
}

// A sweep serves everything that waits, a look one SKU. Where nothing keeps a
// sweep fresh, it must also be done long before it is too old.
bool ProductLookup::SweepPays(size_t waiting) const {
  const RemoteIndex& index = context_.index;
  const size_t pages = index.total() / kPageRows + 1;
  if (pages > waiting || index.sweep_failed()) return false;
  if (index.id_filter() != Filter::kIgnored) return true;
  const double millis =
      static_cast<double>(pages) * 60'000 / context_.gate.requests_per_minute();
  return millis < kLookMillis / 2.0;
}

int64_t ProductLookup::Advance(absl::Span<const Key> wanted, size_t waiting,
                               domain::Lane lane) {
  if (waiting_) return Actor::kNever;
  std::vector<const Key*> unknown;
  for (const Key& key : wanted) {
    if (!Find(key).has_value()) unknown.push_back(&key);
  }
  if (unknown.empty()) return Actor::kNever;
  const Key& first =
      **std::min_element(unknown.begin(), unknown.end(),
                         [this](const Key* left, const Key* right) {
                           return FailuresOf(*left) < FailuresOf(*right);
                         });
  RemoteIndex& index = context_.index;
  const bool by_sku =
      index.sku_filter() != Filter::kIgnored && !IsFailing(first);
  if (index.IsFresh(context_.clock.BootMillis())) {
    return by_sku ? LookUp(first, lane) : LookUpById(first, lane);
  }
  const bool can_refresh =
      index.IsComplete() && index.id_filter() != Filter::kIgnored;
  if (refresh_.page > 0 || (can_refresh && (unknown.size() > 1 || !by_sku))) {
    // What the process before this one wrote may not be listed yet; counting
    // rows would have to begin at the first of it.
    const int64_t shown_at = index.restored_shown_at();
    if (context_.clock.BootMillis() < shown_at) return shown_at;
    return Refresh(lane);
  }
  if (by_sku && (unknown.size() <= kFewSkus || !SweepPays(waiting))) {
    return LookUp(first, lane);
  }
  context_.request_sweep();
  return context_.clock.BootMillis() + kSweepRetryMillis;
}

int64_t ProductLookup::LookUp(const Key& key, domain::Lane lane) {
  const auto grant = context_.gate.TryEnter(lane);
  if (!grant.granted) return grant.retry_at;
  waiting_ = true;
  const int64_t began = context_.clock.BootMillis();
  domain::ListQuery query;
  query.sku = key.sku;
  context_.gateway.List(query, [this, key, began](PageAnswer answer) {
    context_.gate.Leave("look", answer.report);
    context_.post([this, key, began, answer = std::move(answer)] {
      OnLookedUp(key, began, answer);
    });
  });
  return Actor::kNever;
}

void ProductLookup::OnLookedUp(const Key& key, int64_t began,
                               const PageAnswer& answer) {
  waiting_ = false;
  if (answer.filter_ignored || LacksFilter(answer)) {
    // Some page of everything, or none: it says nothing about the SKU.
    context_.index.set_sku_filter(Filter::kIgnored);
    failures_.erase(TextOf(key));
    return;
  }
  if (answer.report.effect != Effect::kConfirmed) {
    return Failed(key, answer.report);
  }
  failures_.erase(TextOf(key));
  DropStaleLooks();
  looks_[TextOf(key)] = {began, answer.records};
}

// Where the SKU cannot be asked for: the index knows its ids, not its records.
int64_t ProductLookup::LookUpById(const Key& key, domain::Lane lane) {
  const std::vector<std::string> ids =
      context_.index.Find(key.sku, key.api_name).ids;
  if (ids.size() != 1) {
    DropStaleLooks();
    failures_.erase(TextOf(key));
    Look& look = looks_[TextOf(key)];
    look = {context_.clock.BootMillis(), {}};
    for (const std::string& id : ids) {  // Several: only their ids matter.
      look.records.emplace_back().set_id(id);
      look.records.back().set_sku(key.sku);
    }
    return context_.clock.BootMillis();
  }
  const auto grant = context_.gate.TryEnter(lane);
  if (!grant.granted) return grant.retry_at;
  waiting_ = true;
  const int64_t began = context_.clock.BootMillis();
  context_.gateway.Get(ids.front(), [this, key, began, id = ids.front()](
                                        domain::RecordAnswer answer) {
    context_.gate.Leave("look", answer.report);
    context_.post([this, key, began, id, answer = std::move(answer)] {
      OnReadById(key, id, began, answer);
    });
  });
  return Actor::kNever;
}

void ProductLookup::OnReadById(const Key& key, const std::string& id,
                               int64_t began,
                               const domain::RecordAnswer& answer) {
  waiting_ = false;
  if (answer.report.effect != Effect::kConfirmed) return;
  // Only the provider's word makes a record gone.
  if (!answer.not_found && !answer.record.has_value()) return;
  if (answer.not_found || !key.Names(*answer.record)) {
    context_.index.Remove(id, key.sku);
    if (!answer.not_found) {  // It is there under another SKU.
      context_.index.Add(*answer.record, /*keep_record=*/false,
                         context_.ShownFrom());
    }
    return;
  }
  DropStaleLooks();
  failures_.erase(TextOf(key));
  looks_[TextOf(key)] = {began, {*answer.record}};
}

int64_t ProductLookup::Refresh(domain::Lane lane) {
  const auto grant = context_.gate.TryEnter(lane);
  if (!grant.granted) return grant.retry_at;
  const int64_t now = context_.clock.BootMillis();
  if (refresh_.page == 0) {
    refresh_ = Reading();
    refresh_.began = now;
    refresh_.above = context_.index.base_id();
    const size_t known = deep_failures_ < kMaxDeepFailures
                             ? context_.index.KnownFromBase(now)
                             : 0;
    refresh_.page = static_cast<uint32_t>(known / kPageRows + 1);
  }
  waiting_ = true;
  domain::ListQuery query;
  query.page = refresh_.page;
  query.per_page = kPageRows;
  if (!refresh_.above.empty()) query.id_above = refresh_.above;
  context_.gateway.List(query, [this, now](PageAnswer answer) {
    context_.gate.Leave("look", answer.report);
    context_.post([this, now, answer = std::move(answer)] {
      waiting_ = false;
      OnRefreshed(answer, now);
    });
  });
  return Actor::kNever;
}

// Rows that are not known yet are recorded like those of a sweep, so that the
// next process knows them. Those that are known are seen to be listed.
void ProductLookup::TakeRows(const PageAnswer& answer, int64_t asked) {
  domain::RecordStock command;
  command.connection = context_.connection;
  command.observe_time = context_.clock.Now();
  for (const v1::RemoteProduct& record : answer.records) {
    if (context_.index.IsKnownAbove(record.id())) {
      context_.index.Saw(record.id(), asked);
      continue;
    }
    context_.index.Add(record, /*keep_record=*/true, asked);
    command.products.push_back(record);
  }
  if (command.products.empty()) return;
  if (!context_.Execute(command).ok()) refresh_.recorded = false;
}

// Whether no row that stands before the answer's page is unknown. The page says
// how many rows those are. What lists may not show yet is counted neither way:
// an unknown row could hide behind it.
bool ProductLookup::IsAllKnownBefore(const PageAnswer& answer,
                                     int64_t asked) const {
  if (refresh_.page == 1) return true;
  if (answer.records.empty()) return false;
  const v1::RemoteProduct* first = &answer.records.front();
  for (const v1::RemoteProduct& record : answer.records) {
    if (domain::IsAboveRemoteId(first->id(), record.id())) first = &record;
  }
  return context_.index.AreAllKnownBelow(
      first->id(), size_t{refresh_.page - 1} * kPageRows, asked);
}

// Sets the page to read after `answer`; page 0 when everything is known. Once
// nothing is unknown before a page, the reading goes on above its rows by id:
// pages move when a row shows up late.
void ProductLookup::TurnPage(const PageAnswer& answer, int64_t asked) {
  if (!refresh_.onward && !IsAllKnownBefore(answer, asked)) {
    refresh_.back = std::min(refresh_.back * 2, refresh_.page - 1);
    refresh_.page -= refresh_.back;
    return;
  }
  refresh_.onward = true;
  // A provider may show fewer rows on a page than it was asked for.
  const size_t shown = size_t{refresh_.page - 1} * kPageRows + answer.row_count;
  if (answer.row_count == 0 || shown >= answer.total.value_or(shown + 1)) {
    refresh_.page = 0;
    return;
  }
  std::string last = refresh_.above;
  for (const v1::RemoteProduct& record : answer.records) {
    if (domain::IsAboveRemoteId(record.id(), last)) last = record.id();
  }
  // A page that brings nothing new would be read for ever.
  if (last == refresh_.above) {
    refresh_.page += 1;
    return;
  }
  refresh_.above = std::move(last);
  refresh_.page = 1;
}

void ProductLookup::OnRefreshed(const PageAnswer& answer, int64_t asked) {
  RemoteIndex& index = context_.index;
  if (answer.filter_ignored || LacksFilter(answer)) {
    index.set_id_filter(Filter::kIgnored);
    refresh_.page = 0;
    return;
  }
  if (answer.report.effect != Effect::kConfirmed) {
    // The same page again, unless it is one of those that may always fail.
    const bool failed =
        answer.report.reason == v1::ERROR_REASON_PROVIDER_UNAVAILABLE;
    if (failed && refresh_.page > 1) {
      ++deep_failures_;
      refresh_.page = 0;
    }
    return;
  }
  if (refresh_.page > 1) deep_failures_ = 0;
  // Rows up to the base exist: not showing them is honouring the filter.
  if (!refresh_.above.empty()) index.set_id_filter(Filter::kHonoured);
  TakeRows(answer, asked);
  TurnPage(answer, asked);
  if (refresh_.page != 0) return;
  const auto base =
      index.Confirm(refresh_.began, context_.clock.BootMillis(),
                    absl::ToInt64Milliseconds(context_.bounds.max_read_lag));
  if (!base.has_value() || !refresh_.recorded) return;
  // Without a record of it the next process reads the same rows again.
  context_.Execute(domain::RecordSweep{context_.connection, *base})
      .status()
      .IgnoreError();
}

}  // namespace qantara::server
