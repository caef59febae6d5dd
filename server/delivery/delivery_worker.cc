#include "server/delivery/delivery_worker.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/decide/line_decider.h"
#include "domain/delivery/chunk_size.h"
#include "domain/delivery/existing_outcome.h"
#include "domain/delivery/fields_to_send.h"
#include "domain/delivery/match_keys.h"
#include "domain/delivery/turn.h"
#include "domain/duplicate_text.h"
#include "domain/ports/failpoints.h"
#include "domain/product_fields.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::server {
namespace {

using domain::Lane;
using domain::OutboundItem;
using domain::Table;
using events::v1::ItemOutcome;
using Visit = OutboxReader::Visit;

// Items that one walk through the outbox looks at.
constexpr int kMaxItemsPerWalk = 2000;
constexpr size_t kMaxSettledPerWalk = 500;
constexpr size_t kMaxUpdatesPerWalk = 16;
constexpr absl::Duration kFoldWait = absl::Seconds(10);
constexpr int64_t kErrorRetryMillis = 1000;

ItemOutcome ParkedAsDuplicate(const WaitingItem& waiting) {
  return domain::OutcomeOf(waiting.item, v1::ITEM_STATE_PARKED,
                           v1::ERROR_REASON_SKU_DUPLICATE,
                           domain::DuplicateText(waiting.product));
}

// Whether the SKU of the item's line still leads to its product. One that an
// update had reserved and did not get leads nowhere.
bool LeadsToProduct(const WaitingItem& waiting) {
  const std::string& sku = waiting.row.sku();
  const auto& former = waiting.product.former_skus();
  return sku.empty() || sku == waiting.product.sku() ||
         waiting.product.pending_updates_size() > 0 ||
         std::find(former.begin(), former.end(), sku) != former.end();
}

ItemOutcome ParkedAsAstray(const WaitingItem& waiting) {
  return domain::OutcomeOf(
      waiting.item, v1::ITEM_STATE_PARKED, v1::ERROR_REASON_SKU_IN_USE,
      absl::StrCat("SKU ", waiting.row.sku(), " was to become that of product ",
                   waiting.product.product_id(),
                   " and did not; import it again"));
}

// It may have been sent after the backup, and nothing finds it again.
ItemOutcome ParkedAsUnknown(const WaitingItem& waiting) {
  return domain::OutcomeOf(
      waiting.item, v1::ITEM_STATE_PARKED, v1::ERROR_REASON_OUTCOME_UNKNOWN,
      "the log was restored from a backup; it may have been created since");
}

}  // namespace

struct DeliveryWorker::Found {
  // Items that need no request.
  std::vector<ItemOutcome> settled;
  // Items of mapped products, with the fields to send.
  std::vector<std::pair<WaitingItem, v1::Product>> updates;
  // Items whose product is to be created, unless it exists.
  std::vector<WaitingItem> creates;
  // The same for a single product, which travels alone.
  std::vector<WaitingItem> singles;
  // Products seen: the first item of a product goes first.
  absl::flat_hash_set<uint64_t> products;
  // Items without SKU, which travel alone.
  std::vector<WaitingItem> nameless;
  domain::ChunkPace pace;
  // How many may travel with those in `creates`.
  size_t company = domain::kMaxChunkSize;
};

DeliveryWorker::DeliveryWorker(DeliveryContext context)
    : context_(std::move(context)),
      actor_(context_.clock, [this] { return Step(); }),
      outbox_(context_.connection, context_.log, context_.traits.unique_names),
      lookup_(context_),
      references_(context_),
      creates_(context_, [this] { Changed(); }),
      updates_(context_, [this] { Changed(); }),
      settler_(
          context_, outbox_, [this] { Changed(); },
          [this](const v1::RemoteProduct& record) { lookup_.Forget(record); }) {
  context_.post = [this](std::function<void()> message) {
    actor_.Post(std::move(message));
  };
}

DeliveryWorker::~DeliveryWorker() { actor_.Stop(); }

void DeliveryWorker::Changed() {
  outbox_.Forget();
  changed_ = true;
}

void DeliveryWorker::LookAgain(domain::Position position) {
  put_back_ = position;
  actor_.Wake();
}

