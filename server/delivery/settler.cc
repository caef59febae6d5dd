#include "server/delivery/settler.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "domain/delivery/create_outcome.h"
#include "domain/delivery/settle_outcome.h"
#include "domain/delivery/update_outcome.h"
#include "domain/delivery/wait_out.h"
#include "domain/find_product.h"
#include "domain/ports/failpoints.h"
#include "domain/remote_id.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::server {
namespace {

using domain::Effect;
using domain::OutboundItem;
using domain::Table;
using events::v1::ItemOutcome;
using tables::v1::IntentRow;

constexpr size_t kMaxOpenIntents = 1024;
constexpr int64_t kErrorRetryMillis = 1000;
// Readings that are needed to believe in absence.
constexpr int kReadingsAfterUnknown = 2;
constexpr int kReadingsAfterRefusal = 1;

int ReadingsNeeded(const IntentRow& row) {
  return row.answer() == events::v1::ANSWER_REFUSED ? kReadingsAfterRefusal
                                                    : kReadingsAfterUnknown;
}

// Whether the provider may hold the SKU already, in a record that is older than
// the intent: one product was refused for its SKU, or it is not told for which
// field.
bool MayBeTaken(const IntentRow& row) {
  return row.answer() == events::v1::ANSWER_REFUSED &&
         row.create().items_size() == 1 &&
         std::any_of(row.problems().begin(), row.problems().end(),
                     [](const v1::ItemProblem& problem) {
                       return problem.field().empty() ||
                              problem.field() == "sku";
                     });
}

}  // namespace

Settler::Settler(DeliveryContext& context, OutboxReader& items,
                 std::function<void()> changed,
                 std::function<void(const v1::RemoteProduct& record)> found)
    : context_(context),
      items_(items),
      changed_(std::move(changed)),
      found_(std::move(found)) {}

absl::StatusOr<std::vector<Settler::Open>> Settler::OpenIntents(
    const domain::TableSnapshot& tables, bool unanswered) {
  std::vector<Open> open;
  const std::string prefix = domain::TextKey(context_.connection);
  QANTARA_RETURN_IF_ERROR(tables.Scan(
      Table::kIntents, prefix, domain::PrefixEnd(prefix),
      [&](absl::string_view key, absl::string_view value) {
        Open intent{domain::NumberOf(key), {}};
        intent.row.ParseFromArray(value.data(), static_cast<int>(value.size()));
        const bool answered =
            intent.row.answer() != events::v1::ANSWER_UNSPECIFIED;
        if (unanswered && answered) return true;
        open.push_back(std::move(intent));
        return open.size() < kMaxOpenIntents;
      }));
  return open;
}

absl::StatusOr<std::vector<OutboundItem>> Settler::ItemsOf(
    const domain::TableSnapshot& tables, const Open& open) {
  std::vector<OutboundItem> items;
  for (const events::v1::ItemRef& ref : open.row.create().items()) {
    QANTARA_ASSIGN_OR_RETURN(WaitingItem loaded, items_.Load(tables, ref));
    if (loaded.row.intent() != open.position) continue;  // Settled already.
    items.push_back(std::move(loaded.item));
  }
  return items;
}

absl::StatusOr<int> Settler::RecordInterrupted(
    const domain::TableSnapshot& tables,
    const std::function<bool(uint64_t)>& is_under_way) {
  // However many others wait to be settled.
  QANTARA_ASSIGN_OR_RETURN(const std::vector<Open> intents,
                           OpenIntents(tables, /*unanswered=*/true));
  int interrupted = 0;
  for (const Open& open : intents) {
    if (is_under_way(open.position)) continue;
    ++interrupted;
    domain::Reach(domain::Failpoint::kInterruptedRecord);
    if (open.row.has_update()) {
      domain::RecordUpdateAnswer command;
      command.answered = domain::ResolveUpdateInterrupted(open.row.update());
      command.answered.set_intent(open.position);
      QANTARA_RETURN_IF_ERROR(context_.Execute(command).status());
      domain::Reach(domain::Failpoint::kInterruptedRecorded);
      continue;
    }
    QANTARA_ASSIGN_OR_RETURN(const std::vector<OutboundItem> items,
                             ItemsOf(tables, open));
    domain::RecordCreateAnswer command;
    command.answered = domain::ResolveInterrupted(items);
    command.answered.set_connection(context_.connection);
    command.answered.set_intent(open.position);
    QANTARA_RETURN_IF_ERROR(context_.Execute(command).status());
    domain::Reach(domain::Failpoint::kInterruptedRecorded);
  }
  return interrupted;
}

