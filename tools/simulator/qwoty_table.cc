#include "tools/simulator/qwoty_table.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {

std::string MakeUuid(uint64_t seed, absl::string_view kind, int64_t number) {
  const std::string key = absl::StrCat(number);
  const uint64_t high = MixedHash(seed, absl::StrCat(kind, " high"), key);
  const uint64_t low = MixedHash(seed, absl::StrCat(kind, " low"), key);
  // Version 4, variant 1, as random UUIDs have it.
  return absl::StrFormat("%08x-%04x-4%03x-%04x-%012x", high >> 32,
                         (high >> 16) & 0xffff, high & 0xfff,
                         0x8000 | ((low >> 48) & 0x3fff), low & 0xffffffffffff);
}

bool IsUuid(absl::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !absl::ascii_isxdigit(text[i])) return false;
  }
  return true;
}

const QwotyVariant& QwotyTable::Insert(uint64_t seed, QwotyVariant variant) {
  const int64_t number = next_number_++;
  if (variant.id.empty()) variant.id = MakeUuid(seed, "variant", number);
  if (variant.parent_id.empty()) {
    variant.parent_id = MakeUuid(seed, "parent", number);
  }
  Erase(variant.id);
  rows_.push_back(std::make_unique<QwotyVariant>(std::move(variant)));
  QwotyVariant* row = rows_.back().get();
  by_id_[row->id] = row;
  by_id_[row->parent_id] = row;
  CountName(*row, 1);
  return *row;
}

void QwotyTable::Replace(QwotyVariant variant) {
  QwotyVariant* row = FindRow(variant.id);
  if (row == nullptr) return;
  CountName(*row, -1);
  *row = std::move(variant);
  CountName(*row, 1);
}

bool QwotyTable::Erase(const std::string& id) {
  const QwotyVariant* row = Find(id);
  if (row == nullptr) return false;
  CountName(*row, -1);
  by_id_.erase(row->parent_id);
  by_id_.erase(std::string(row->id));
  rows_.erase(std::find_if(rows_.begin(), rows_.end(), [row](const auto& kept) {
    return kept.get() == row;
  }));
  return true;
}

void QwotyTable::Clear() {
  rows_.clear();
  api_names_.clear();
  by_id_.clear();
}

QwotyVariant* QwotyTable::FindRow(const std::string& id) const {
  const auto at = by_id_.find(id);
  return at == by_id_.end() ? nullptr : at->second;
}

const QwotyVariant* QwotyTable::Find(const std::string& id) const {
  return FindRow(id);
}

bool QwotyTable::HasApiName(const std::string& api_name) const {
  const auto at = api_names_.find(api_name);
  return at != api_names_.end() && at->second > 0;
}

void QwotyTable::CountName(const QwotyVariant& row, int change) {
  api_names_[row.values.TextAt("api_name")] += change;
}

std::map<std::string, std::vector<std::string>> QwotyTable::Repeated(
    absl::string_view key) const {
  std::map<std::string, std::vector<std::string>> repeated;
  for (const auto& row : rows_) {
    const std::string value = row->values.TextAt(key);
    if (!value.empty()) repeated[value].push_back(row->id);
  }
  for (auto at = repeated.begin(); at != repeated.end();) {
    at = at->second.size() > 1 ? std::next(at) : repeated.erase(at);
  }
  return repeated;
}

}  // namespace qantara::simulator
