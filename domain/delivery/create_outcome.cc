#include "domain/delivery/create_outcome.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/delivery/match_keys.h"
#include "domain/text_checks.h"

namespace qantara::domain {
namespace {

using events::v1::CreateAnswered;
using events::v1::ItemOutcome;
using Records = std::vector<const v1::RemoteProduct*>;

ItemOutcome Unknown(const OutboundItem& item) {
  if (MatchKeys::Of(item.product).empty()) {
    return OutcomeOf(item, v1::ITEM_STATE_PARKED,
                     v1::ERROR_REASON_OUTCOME_UNKNOWN,
                     "without a SKU it cannot be read back");
  }
  ItemOutcome outcome = OutcomeOf(item, v1::ITEM_STATE_UNKNOWN);
  outcome.set_suspect_group(item.suspect_group);
  return outcome;
}

ItemOutcome Duplicate(const OutboundItem& item, const Records& records) {
  std::vector<std::string> ids;
  for (const v1::RemoteProduct* record : records) ids.push_back(record->id());
  ItemOutcome outcome = OutcomeOf(
      item, v1::ITEM_STATE_PARKED, v1::ERROR_REASON_SKU_DUPLICATE,
      absl::StrCat("exists more than once, as ", absl::StrJoin(ids, ", ")));
  for (std::string& id : ids) {
    outcome.add_duplicate_remote_ids(std::move(id));
  }
  return outcome;
}

ItemOutcome Altered(const OutboundItem& item, const Records& strangers) {
  ItemOutcome outcome = OutcomeOf(
      item, v1::ITEM_STATE_PARKED, v1::ERROR_REASON_SKU_ALTERED,
      absl::StrCat("the provider answered with SKU ",
                   absl::StrJoin(strangers, ", ",
                                 [](std::string* out, const auto* record) {
                                   absl::StrAppend(out, "\"", record->sku(),
                                                   "\" as ", record->id());
                                 })));
  // A later line of the same SKU must not create it once more.
  for (const v1::RemoteProduct* record : strangers) {
    outcome.add_duplicate_remote_ids(record->id());
  }
  return outcome;
}

// Records of the answer by key, and those whose key nobody sent: by the
// normalised SKU of an item, or of none.
struct Matched {
  absl::flat_hash_map<std::string, Records> by_key;
  absl::flat_hash_map<std::string, Records> altered;
  Records strangers;