int64_t Settler::DueAt(const Open& open) {
  const int64_t now = context_.clock.BootMillis();
  Progress& progress =
      progress_.try_emplace(open.position, Progress{now, 0, 0}).first->second;
  if (progress.readings > 0) {
    return progress.last_began +
           absl::ToInt64Milliseconds(context_.bounds.max_read_lag);
  }
  const events::v1::SendWindow& window = open.row.has_create()
                                             ? open.row.create().window()
                                             : open.row.update().window();
  if (open.row.settle_after_boot_millis() != 0 &&
      window.boot_id() == context_.clock.boot_id()) {
    return open.row.settle_after_boot_millis();
  }
  return domain::WaitOutEnd(window, context_.clock.boot_id(),
                            progress.first_seen);
}

// Forgets what is known of intents that are settled.
void Settler::Forget(const std::vector<Open>& open) {
  std::erase_if(progress_, [&](const auto& entry) {
    return std::none_of(open.begin(), open.end(), [&](const Open& intent) {
      return intent.position == entry.first;
    });
  });
}

int64_t Settler::Advance(const domain::TableSnapshot& tables) {
  if (reading_ != nullptr) return ReadNext();
  const auto intents = OpenIntents(tables, /*unanswered=*/false);
  const int64_t now = context_.clock.BootMillis();
  if (!intents.ok()) return now + kErrorRetryMillis;
  Forget(*intents);
  int64_t next = Actor::kNever;
  int unknown_items = 0;
  std::vector<Open> due;
  for (const Open& open : *intents) {
    if (open.row.answer() == events::v1::ANSWER_UNSPECIFIED) continue;
    unknown_items += static_cast<int>(open.row.open_items());
    const int64_t due_at = DueAt(open);
    if (due_at > now) {
      next = std::min(next, due_at);
    } else if (open.row.has_create()) {
      due.push_back(open);
    } else {
      next = std::min(next, ReadUpdate(open));
    }
  }
  context_.metrics.SetUnknownItems(context_.connection, unknown_items);
  if (due.empty()) return next;
  if (!Begin(tables, std::move(due)).ok()) return now + kErrorRetryMillis;
  return std::min(next, ReadNext());
}

// The names to ask for where ids cannot be: before something is believed to be
// absent also in upper and lower case, for a provider that changes that.
void Settler::AddNames(const Open& open, const std::string& sku,
                       std::vector<std::string>* names) const {
  names->push_back(sku);
  const auto progress = progress_.find(open.position);
  const int readings =
      progress == progress_.end() ? 0 : progress->second.readings;
  if (readings + 1 < ReadingsNeeded(open.row)) return;
  for (std::string& name :
       std::vector{absl::AsciiStrToUpper(sku), absl::AsciiStrToLower(sku)}) {
    if (name != sku) names->push_back(std::move(name));
  }
}

absl::Status Settler::Begin(const domain::TableSnapshot& tables,
                            std::vector<Open> intents) {
  auto reading = std::make_unique<CreateReading>();
  reading->began = context_.clock.BootMillis();
  ReadBack::Goal goal;
  for (const Open& open : intents) {
    QANTARA_ASSIGN_OR_RETURN(reading->items[open.position],
                             ItemsOf(tables, open));
    for (const OutboundItem& item : reading->items[open.position]) {
      if (item.product.qwoty().has_api_name()) {
        goal.api_names.insert(item.product.qwoty().api_name());
      }
      if (item.product.sku().empty()) continue;
      AddNames(open, item.product.sku(), &goal.names);
    }
    const std::string watermark =
        MayBeTaken(open.row) ? "" : open.row.create().watermark();
    if (open.position == intents.front().position ||
        domain::IsAboveRemoteId(goal.above, watermark)) {
      goal.above = watermark;
    }
  }
  reading->intents = std::move(intents);
  reading->read_back = std::make_unique<ReadBack>(
      std::move(goal), context_.index, [this](const std::string& id) {
        return domain::IsMappedRemoteId(context_.tables, context_.connection,
                                        id);
      });
  reading_ = std::move(reading);
  return absl::OkStatus();
}

int64_t Settler::ReadNext() {
  if (reading_->waiting) return Actor::kNever;
  const std::optional<domain::ListQuery> query = reading_->read_back->Next();
  if (!query.has_value()) {
    Settle(/*whole=*/true);
    return context_.clock.BootMillis();
  }
  const auto grant = context_.gate.TryEnter(domain::Lane::kSettle);
  if (!grant.granted) return grant.retry_at;
  // The next reading keeps its distance from the last request of this one.
  reading_->began = context_.clock.BootMillis();
  reading_->waiting = true;
  domain::Reach(domain::Failpoint::kSettleRead);
  context_.gateway.List(*query, [this](domain::PageAnswer answer) {
    context_.gate.Leave("settle", answer.report);
    context_.post([this, answer = std::move(answer)] { OnPage(answer); });
  });
  return Actor::kNever;
}

