#include "tests/domain/support/model_worker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "domain/decide/line_decider.h"
#include "domain/delivery/create_outcome.h"
#include "domain/delivery/existing_outcome.h"
#include "domain/delivery/fields_to_send.h"
#include "domain/delivery/settle_outcome.h"
#include "domain/delivery/turn.h"
#include "domain/delivery/update_outcome.h"
#include "domain/delivery/updates_together.h"
#include "domain/item_state.h"
#include "domain/product_fields.h"
#include "tests/domain/support/accepted_content.h"
#include "tests/domain/support/loaded_tables.h"

namespace qantara::domain {
namespace {

using events::v1::ItemOutcome;
using tables::v1::IntentRow;

constexpr int kMaxDrainSteps = 10'000;

bool IsMapped(const tables::v1::ProductRow& product) {
  return product.state() == v1::MAPPING_STATE_MAPPED;
}

}  // namespace

ModelWorker::Waiting ModelWorker::Load(const std::string& import_id,
                                       uint32_t line) const {
  Waiting waiting;
  waiting.row = scenario_.Item(import_id, line);
  waiting.line = AcceptedContent(scenario_.log(), waiting.row, line);
  waiting.product = scenario_.Product(waiting.row.product_id());
  waiting.policy = scenario_.Import(import_id).existing_policy();
  waiting.single = absl::StartsWith(import_id, "~");
  waiting.item.ref.set_import_id(import_id);
  waiting.item.ref.set_line(line);
  waiting.item.ref.set_product_id(waiting.row.product_id());
  waiting.item.product = LineOf(waiting.line.payload).product();
  // A line may name its product by an external id or a former SKU.
  if (!waiting.product.sku().empty()) {
    waiting.item.product.set_sku(waiting.product.sku());
  }
  waiting.item.suspect_group = waiting.row.suspect_group();
  waiting.item.policy = waiting.policy;
  waiting.item.failures = waiting.row.failures();
  return waiting;
}

std::vector<ModelWorker::Waiting> ModelWorker::Turns() const {
  const LoadedTables tables = LoadTables(scenario_.tables(), kConnection);
  std::vector<Waiting> all;
  for (const auto& [position, batch] : tables.outbox) {
    for (const auto& [name, item] : tables.items) {
      if (item.accepted_position() == position &&
          item.state() == v1::ITEM_STATE_QUEUED) {
        all.push_back(Load(name.first, name.second));
      }
    }
  }
  std::stable_partition(all.begin(), all.end(),
                        [](const Waiting& waiting) { return waiting.single; });
  std::vector<Waiting> turns;
  std::set<uint64_t> products;
  for (Waiting& waiting : all) {
    if (HasTurn(waiting.row, waiting.product) &&
        products.insert(waiting.product.product_id()).second) {
      turns.push_back(std::move(waiting));
    }
  }
  return turns;
}

bool ModelWorker::ToggleBlocked(uint64_t number) {
  std::vector<std::pair<ItemName, v1::ItemState>> items;
  for (const auto& [name, item] :
       LoadTables(scenario_.tables(), kConnection).items) {
    const tables::v1::ProductRow product = scenario_.Product(item.product_id());
    if (!IsWaiting(item.state()) || product.intent() != 0) continue;
    if (item.state() == v1::ITEM_STATE_BLOCKED) {
      items.emplace_back(name, v1::ITEM_STATE_QUEUED);
    } else if (MayBeCreated(product)) {
      items.emplace_back(name, v1::ITEM_STATE_BLOCKED);
    }
  }
  if (items.empty()) return false;
  const auto& [name, state] = items[number % items.size()];
  const Waiting waiting = Load(name.first, name.second);
  if (waiting.item.suspect_group != 0) return false;
  SettleItems command;
  command.settled.set_connection(kConnection);
  *command.settled.add_items() = OutcomeOf(waiting.item, state);
  EXPECT_TRUE(scenario_.Do(command).ok());
  return true;
}

bool ModelWorker::UnblockAll() {
  SettleItems command;
  command.settled.set_connection(kConnection);
  for (const auto& [name, item] :
       LoadTables(scenario_.tables(), kConnection).items) {
    if (item.state() != v1::ITEM_STATE_BLOCKED) continue;
    *command.settled.add_items() =
        OutcomeOf(Load(name.first, name.second).item, v1::ITEM_STATE_QUEUED);
  }
  return command.settled.items_size() > 0 && scenario_.Do(command).ok() &&
         !scenario_.last().empty();
}

std::optional<ItemOutcome> ModelWorker::OutcomeWithoutRequest(
    const Waiting& waiting) const {
  if (waiting.product.state() == v1::MAPPING_STATE_DUPLICATE) {
    return OutcomeOf(waiting.item, v1::ITEM_STATE_PARKED,
                     v1::ERROR_REASON_SKU_DUPLICATE, "exists more than once");
  }
  if (IsMapped(waiting.product)) {
    const bool unchanged =
        IsUnchanged(waiting.line, waiting.product, waiting.policy) ||
        (waiting.product.pending_updates_size() == 0 &&
         PresentFields(
             FieldsToSend(waiting.item.product, waiting.row, waiting.product))
             .empty());
    if (!unchanged) return std::nullopt;
    return OutcomeOf(waiting.item, v1::ITEM_STATE_UNCHANGED);
  }
  if (waiting.item.product.sku().empty()) return std::nullopt;
  const auto records = provider_.WithSku(waiting.item.product.sku());
  if (records.empty()) return std::nullopt;
  return ResolveExisting(waiting.item, waiting.policy, records);
}

bool ModelWorker::SettleWaiting() {
  SettleItems command;
  command.settled.set_connection(kConnection);
  for (const Waiting& waiting : Turns()) {
    std::optional<ItemOutcome> outcome = OutcomeWithoutRequest(waiting);
    if (outcome.has_value()) *command.settled.add_items() = *outcome;
  }
  if (command.settled.items_size() == 0) return false;
  EXPECT_TRUE(scenario_.Do(command).ok());
  return true;
}

bool ModelWorker::ClaimItems(std::vector<OutboundItem> items) {
  if (items.empty()) return false;
  ClaimCreate command;
  command.intent.set_connection(kConnection);
  command.intent.set_single(items.size() == 1);
  command.intent.set_watermark(provider_.highest_id());
  command.intent.set_suspect_group(items.front().suspect_group);
  for (const OutboundItem& item : items) {
    *command.intent.add_items() = item.ref;
  }
  const auto reply = scenario_.Do(command);
  EXPECT_TRUE(reply.ok()) << reply.status();
  if (!reply.ok()) return false;
  ++creates_claimed_;
  claimed_.push_back({reply->intent, std::move(items), {}});
  return true;
}

bool ModelWorker::ClaimCreates() {
  std::vector<OutboundItem> items;
  for (Waiting& waiting : Turns()) {
    if (IsMapped(waiting.product) || OutcomeWithoutRequest(waiting)) continue;
    const bool alone = waiting.single || waiting.item.product.sku().empty();
    if (alone && !items.empty()) continue;
    items.push_back(std::move(waiting.item));
    if (alone || items.size() >= chunk_size) break;
  }
  return ClaimItems(std::move(items));
}

bool ModelWorker::ClaimSuspects() {
  const LoadedTables tables = LoadTables(scenario_.tables(), kConnection);
  for (const auto& [position, group] : tables.suspects) {
    std::vector<OutboundItem> half;
    bool free = true;
    for (const events::v1::ItemRef& ref : group.items()) {
      Waiting waiting = Load(ref.import_id(), ref.line());
      free = free && waiting.row.state() == v1::ITEM_STATE_QUEUED &&
             waiting.product.intent() == 0 && MayBeCreated(waiting.product);
      if (static_cast<int>(half.size()) < (group.items_size() + 1) / 2) {
        half.push_back(std::move(waiting.item));
      }
    }
    if (free && ClaimItems(std::move(half))) return true;
  }
  return false;
}

bool ModelWorker::ClaimUpdate(uint64_t revision,
                              events::v1::UpdateIntended intent) {
  intent.set_connection(kConnection);
  const auto reply = scenario_.Do(domain::ClaimUpdate{revision, intent});
  EXPECT_TRUE(reply.ok()) << reply.status();
  if (reply.ok()) claimed_.push_back({reply->intent, {}, std::move(intent)});
  return reply.ok();
}

bool ModelWorker::ClaimItemUpdate() {
  for (const Waiting& waiting : Turns()) {
    if (!IsMapped(waiting.product) ||
        waiting.product.pending_updates_size() > 0 ||
        OutcomeWithoutRequest(waiting)) {
      continue;
    }
    events::v1::UpdateIntended intent;
    intent.set_product_id(waiting.product.product_id());
    intent.set_remote_id(waiting.product.remote_id());
    *intent.mutable_fields() =
        FieldsToSend(waiting.item.product, waiting.row, waiting.product);
    *intent.add_items() = waiting.item.ref;
    return ClaimUpdate(waiting.product.revision(), std::move(intent));
  }
  return false;
}

bool ModelWorker::ClaimUpdates() {
  const LoadedTables tables = LoadTables(scenario_.tables(), kConnection);
  for (const auto& [position, queued] : tables.update_queue) {
    const tables::v1::ProductRow& product =
        tables.products.at(queued.product_id());
    events::v1::UpdateIntended intent;
    intent.set_product_id(product.product_id());
    intent.set_remote_id(product.remote_id());
    for (int i = 0; i < UpdatesTogether(product); ++i) {
      const uint64_t update = product.pending_updates(i);
      MergeFields(tables.updates.at(update).fields(), intent.mutable_fields());
      intent.add_updates(update);
    }
    return ClaimUpdate(product.revision(), std::move(intent));
  }
  return false;
}

void ModelWorker::Send(size_t index, Fate fate) {
  const Claimed claimed = std::move(claimed_[index]);
  claimed_.erase(claimed_.begin() + static_cast<std::ptrdiff_t>(index));
  if (claimed.update.has_value()) {
    RecordUpdateAnswer command;
    command.answered = ResolveUpdate(
        *claimed.update, provider_.Update(claimed.update->remote_id(),
                                          claimed.update->fields(), fate));
    command.answered.set_intent(claimed.intent);
    const auto recorded = scenario_.Do(command);
    EXPECT_TRUE(recorded.ok()) << recorded.status();
    return;
  }
  std::vector<v1::Product> products;
  for (const OutboundItem& item : claimed.items) {
    products.push_back(item.product);
  }
  RecordCreateAnswer command;
  command.answered =
      ResolveCreate(claimed.items, provider_.Create(products, fate),
                    {static_cast<uint32_t>(chunk_size), 0});
  command.answered.set_connection(kConnection);
  command.answered.set_intent(claimed.intent);
  const auto recorded = scenario_.Do(command);
  EXPECT_TRUE(recorded.ok()) << recorded.status();
}

void ModelWorker::Crash(Fate fate) {
  for (const Claimed& claimed : claimed_) {
    std::vector<v1::Product> products;
    for (const OutboundItem& item : claimed.items) {
      products.push_back(item.product);
    }
    if (claimed.update.has_value()) {
      provider_.Update(claimed.update->remote_id(), claimed.update->fields(),
                       fate);
    } else {
      provider_.Create(products, fate);
    }
  }
  claimed_.clear();
  readings_.clear();
  const LoadedTables tables = LoadTables(scenario_.tables(), kConnection);
  for (const auto& [position, intent] : tables.intents) {
    if (intent.answer() != events::v1::ANSWER_UNSPECIFIED) continue;
    if (intent.has_update()) {
      RecordUpdateAnswer command;
      command.answered = ResolveUpdateInterrupted(intent.update());
      command.answered.set_intent(position);
      EXPECT_TRUE(scenario_.Do(command).ok());
      continue;
    }
    RecordCreateAnswer command;
    command.answered = ResolveInterrupted(OpenItems(position, intent));
    command.answered.set_connection(kConnection);
    command.answered.set_intent(position);
    EXPECT_TRUE(scenario_.Do(command).ok());
  }
}

std::vector<OutboundItem> ModelWorker::OpenItems(
    uint64_t position, const IntentRow& intent) const {
  std::vector<OutboundItem> items;
  for (const events::v1::ItemRef& ref : intent.create().items()) {
    Waiting waiting = Load(ref.import_id(), ref.line());
    if (waiting.row.intent() == position) {
      items.push_back(std::move(waiting.item));
    }
  }
  return items;
}

void ModelWorker::ReadBackCreate(uint64_t position, const IntentRow& intent) {
  const std::vector<OutboundItem> items = OpenItems(position, intent);
  const int needed = intent.answer() == events::v1::ANSWER_REFUSED ? 1 : 2;
  Reading reading;
  reading.is_last = ++readings_[position] >= needed;
  for (const OutboundItem& item : items) {
    for (v1::RemoteProduct& record : provider_.WithSku(item.product.sku())) {
      reading.records.push_back(std::move(record));
    }
  }
  SettleItems command;
  command.settled.set_connection(kConnection);
  command.settled.set_intent(position);
  for (ItemOutcome& outcome :
       ResolveReading(position, intent, items, reading)) {
    *command.settled.add_items() = std::move(outcome);
  }
  if (command.settled.items_size() == 0) return;
  EXPECT_TRUE(scenario_.Do(command).ok());
}

bool ModelWorker::ReadBack() {
  const LoadedTables tables = LoadTables(scenario_.tables(), kConnection);
  for (const auto& [position, intent] : tables.intents) {
    if (intent.answer() == events::v1::ANSWER_UNSPECIFIED) continue;
    provider_.LandLate();  // The wait-out has passed.
    if (intent.has_create()) {
      ReadBackCreate(position, intent);
      return true;
    }
    RecordUpdateAnswer command;
    command.answered = ResolveUpdateReading(
        intent.update(), provider_.Get(intent.update().remote_id()),
        scenario_.Product(intent.update().product_id()).update_failures());
    command.answered.set_intent(position);
    EXPECT_TRUE(scenario_.Do(command).ok());
    return true;
  }
  return false;
}

bool ModelWorker::Drain() {
  for (int step = 0; step < kMaxDrainSteps; ++step) {
    if (!claimed_.empty()) {
      Send(0, Fate::kAnswered);
      continue;
    }
    if (UnblockAll() || ClaimUpdates() || ReadBack() || ClaimSuspects() ||
        SettleWaiting() || ClaimItemUpdate() || ClaimCreates()) {
      continue;
    }
    return true;
  }
  return false;
}

}  // namespace qantara::domain