  // What the item may have become, where no record has its SKU.
  const Records& AlteredFormsOf(const OutboundItem& item) const {
    const Records& own = altered.at(NormalizedSku(item.product.sku()));
    return own.empty() ? strangers : own;
  }
};

Matched Match(absl::Span<const OutboundItem> items,
              const CreateAnswer& answer) {
  Matched matched;
  const MatchKeys keys(items);
  for (const OutboundItem& item : items) {
    matched.by_key.try_emplace(MatchKeys::Of(item.product));
    matched.altered.try_emplace(NormalizedSku(item.product.sku()));
  }
  absl::flat_hash_set<absl::string_view> ids;
  for (const v1::RemoteProduct& record : answer.records) {
    if (!ids.insert(record.id()).second) continue;  // Told twice, there once.
    const auto place = matched.by_key.find(keys.Of(record));
    if (place != matched.by_key.end()) {
      place->second.push_back(&record);
      continue;
    }
    const auto form = matched.altered.find(NormalizedSku(record.sku()));
    (form == matched.altered.end() ? matched.strangers : form->second)
        .push_back(&record);
  }
  return matched;
}

void Halve(absl::Span<const OutboundItem> items, const ChunkPace& pace,
           CreateAnswered* out) {
  if (items.size() > 1) out->set_chunk_size(HalvedChunkSize(pace.size));
}

void ResolveConfirmed(absl::Span<const OutboundItem> items,
                      const CreateAnswer& answer, const ChunkPace& pace,
                      CreateAnswered* out) {
  out->set_answer(events::v1::ANSWER_CONFIRMED);
  if (items.size() == 1 && MatchKeys::Of(items.front().product).empty() &&
      answer.records.size() == 1) {
    // One was sent and one came back: whatever SKU the provider gave it.
    *out->add_items() = OutcomeOf(items.front(), v1::ITEM_STATE_CREATED,
                                  answer.records.front());
    return;
  }
  const Matched matched = Match(items, answer);
  bool clean = true;
  for (const OutboundItem& item : items) {
    const Records& records = matched.by_key.at(MatchKeys::Of(item.product));
    if (records.size() == 1) {
      *out->add_items() =
          OutcomeOf(item, v1::ITEM_STATE_CREATED, *records.front());
      continue;
    }
    clean = false;
    if (records.size() > 1) {
      *out->add_items() = Duplicate(item, records);
    } else if (!matched.AlteredFormsOf(item).empty()) {
      // Sent again, it could become a second record.
      *out->add_items() = Altered(item, matched.AlteredFormsOf(item));
    } else {
      *out->add_items() = Unknown(item);
    }
  }
  if (!clean) {
    Halve(items, pace, out);
  } else if (items.size() >= pace.size) {
    out->set_chunk_size(GrownChunkSize(pace));
  }
}

constexpr int kConflict = 409;

// Whether the product may have been refused because its key is taken.
bool SpeaksOfKey(const OutboundItem& item, const CallReport& report) {
  const bool named = item.product.qwoty().has_api_name();
  if (named && report.http_status == kConflict) return true;
  return std::any_of(report.problems.begin(), report.problems.end(),
                     [&](const v1::ItemProblem& problem) {
                       if (named) return problem.field() == "api_name";
                       return problem.field() == "sku" ||
                              problem.field() == "reference";
                     });
}

void ResolveRefused(absl::Span<const OutboundItem> items,
                    const CreateAnswer& answer, CreateAnswered* out) {
  out->set_answer(events::v1::ANSWER_REFUSED);
  if (items.size() > 1 || (SpeaksOfKey(items.front(), answer.report) &&
                           !MatchKeys::Of(items.front().product).empty())) {
    for (const OutboundItem& item : items) *out->add_items() = Unknown(item);
    return;
  }
  ItemOutcome& outcome = *out->add_items();
  outcome = OutcomeOf(items.front(), v1::ITEM_STATE_REJECTED);
  outcome.set_reason(v1::ERROR_REASON_PROVIDER_REJECTED);
  for (const v1::ItemProblem& problem : answer.report.problems) {
    *outcome.add_problems() = problem;
  }
}

}  // namespace

CreateAnswered ResolveCreate(absl::Span<const OutboundItem> items,
                             const CreateAnswer& answer,
                             const ChunkPace& pace) {
  CreateAnswered out;
  out.set_http_status(answer.report.http_status);
  for (const v1::ItemProblem& problem : answer.report.problems) {
    *out.add_problems() = problem;
  }
  if (answer.report.exchange.has_value()) {
    *out.mutable_exchange() = *answer.report.exchange;
  }
  switch (answer.report.effect) {
    case Effect::kConfirmed:
      ResolveConfirmed(items, answer, pace, &out);
      break;
    case Effect::kRefused:
      ResolveRefused(items, answer, &out);
      break;
    case Effect::kNotApplied:
      out.set_answer(events::v1::ANSWER_NOT_APPLIED);
      for (const OutboundItem& item : items) {
        ItemOutcome& outcome = *out.add_items();
        outcome = OutcomeOf(item, v1::ITEM_STATE_QUEUED);
        outcome.set_suspect_group(item.suspect_group);
      }
      break;
    case Effect::kUnknown:
      out.set_answer(events::v1::ANSWER_UNKNOWN);
      for (const OutboundItem& item : items) *out.add_items() = Unknown(item);
      Halve(items, pace, &out);
      break;
  }
  return out;
}

CreateAnswered ResolveInterrupted(absl::Span<const OutboundItem> items) {
  CreateAnswered out;
  out.set_answer(events::v1::ANSWER_INTERRUPTED);
  for (const OutboundItem& item : items) *out.add_items() = Unknown(item);
  return out;
}

}  // namespace qantara::domain
