#include "domain/delivery/settle_outcome.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/delivery/chunk_size.h"
#include "domain/delivery/existing_outcome.h"
#include "domain/delivery/match_keys.h"
#include "domain/remote_id.h"
#include "domain/text_checks.h"

namespace qantara::domain {
namespace {

using events::v1::ItemOutcome;
using Records = std::vector<const v1::RemoteProduct*>;

// Rows of a reading by key and by normalised SKU, each record once.
struct Index {
  absl::flat_hash_map<std::string, Records> exact;
  absl::flat_hash_map<std::string, Records> normalized;
};

Index IndexOf(absl::Span<const OutboundItem> items, const Reading& reading) {
  Index index;
  const MatchKeys keys(items);
  absl::flat_hash_map<std::string, bool> seen;
  for (const v1::RemoteProduct& record : reading.records) {
    if (!seen.emplace(record.id(), true).second) continue;
    index.exact[keys.Of(record)].push_back(&record);
    // One with a name of its own is what its name says, whatever its SKU.
    if (record.qwoty().has_api_name()) continue;
    index.normalized[NormalizedSku(record.sku())].push_back(&record);
  }
  return index;
}

std::vector<std::string> IdsOf(const Records& records) {
  std::vector<std::string> ids;
  for (const v1::RemoteProduct* record : records) ids.push_back(record->id());
  return ids;
}

// Whether the intent's request may have made the record: it is newer, and the
// request was not one for a single product that was refused.
bool MayBeOurs(const tables::v1::IntentRow& intent,
               const v1::RemoteProduct& record) {
  const bool refused_alone = intent.answer() == events::v1::ANSWER_REFUSED &&
                             intent.create().items_size() == 1;
  return !refused_alone &&
         IsAboveRemoteId(record.id(), intent.create().watermark());
}

ItemOutcome Found(const tables::v1::IntentRow& intent, const OutboundItem& item,
                  const Records& records) {
  if (records.size() == 1) {
    return MayBeOurs(intent, *records.front())
               ? OutcomeOf(item, v1::ITEM_STATE_CREATED, *records.front())
               : ResolveExisting(item, item.policy, {*records.front()});
  }
  const std::vector<std::string> ids = IdsOf(records);
  ItemOutcome outcome = OutcomeOf(
      item, v1::ITEM_STATE_PARKED, v1::ERROR_REASON_SKU_DUPLICATE,
      absl::StrCat("exists more than once, as ", absl::StrJoin(ids, ", ")));
  for (const std::string& id : ids) outcome.add_duplicate_remote_ids(id);
  return outcome;
}

ItemOutcome Altered(const OutboundItem& item, const Records& records) {
  const std::vector<std::string> ids = IdsOf(records);
  ItemOutcome outcome = OutcomeOf(
      item, v1::ITEM_STATE_PARKED, v1::ERROR_REASON_SKU_ALTERED,
      absl::StrCat("the provider holds SKU \"", records.front()->sku(),
                   "\" as ", absl::StrJoin(ids, ", ")));
  // A later line of the same SKU must not create it once more.
  for (const std::string& id : ids) outcome.add_duplicate_remote_ids(id);
  return outcome;
}

ItemOutcome Absent(uint64_t intent_position,
                   const tables::v1::IntentRow& intent,
                   const OutboundItem& item) {
  if (intent.answer() != events::v1::ANSWER_REFUSED) {
    if (CountsAsFailure(intent.answer()) && item.failures + 1 >= kMaxFailures) {
      return OutcomeOf(item, v1::ITEM_STATE_PARKED,
                       v1::ERROR_REASON_PROVIDER_FAILS,
                       absl::StrCat("the provider failed ", kMaxFailures,
                                    " times; the product does not exist"));
    }
    ItemOutcome outcome = OutcomeOf(item, v1::ITEM_STATE_QUEUED);
    outcome.set_suspect_group(item.suspect_group);  // As suspected as before.
    return outcome;
  }
  if (intent.create().items_size() == 1) {
    ItemOutcome outcome = OutcomeOf(item, v1::ITEM_STATE_REJECTED);
    outcome.set_reason(v1::ERROR_REASON_PROVIDER_REJECTED);
    *outcome.mutable_problems() = intent.problems();
    return outcome;
  }
  ItemOutcome outcome = OutcomeOf(item, v1::ITEM_STATE_QUEUED);
  outcome.set_suspect_group(intent_position);
  return outcome;
}

}  // namespace

bool CountsAsFailure(events::v1::Answer answer) {
  return answer == events::v1::ANSWER_UNKNOWN ||
         answer == events::v1::ANSWER_CONFIRMED;
}

std::vector<ItemOutcome> ResolveReading(uint64_t intent_position,
                                        const tables::v1::IntentRow& intent,
                                        absl::Span<const OutboundItem> items,
                                        const Reading& reading) {
  const Index index = IndexOf(items, reading);
  std::vector<ItemOutcome> outcomes;
  for (const OutboundItem& item : items) {
    const auto exact = index.exact.find(MatchKeys::Of(item.product));
    if (exact != index.exact.end()) {
      outcomes.push_back(Found(intent, item, exact->second));
      continue;
    }
    if (!reading.is_last) continue;
    const auto close = index.normalized.find(NormalizedSku(item.product.sku()));
    outcomes.push_back(close != index.normalized.end()
                           ? Altered(item, close->second)
                           : Absent(intent_position, intent, item));
  }
  return outcomes;
}

}  // namespace qantara::domain