domain::ChunkPace DeliveryWorker::Pace(
    const domain::TableSnapshot& tables) const {
  const auto row = domain::FindRow<tables::v1::ConnectionRow>(
      tables, Table::kConnections, domain::TextKey(context_.connection));
  domain::ChunkPace pace;
  pace.limit = context_.traits.max_chunk;
  if (row.ok() && row->has_value() && (*row)->chunk_size() > 0) {
    pace.size = (*row)->chunk_size();
    pace.clean_singles = (*row)->clean_singles();
  }
  pace.size = std::min(pace.size, pace.limit);
  return pace;
}

int64_t DeliveryWorker::Step() {
  const int64_t now = context_.clock.BootMillis();
  // Where nothing can be recorded, nothing is sent and nothing is asked.
  if (context_.bus.closed()) return Actor::kNever;
  if (const domain::Position put_back = put_back_.exchange(0); put_back != 0) {
    context_.needed_position = std::max(context_.needed_position, put_back);
    outbox_.Forget();
  }
  if (!context_.tables.WaitFor(context_.needed_position, kFoldWait)) {
    return now + kErrorRetryMillis;
  }
  changed_ = false;
  const std::unique_ptr<domain::TableSnapshot> tables =
      context_.tables.Snapshot();
  if (!recovered_ || context_.answer_lost) {
    if (!Recover(*tables).ok()) return now + kErrorRetryMillis;
    recovered_ = true;
    return now;  // Look again at what the recovery recorded.
  }
  if (!LoadRestored(*tables).ok()) return now + kErrorRetryMillis;
  int64_t next = Probe();
  // Without a request to spend there is nothing to look for.
  const int64_t free_at = context_.gate.FreeAt();
  if (free_at > context_.clock.BootMillis()) return std::min(next, free_at);
  next = std::min(next, updates_.SendQueued(*tables));
  next = std::min(next, settler_.Advance(*tables));
  next = std::min(next, SendSuspects(*tables));
  next = std::min(next, SendWaiting(*tables));
  if (!changed_) return next;
  // This step walked on a snapshot from before the change, and may have left
  // out batches for a reason that is none any more.
  outbox_.Forget();
  return now;
}

int64_t DeliveryWorker::Probe() {
  const auto grant = context_.gate.TryProbe();
  if (!grant.granted) return grant.retry_at;
  domain::ListQuery query;
  query.per_page = 1;
  context_.gateway.List(query, [this](const domain::PageAnswer& answer) {
    context_.gate.Leave(OutboundGate::kProbe, answer.report);
    actor_.Wake();
  });
  return Actor::kNever;
}

// A refused request has a guilty item: one half of the suspects travels alone.
int64_t DeliveryWorker::SendSuspects(const domain::TableSnapshot& tables) {
  int64_t next = Actor::kNever;
  const std::string prefix = domain::TextKey(context_.connection);
  std::vector<tables::v1::SuspectRow> groups;
  const absl::Status scanned = tables.Scan(
      Table::kSuspects, prefix, domain::PrefixEnd(prefix),
      [&](absl::string_view, absl::string_view value) {
        tables::v1::SuspectRow row;
        row.ParseFromArray(value.data(), static_cast<int>(value.size()));
        groups.push_back(std::move(row));
        return true;
      });
  if (!scanned.ok()) {
    return context_.clock.BootMillis() + kErrorRetryMillis;
  }
  for (const tables::v1::SuspectRow& group : groups) {
    std::vector<WaitingItem> half;
    bool free = true;
    const int size = (group.items_size() + 1) / 2;
    for (int i = 0; i < group.items_size() && free; ++i) {
      auto loaded = outbox_.Load(tables, group.items(i));
      free = loaded.ok() && loaded->row.state() == v1::ITEM_STATE_QUEUED &&
             loaded->product.intent() == 0 &&
             domain::MayBeCreated(loaded->product);
      if (free && i < size) half.push_back(*std::move(loaded));
    }
    if (!free || half.empty()) continue;
    domain::Reach(domain::Failpoint::kSplitSend);
    next = std::min(next, SendHalf(std::move(half), Pace(tables)));
  }
  return next;
}

