#include "server/delivery/remote_index.h"

#include <algorithm>
#include <utility>

#include "domain/remote_id.h"

namespace qantara::server {

void RemoteIndex::BeginSweep(int64_t now) {
  const std::lock_guard lock(mutex_);
  swept_.clear();
  swept_highest_.clear();
  sweeping_ = true;
  sweep_began_ = now;
}

void RemoteIndex::AddTo(const v1::RemoteProduct& record, bool keep_record,
                        Entries* entries) {
  if (domain::IsAboveRemoteId(record.id(), highest_id_)) {
    highest_id_ = record.id();
  }
  if (record.sku().empty()) return;
  Entry entry{record.id(), {}};
  if (keep_record && record_bytes_ < kIndexRecordBytes) {
    // Linking does not ask where the stock is.
    v1::RemoteProduct kept = record;
    kept.clear_stock();
    entry.record = kept.SerializeAsString();
    record_bytes_ += entry.record.size();
  }
  std::vector<Entry>& same_sku = (*entries)[record.sku()];
  const auto place =
      std::find_if(same_sku.begin(), same_sku.end(),
                   [&](const Entry& other) { return other.id == entry.id; });
  if (place == same_sku.end()) {
    same_sku.push_back(std::move(entry));
  } else {
    record_bytes_ -= place->record.size();
    *place = std::move(entry);
  }
}

void RemoteIndex::Know(const std::string& id, int64_t visible_from) {
  if (!domain::IsAboveRemoteId(id, base_id_)) return;
  const auto known = above_.try_emplace(id, visible_from).first;
  known->second = std::min(known->second, visible_from);
}

void RemoteIndex::AddSwept(const v1::RemoteProduct& record, bool keep_record) {
  const std::lock_guard lock(mutex_);
  if (domain::IsAboveRemoteId(record.id(), swept_highest_)) {
    swept_highest_ = record.id();
  }
  AddTo(record, keep_record, &swept_);
  Know(record.id(), sweep_began_);
}

void RemoteIndex::AddUnseen(const std::string& id, const std::string& sku) {
  const std::lock_guard lock(mutex_);
  v1::RemoteProduct record;
  record.set_id(id);
  record.set_sku(sku);
  AddTo(record, /*keep_record=*/false, &swept_);
}

void RemoteIndex::SetBase(std::string base_id) {
  base_id_ = std::move(base_id);
  absl::erase_if(above_, [this](const auto& known) {
    return !domain::IsAboveRemoteId(known.first, base_id_);
  });
}

std::string RemoteIndex::CompleteSweep() {
  const std::lock_guard lock(mutex_);
  if (!sweeping_) return base_id_;
  SetBase(swept_highest_);
  entries_ = std::move(swept_);
  swept_.clear();
  record_bytes_ = 0;
  for (const auto& [sku, same_sku] : entries_) {
    for (const Entry& entry : same_sku) record_bytes_ += entry.record.size();
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
    AddTo(record, /*keep_record=*/false, &entries_);
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
  for (const auto& [sku, same_sku] : swept_) {
    for (const Entry& entry : same_sku) record_bytes_ -= entry.record.size();
  }
  swept_.clear();
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
  AddTo(record, keep_record, &entries_);
  // A sweep under way may have passed the record's place already.
  if (sweeping_) AddTo(record, keep_record, &swept_);
}

void RemoteIndex::Drop(absl::string_view id, std::vector<Entry>* same_sku) {
  std::erase_if(*same_sku, [&](const Entry& entry) {
    if (entry.id != id) return false;
    record_bytes_ -= entry.record.size();
    return true;
  });
}

void RemoteIndex::RemoveId(absl::string_view id) {
  const std::lock_guard lock(mutex_);
  for (Entries* entries : {&entries_, &swept_}) {
    for (auto& [sku, same_sku] : *entries) Drop(id, &same_sku);
  }
}

void RemoteIndex::Remove(absl::string_view id, const std::string& sku) {
  const std::lock_guard lock(mutex_);
  for (Entries* entries : {&entries_, &swept_}) {
    const auto same_sku = entries->find(sku);
    if (same_sku != entries->end()) Drop(id, &same_sku->second);
  }
}

bool RemoteIndex::IsFresh(int64_t now) const {
  const std::lock_guard lock(mutex_);
  return complete_ && fresh_ && now - as_of_ <= kLookMillis;
}

bool RemoteIndex::IsComplete() const {
  const std::lock_guard lock(mutex_);
  return complete_;
}

RemoteIndex::Known RemoteIndex::Find(absl::string_view sku) const {
  const std::lock_guard lock(mutex_);
  Known known;
  const auto place = entries_.find(std::string(sku));
  if (place == entries_.end()) return known;
  bool all = true;
  for (const Entry& entry : place->second) {
    known.ids.push_back(entry.id);
    v1::RemoteProduct record;
    all = all && !entry.record.empty() && record.ParseFromString(entry.record);
    if (all) known.records.push_back(std::move(record));
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
