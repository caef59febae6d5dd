#include "server/delivery/remote_index.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/algorithm/container.h"
#include "domain/remote_id.h"

namespace qantara::server {

RemoteIndex::RemoteIndex(const domain::ProviderTraits& traits)
    : ascending_ids_(traits.ascending_ids),
      unique_names_(traits.unique_names),
      id_filter_(traits.filters ? Filter::kNotKnown : Filter::kIgnored),
      sku_filter_(id_filter_) {}

void RemoteIndex::BeginSweep(int64_t now) {
  const std::lock_guard lock(mutex_);
  ++sweep_;
  swept_highest_.clear();
  sweeping_ = true;
  sweep_began_ = now;
}

void RemoteIndex::Keep(const v1::RemoteProduct& record, bool keep_record) {
  if (ascending_ids_ && domain::IsAboveRemoteId(record.id(), highest_id_)) {
    highest_id_ = record.id();
  }
  if (unique_names_ && record.qwoty().has_api_name()) {
    names_[record.qwoty().api_name()] = {record.id(), sweep_};
  }
  if (record.sku().empty()) return;
  std::vector<Entry>& same_sku = entries_[record.sku()];
  auto place =
      std::find_if(same_sku.begin(), same_sku.end(),
                   [&](const Entry& entry) { return entry.id == record.id(); });
  if (place == same_sku.end()) {
    place = same_sku.insert(place, Entry{record.id(), {}, 0});
  }
  place->sweep = sweep_;
  record_bytes_ -= place->record.size();
  std::string bytes;
  if (keep_record && record_bytes_ < kIndexRecordBytes) {
    // Linking does not ask where the stock is. Id and SKU are here already.
    v1::RemoteProduct kept = record;
    kept.clear_stock();
    kept.clear_id();
    kept.clear_sku();
    bytes = kept.SerializeAsString();
  }
  place->record = std::move(bytes);
  record_bytes_ += place->record.size();
}

void RemoteIndex::Know(const std::string& id, int64_t visible_from) {
  if (!ascending_ids_ || !domain::IsAboveRemoteId(id, base_id_)) return;
  const auto known = above_.try_emplace(id, visible_from).first;
  known->second = std::min(known->second, visible_from);
}

void RemoteIndex::AddSwept(const v1::RemoteProduct& record, bool keep_record) {
  const std::lock_guard lock(mutex_);
  if (ascending_ids_ && domain::IsAboveRemoteId(record.id(), swept_highest_)) {
    swept_highest_ = record.id();
  }
  Keep(record, keep_record);
  Know(record.id(), sweep_began_);
}

void RemoteIndex::AddUnseen(const std::string& id, const std::string& sku) {
  const std::lock_guard lock(mutex_);
  v1::RemoteProduct record;
  record.set_id(id);
  record.set_sku(sku);
  Keep(record, /*keep_record=*/false);
}

void RemoteIndex::SetBase(std::string base_id) {
  base_id_ = std::move(base_id);
  absl::erase_if(above_, [this](const auto& known) {
    return !domain::IsAboveRemoteId(known.first, base_id_);
  });
  above_.rehash(0);  // The first sweep fills it with the whole catalog.
}

std::string RemoteIndex::CompleteSweep(int64_t took) {
  const std::lock_guard lock(mutex_);
  if (!sweeping_) return base_id_;
  SetBase(swept_highest_);
  absl::erase_if(entries_, [this](auto& named) {
    std::vector<Entry>& same_sku = named.second;
    for (size_t i = same_sku.size(); i-- > 0;) {
      if (same_sku[i].sweep == sweep_) continue;
      record_bytes_ -= same_sku[i].record.size();
      same_sku.erase(same_sku.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return same_sku.empty();
  });
  absl::erase_if(names_, [this](const auto& named) {
    return named.second.sweep != sweep_;
  });
  if (unique_names_ && id_filter_ == Filter::kIgnored) {
    look_millis_ = std::max(kLookMillis, 2 * took);
  }
  sweeping_ = false;
  sweep_failed_ = false;
  complete_ = true;
  as_of_ = sweep_began_;
  fresh_ = true;
  return base_id_;
}

void RemoteIndex::Restore(const std::string& base_id,
                          const std::vector<v1::RemoteProduct>& records,
                          int64_t visible_from) {
  const std::lock_guard lock(mutex_);
  base_id_ = base_id;
  for (const v1::RemoteProduct& record : records) {
    Keep(record, /*keep_record=*/false);
    Know(record.id(), visible_from);
  }
  restored_shown_at_ = above_.empty() ? 0 : visible_from;
  complete_ = true;
}

std::optional<std::string> RemoteIndex::Confirm(int64_t began, int64_t ended,
                                                int64_t read_lag) {
  const std::lock_guard lock(mutex_);
  as_of_ = std::max(as_of_, began);
  fresh_ = true;
  const bool due =
      next_base_at_.has_value() && began - *next_base_at_ >= read_lag;
  std::optional<std::string> base;
  if (due && domain::IsAboveRemoteId(next_base_, base_id_)) {
    SetBase(next_base_);
    base = base_id_;
  }
  if (due || !next_base_at_.has_value()) {
    next_base_ = highest_id_;
    next_base_at_ = ended;
  }
  return base;
}

void RemoteIndex::AbandonSweep() {
  const std::lock_guard lock(mutex_);
  sweeping_ = false;
  sweep_failed_ = true;
}

bool RemoteIndex::sweep_failed() const {
  const std::lock_guard lock(mutex_);
  return sweep_failed_;
}

void RemoteIndex::Add(const v1::RemoteProduct& record, bool keep_record,
                      int64_t visible_from) {
  const std::lock_guard lock(mutex_);
  Know(record.id(), visible_from);
  // A sweep under way, which may have passed the record's place already, leaves
  // it there.
  Keep(record, keep_record);
}

void RemoteIndex::Drop(absl::string_view id, std::vector<Entry>* same_sku) {
  std::erase_if(*same_sku, [&](const Entry& entry) {
    if (entry.id != id) return false;
    record_bytes_ -= entry.record.size();
    return true;
  });
}

void RemoteIndex::DropName(absl::string_view id) {
  absl::erase_if(names_,
                 [id](const auto& named) { return named.second.id == id; });
}

void RemoteIndex::RemoveId(absl::string_view id) {
  const std::lock_guard lock(mutex_);
  for (auto& [sku, same_sku] : entries_) Drop(id, &same_sku);
  DropName(id);
}

void RemoteIndex::Remove(absl::string_view id, const std::string& sku) {
  const std::lock_guard lock(mutex_);
  DropName(id);
  const auto same_sku = entries_.find(sku);
  if (same_sku == entries_.end()) return;
  Drop(id, &same_sku->second);
  if (same_sku->second.empty()) entries_.erase(same_sku);
}

bool RemoteIndex::IsFresh(int64_t now) const {
  const std::lock_guard lock(mutex_);
  return complete_ && fresh_ && now - as_of_ <= look_millis_;
}

bool RemoteIndex::IsComplete() const {
  const std::lock_guard lock(mutex_);
  return complete_;
}

RemoteIndex::Known RemoteIndex::Find(absl::string_view sku,
                                     absl::string_view api_name) const {
  const std::lock_guard lock(mutex_);
  Known known = FindBySku(sku);
  if (api_name.empty()) return known;
  const auto named = names_.find(std::string(api_name));
  if (named == names_.end() ||
      absl::c_linear_search(known.ids, named->second.id)) {
    return known;
  }
  known.ids.push_back(named->second.id);
  known.records.clear();
  return known;
}

RemoteIndex::Known RemoteIndex::FindBySku(absl::string_view sku) const {
  Known known;
  const auto place = entries_.find(std::string(sku));
  if (place == entries_.end()) return known;
  bool all = true;
  for (const Entry& entry : place->second) {
    known.ids.push_back(entry.id);
    v1::RemoteProduct record;
    all = all && !entry.record.empty() && record.ParseFromString(entry.record);
    if (!all) continue;
    record.set_id(entry.id);
    record.set_sku(std::string(sku));
    known.records.push_back(std::move(record));
  }
  if (!all) known.records.clear();
  return known;
}

void RemoteIndex::SawId(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (domain::IsAboveRemoteId(id, highest_id_)) highest_id_ = id;
}

std::string RemoteIndex::highest_id() const {
  const std::lock_guard lock(mutex_);
  return highest_id_;
}

std::string RemoteIndex::base_id() const {
  const std::lock_guard lock(mutex_);
  return base_id_;
}

int64_t RemoteIndex::restored_shown_at() const {
  const std::lock_guard lock(mutex_);
  return restored_shown_at_;
}

bool RemoteIndex::IsKnownAbove(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  return above_.contains(id);
}

size_t RemoteIndex::CountKnownAbove(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  if (domain::IsAboveRemoteId(base_id_, id)) {
    return std::max(entries_.size(), total_);
  }
  return static_cast<size_t>(
      std::count_if(above_.begin(), above_.end(), [&](const auto& known) {
        return domain::IsAboveRemoteId(known.first, id);
      }));
}

void RemoteIndex::Saw(const std::string& id, int64_t now) {
  const std::lock_guard lock(mutex_);
  Know(id, now);
}

size_t RemoteIndex::KnownFromBase(int64_t now) const {
  const std::lock_guard lock(mutex_);
  const std::string* first_hidden = nullptr;
  for (const auto& [id, visible_from] : above_) {
    if (visible_from > now && (first_hidden == nullptr ||
                               domain::IsAboveRemoteId(*first_hidden, id))) {
      first_hidden = &id;
    }
  }
  if (first_hidden == nullptr) return above_.size();
  return static_cast<size_t>(
      std::count_if(above_.begin(), above_.end(), [&](const auto& known) {
        return domain::IsAboveRemoteId(*first_hidden, known.first);
      }));
}

bool RemoteIndex::AreAllKnownBelow(absl::string_view id, size_t rows,
                                   int64_t now) const {
  const std::lock_guard lock(mutex_);
  size_t known = 0;
  for (const auto& [other, visible_from] : above_) {
    if (!domain::IsAboveRemoteId(id, other)) continue;
    if (visible_from > now) return false;
    ++known;
  }
  return known == rows;
}

size_t RemoteIndex::CountKnown() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

size_t RemoteIndex::total() const {
  const std::lock_guard lock(mutex_);
  return total_;
}

void RemoteIndex::set_total(size_t total) {
  const std::lock_guard lock(mutex_);
  total_ = total;
}

RemoteIndex::Filter RemoteIndex::id_filter() const {
  const std::lock_guard lock(mutex_);
  return id_filter_;
}

void RemoteIndex::set_id_filter(Filter filter) {
  const std::lock_guard lock(mutex_);
  id_filter_ = filter;
}

RemoteIndex::Filter RemoteIndex::sku_filter() const {
  const std::lock_guard lock(mutex_);
  return sku_filter_;
}

void RemoteIndex::set_sku_filter(Filter filter) {
  const std::lock_guard lock(mutex_);
  sku_filter_ = filter;
}

}  // namespace qantara::server