void Settler::OnPage(const domain::PageAnswer& answer) {
  reading_->waiting = false;
  domain::Reach(domain::Failpoint::kSettlePage);
  if (answer.report.effect != Effect::kConfirmed) {
    if (answer.report.reason == v1::ERROR_REASON_PROVIDER_LACKS) {
      reading_->read_back->OnLacking();
    } else if (answer.report.reason != v1::ERROR_REASON_OVERLOADED) {
      reading_->read_back->OnFailure();
    }
    return;
  }
  for (const v1::RemoteProduct& record : answer.records) {
    context_.index.Add(record, /*keep_record=*/false,
                       context_.clock.BootMillis());
  }
  for (const v1::RemoteProduct& record : answer.records) found_(record);
  reading_->read_back->OnPage(answer);
  if (!reading_->read_back->is_telling()) return;
  // What was found is settled at once: a reading may be long.
  const bool whole = reading_->read_back->is_whole();
  Settle(whole);
  if (!whole && AllSettled()) reading_.reset();
}

bool Settler::AllSettled() const {
  return std::all_of(reading_->items.begin(), reading_->items.end(),
                     [](const auto& entry) { return entry.second.empty(); });
}

void Settler::Settle(bool whole) {
  CreateReading& reading = *reading_;
  for (const Open& open : reading.intents) {
    std::vector<OutboundItem>& items = reading.items[open.position];
    Progress& progress = progress_[open.position];
    if (whole) {
      ++progress.readings;
      progress.last_began = reading.began;
    }
    const domain::Reading seen{
        reading.read_back->records(),
        whole && progress.readings >= ReadingsNeeded(open.row)};
    domain::SettleItems command;
    command.settled.set_connection(context_.connection);
    command.settled.set_intent(open.position);
    for (ItemOutcome& outcome :
         domain::ResolveReading(open.position, open.row, items, seen)) {
      std::erase_if(items, [&](const OutboundItem& item) {
        return item.ref.import_id() == outcome.item().import_id() &&
               item.ref.line() == outcome.item().line();
      });
      *command.settled.add_items() = std::move(outcome);
    }
    if (command.settled.items_size() == 0) continue;
    domain::Reach(domain::Failpoint::kSettleRecord);
    // A failed command is read and settled again.
    context_.Execute(command).status().IgnoreError();
    domain::Reach(domain::Failpoint::kSettleRecorded);
  }
  if (whole) reading_.reset();
  changed_();
}

int64_t Settler::ReadUpdate(const Open& open) {
  if (reading_updates_.contains(open.position)) return Actor::kNever;
  const auto grant = context_.gate.TryEnter(domain::Lane::kSettle);
  if (!grant.granted) return grant.retry_at;
  reading_updates_.insert(open.position);
  domain::Reach(domain::Failpoint::kSettleUpdateRead);
  context_.gateway.Get(
      open.row.update().remote_id(), [this, open](domain::RecordAnswer answer) {
        context_.gate.Leave("settle", answer.report);
        context_.post([this, open, answer = std::move(answer)] {
          OnUpdateRead(open, answer);
        });
      });
  return Actor::kNever;
}

uint32_t Settler::FailuresOf(uint64_t product_id) const {
  const auto product = domain::FindRow<tables::v1::ProductRow>(
      context_.tables, Table::kProducts,
      domain::NumberKey(context_.connection, product_id));
  return product.ok() && product->has_value() ? (*product)->update_failures()
                                              : 0;
}

void Settler::OnUpdateRead(const Open& open,
                           const domain::RecordAnswer& answer) {
  reading_updates_.erase(open.position);
  if (answer.report.effect != Effect::kConfirmed) return;
  domain::RecordUpdateAnswer command;
  const events::v1::UpdateIntended& intent = open.row.update();
  // A process that stopped is no failure of the provider.
  const bool failed = open.row.answer() == events::v1::ANSWER_UNKNOWN;
  command.answered = domain::ResolveUpdateReading(
      intent, answer, failed ? FailuresOf(intent.product_id()) : 0);
  command.answered.set_intent(open.position);
  if (command.answered.gone()) {
    context_.index.RemoveId(intent.remote_id());
  }
  domain::Reach(domain::Failpoint::kSettleUpdateAnswered);
  // A failed command is read and settled again.
  context_.Execute(command).IgnoreError();
  domain::Reach(domain::Failpoint::kSettleUpdateRecorded);
  changed_();
}

}  // namespace qantara::server
