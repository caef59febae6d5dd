#include "domain/verify/import_check.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace qantara::domain {
namespace {

IdentityDifference MakeDifference(v1::VerifyDifferenceKind kind,
                                  const CheckedItem& item,
                                  const Sighting& sighting,
                                  std::string message) {
  IdentityDifference difference{kind, {item.remote_id}, std::move(message)};
  difference.remote_ids.insert(difference.remote_ids.end(),
                               sighting.other_ids.begin(),
                               sighting.other_ids.end());
  return difference;
}

}  // namespace

std::optional<IdentityDifference> CompareIdentity(const CheckedItem& item,
                                                  const Sighting& sighting) {
  const bool present = sighting.held_sku.has_value();
  const bool same_sku =
      present && (item.sku.empty() || *sighting.held_sku == item.sku);
  const std::string others = absl::StrJoin(sighting.other_ids, ", ");
  const std::string mapped =
      present ? absl::StrCat("record ", item.remote_id, " has SKU \"",
                             *sighting.held_sku, "\"")
      : item.remote_id.empty()
          ? std::string("no record is mapped")
          : absl::StrCat("record ", item.remote_id, " is gone");
  if (same_sku) {
    if (sighting.other_ids.empty()) return std::nullopt;
    return MakeDifference(v1::VERIFY_DIFFERENCE_KIND_DUPLICATE, item, sighting,
                          absl::StrCat("records ", item.remote_id, ", ", others,
                                       " have the same SKU"));
  }
  if (!sighting.other_ids.empty()) {
    return MakeDifference(
        v1::VERIFY_DIFFERENCE_KIND_OTHER_ID, item, sighting,
        absl::StrCat(mapped, "; the item's SKU is on ", others));
  }
  return MakeDifference(present ? v1::VERIFY_DIFFERENCE_KIND_OTHER_SKU
                                : v1::VERIFY_DIFFERENCE_KIND_MISSING,
                        item, sighting, mapped);
}

bool IsInSample(size_t index, size_t count, size_t size) {
  if (size >= count) return true;
  return (index + 1) * size / count != index * size / count;
}

void ImportCheck::Add(CheckedItem item) {
  const size_t index = entries_.size();
  Entry& entry = entries_.emplace_back();
  entry.item = std::move(item);
  entry.asked = entry.item.remote_id.empty() ||
                by_id_.try_emplace(entry.item.remote_id, index).second;
  if (entry.asked && !entry.item.sku.empty()) {
    by_sku_[entry.item.sku].push_back(index);
  }
}

std::optional<size_t> ImportCheck::See(const v1::RemoteProduct& record) {
  std::optional<size_t> mapped;
  const auto by_id = by_id_.find(record.id());
  if (by_id != by_id_.end()) {
    mapped = by_id->second;
    Entry& entry = entries_[*mapped];
    entry.seen = true;
    if (!entry.item.sku.empty() && entry.item.sku != record.sku()) {
      held_skus_[*mapped] = record.sku();
    }
  }
  const auto by_sku = by_sku_.find(record.sku());
  if (by_sku == by_sku_.end()) return mapped;
  for (const size_t index : by_sku->second) {
    if (entries_[index].item.remote_id != record.id()) {
      other_ids_[index].push_back(record.id());
    }
  }
  return mapped;
}

std::vector<size_t> ImportCheck::Suspects() const {
  std::vector<size_t> suspects;
  for (size_t index = 0; index < entries_.size(); ++index) {
    const Entry& entry = entries_[index];
    if (entry.asked && (!entry.seen || held_skus_.contains(index) ||
                        other_ids_.contains(index))) {
      suspects.push_back(index);
    }
  }
  return suspects;
}

Sighting ImportCheck::SightingOf(size_t index) const {
  Sighting sighting;
  const Entry& entry = entries_[index];
  if (entry.seen) {
    const auto held = held_skus_.find(index);
    sighting.held_sku =
        held == held_skus_.end() ? entry.item.sku : held->second;
  }
  const auto others = other_ids_.find(index);
  if (others != other_ids_.end()) sighting.other_ids = others->second;
  return sighting;
}

}  // namespace qantara::domain