int64_t DeliveryWorker::SendHalf(std::vector<WaitingItem> half,
                                 const domain::ChunkPace& pace) {
  Found found;
  found.pace = pace;
  found.creates = std::move(half);
  // They were absent when they became suspects; the search may have gone on
  // after the backup.
  if (restored_ != 0) return SendCreates(std::move(found), Lane::kBulk);
  std::vector<OutboundItem> items;
  for (WaitingItem& waiting : found.creates) {
    items.push_back(std::move(waiting.item));
  }
  return creates_.Send(std::move(items), Lane::kBulk, pace);
}

Visit DeliveryWorker::SortMapped(WaitingItem waiting, Found* found) {
  if (waiting.row.state() == v1::ITEM_STATE_BLOCKED) {
    // Another item was quicker: what it waited for does not matter any more.
    found->settled.push_back(
        domain::OutcomeOf(waiting.item, v1::ITEM_STATE_QUEUED));
    return Visit::kUsed;
  }
  if (domain::IsUnchanged(waiting.line, waiting.product, waiting.item.policy)) {
    found->settled.push_back(
        domain::OutcomeOf(waiting.item, v1::ITEM_STATE_UNCHANGED));
    return Visit::kUsed;
  }
  // Updates go first; the item's turn comes when they are answered.
  if (waiting.product.pending_updates_size() > 0) return Visit::kIdle;
  v1::Product fields =
      domain::FieldsToSend(waiting.item.product, waiting.row, waiting.product);
  domain::FitToProvider(context_.traits.rules, waiting.product, &fields);
  if (domain::PresentFields(fields).empty()) {
    found->settled.push_back(
        domain::OutcomeOf(waiting.item, v1::ITEM_STATE_UNCHANGED));
  } else {
    found->updates.emplace_back(std::move(waiting), std::move(fields));
  }
  return Visit::kUsed;
}

Visit DeliveryWorker::Sort(WaitingItem waiting, Found* found) {
  if (!LeadsToProduct(waiting)) {
    found->settled.push_back(ParkedAsAstray(waiting));
    return Visit::kUsed;
  }
  switch (waiting.product.state()) {
    case v1::MAPPING_STATE_MAPPED:
      return SortMapped(std::move(waiting), found);
    case v1::MAPPING_STATE_DUPLICATE:
      found->settled.push_back(ParkedAsDuplicate(waiting));
      return Visit::kUsed;
    default:
      return SortUnmapped(std::move(waiting), found);
  }
}

Visit DeliveryWorker::SortUnmapped(WaitingItem waiting, Found* found) {
  const ReferenceData::Verdict verdict =
      references_.Check(waiting.item.product);
  const bool blocked = waiting.row.state() == v1::ITEM_STATE_BLOCKED;
  if (!verdict.known) return Visit::kUsed;  // Asked for; looked at again.
  if (verdict.missing != v1::ERROR_REASON_UNSPECIFIED) {
    references_.Watch();
    if (blocked) return Visit::kIdle;
    found->settled.push_back(
        domain::OutcomeOf(waiting.item, v1::ITEM_STATE_BLOCKED, verdict.missing,
                          absl::StrCat("the provider has no id ", verdict.id)));
    return Visit::kUsed;
  }
  if (blocked) {
    found->settled.push_back(
        domain::OutcomeOf(waiting.item, v1::ITEM_STATE_QUEUED));
  } else if (domain::MatchKeys::Of(waiting.item.product).empty() &&
             waiting.row.last_position() < restored_) {
    found->settled.push_back(ParkedAsUnknown(waiting));
  } else if (domain::MatchKeys::Of(waiting.item.product).empty()) {
    found->nameless.push_back(std::move(waiting));
  } else if (waiting.single) {
    found->singles.push_back(std::move(waiting));
  } else {
    // One that the provider failed on does not spoil a large chunk again.
    const size_t company = std::min<size_t>(
        found->company, domain::CompanyOf(waiting.item.failures));
    if (found->creates.size() >= company) return Visit::kUsed;
    found->company = company;
    found->creates.push_back(std::move(waiting));
  }
  return Visit::kUsed;
}

int64_t DeliveryWorker::SendWaiting(const domain::TableSnapshot& tables) {
  Found found;
  found.pace = Pace(tables);
  found.company = found.pace.size;
  if (checked_generation_ != references_.generation()) {
    checked_generation_ = references_.generation();
    outbox_.Forget();
  }
  const absl::Status read =
      outbox_.Read(tables, kMaxItemsPerWalk, [&](WaitingItem waiting) {
        const bool blocked = waiting.row.state() == v1::ITEM_STATE_BLOCKED;
        if (!domain::HasTurn(waiting.row, waiting.product) ||
            (!blocked &&
             !found.products.insert(waiting.product.product_id()).second)) {
          return Visit::kIdle;
        }
        const Visit visit = Sort(std::move(waiting), &found);
        const bool enough = found.creates.size() >= found.company ||
                            found.settled.size() >= kMaxSettledPerWalk ||
                            found.updates.size() >= kMaxUpdatesPerWalk;
        return enough ? Visit::kStop : visit;
      });
  if (!read.ok()) return context_.clock.BootMillis() + kErrorRetryMillis;
  if (Settle(std::move(found.settled))) return context_.clock.BootMillis();

  int64_t next = std::min(references_.Advance(), SendUpdates(found));
  for (auto* alone : {&found.singles, &found.nameless}) {
    for (WaitingItem& waiting : *alone) {
      Found one;
      one.pace = found.pace;
      one.creates.push_back(std::move(waiting));
      next = std::min(next, SendCreates(std::move(one), Lane::kUpdate));
    }
  }
  if (!found.creates.empty()) {
    next = std::min(next, SendCreates(std::move(found), Lane::kBulk));
  }
  return next;
}

int64_t DeliveryWorker::SendUpdates(const Found& found) {
  int64_t next = Actor::kNever;
  for (const auto& [waiting, fields] : found.updates) {
    const int64_t retry = updates_.SendItem(waiting, fields);
    next = std::min(next, retry);
    if (retry != Actor::kNever) break;
  }
  return next;
}

int64_t DeliveryWorker::SendCreates(Found found, Lane lane) {
  if (AwaitsSweep()) return context_.clock.BootMillis() + kErrorRetryMillis;
  std::vector<ProductLookup::Key> wanted;
  for (const WaitingItem& waiting : found.creates) {
    ProductLookup::Key key = ProductLookup::KeyOf(waiting.item.product);
    if (!key.empty()) wanted.push_back(std::move(key));
  }
  std::vector<ItemOutcome> existing;
  std::vector<OutboundItem> absent;
  bool all_told = true;
  for (WaitingItem& waiting : found.creates) {
    const ProductLookup::Key key = ProductLookup::KeyOf(waiting.item.product);
    const auto records =
        key.empty() ? std::vector<v1::RemoteProduct>() : lookup_.Find(key);
    if (!records.has_value()) {  // Not known yet.
      all_told = all_told && lookup_.IsFailing(key);
      continue;
    }
    if (records->empty()) {
      absent.push_back(std::move(waiting.item));
    } else {
      existing.push_back(
          domain::ResolveExisting(waiting.item, waiting.item.policy, *records));
    }
  }
  if (Settle(std::move(existing))) return context_.clock.BootMillis();
  const int64_t next = lookup_.Advance(wanted, outbox_.waiting(), lane);
  // A full chunk costs no more than a part of one: wait for the look to tell
  // of all.
  if (absent.empty() || !all_told) return next;
  return std::min(next, creates_.Send(std::move(absent), lane, found.pace));
}

bool DeliveryWorker::Settle(std::vector<ItemOutcome> outcomes) {
  if (outcomes.empty()) return false;
  domain::SettleItems command;
  command.settled.set_connection(context_.connection);
  for (ItemOutcome& outcome : outcomes) {
    *command.settled.add_items() = std::move(outcome);
  }
  domain::Reach(domain::Failpoint::kItemsSettle);
  if (!context_.Execute(command).ok()) return false;
  domain::Reach(domain::Failpoint::kItemsSettled);
  Changed();
  return true;
}

}  // namespace qantara::server
