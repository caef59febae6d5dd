#include "server/core/past_exchange.h"

#include <algorithm>

#include "server/core/line_content.h"

namespace qantara::server {
namespace {

using domain::Position;
using events::v1::Event;
using events::v1::ItemRef;

bool Names(const ItemRef& ref, const Carried& carried) {
  return !carried.import_id.empty() && ref.import_id() == carried.import_id &&
         ref.line() == carried.line;
}

template <typename Refs>
Position PreviousInRefs(const Refs& refs, const Carried& carried) {
  for (const ItemRef& ref : refs) {
    if (ref.product_id() == carried.product_id) return ref.previous_position();
  }
  return 0;
}

template <typename Outcomes>
Position PreviousInOutcomes(const Outcomes& outcomes, const Carried& carried) {
  for (const events::v1::ItemOutcome& outcome : outcomes) {
    if (outcome.item().product_id() == carried.product_id) {
      return outcome.item().previous_position();
    }
  }
  return 0;
}

Position PreviousInLines(const events::v1::ImportLinesAccepted& accepted,
                         const Carried& carried) {
  for (const events::v1::AcceptedLine& line : accepted.lines()) {
    if (line.product_id() == carried.product_id) {
      return line.previous_position();
    }
  }
  return 0;
}

Position PreviousOfDrift(const events::v1::ProductsDrifted& drifted,
                         const Carried& carried) {
  for (const events::v1::ProductDrift& product : drifted.products()) {
    if (product.product_id() == carried.product_id) {
      return product.previous_position();
    }
  }
  return 0;
}

// A patched line may have changed its product.
Position PreviousOfRetry(const events::v1::ParkedRetried& retried,
                         Carried* carried) {
  if (!retried.has_item()) return retried.previous_position();
  if (Names(retried.item(), *carried)) {
    carried->product_id = retried.item().product_id();
    return retried.item().previous_position();
  }
  return retried.line().product_id() == carried->product_id
             ? retried.line().previous_position()
             : retried.item().previous_position();
}

Position PreviousOf(const Event& event, Carried* carried) {
  switch (event.kind_case()) {
    case Event::kImportLinesAccepted:
      return PreviousInLines(event.import_lines_accepted(), *carried);
    case Event::kCreateIntended:
      return PreviousInRefs(event.create_intended().items(), *carried);
    case Event::kCreateAnswered:
      return PreviousInOutcomes(event.create_answered().items(), *carried);
    case Event::kItemsSettled:
      return PreviousInOutcomes(event.items_settled().items(), *carried);
    case Event::kProductUpdateRecorded:
      return event.product_update_recorded().previous_position();
    case Event::kUpdateIntended:
      return event.update_intended().previous_position();
    case Event::kUpdateAnswered:
      return event.update_answered().previous_position();
    case Event::kProductsDrifted:
      return PreviousOfDrift(event.products_drifted(), *carried);
    case Event::kParkedRetried:
      return PreviousOfRetry(event.parked_retried(), carried);
    case Event::kParkedDiscarded:
      return event.parked_discarded().has_item()
                 ? event.parked_discarded().item().previous_position()
                 : event.parked_discarded().previous_position();
    default:
      return 0;
  }
}

bool WasCarriedBy(const events::v1::UpdateIntended& intent,
                  const Carried& carried) {
  const bool as_update =
      carried.update != 0 &&
      std::find(intent.updates().begin(), intent.updates().end(),
                carried.update) != intent.updates().end();
  return as_update ||
         std::any_of(intent.items().begin(), intent.items().end(),
                     [&](const ItemRef& ref) { return Names(ref, carried); });
}

// The exchange of the event, if it carried it.
const v1::ProviderExchange* ExchangeOf(const domain::EventLog& log,
                                       const Event& event,
                                       const Carried& carried) {
  if (event.create_answered().has_exchange()) {
    for (const auto& outcome : event.create_answered().items()) {
      if (Names(outcome.item(), carried)) {
        return &event.create_answered().exchange();
      }
    }
  }
  if (!event.update_answered().has_exchange()) return nullptr;
  const auto intent = ReadEvent(log, event.update_answered().intent());
  return intent.ok() &&
                 WasCarriedBy((*intent)->event().update_intended(), carried)
             ? &event.update_answered().exchange()
             : nullptr;
}

}  // namespace

std::optional<v1::ProviderExchange> FindPastExchange(
    const domain::EventLog& log, Carried carried, Position position) {
  for (int step = 0; step < kMaxStepsBack && position != 0; ++step) {
    const auto record = ReadEvent(log, position);
    if (!record.ok()) return std::nullopt;
    const Event& event = (*record)->event();
    const v1::ProviderExchange* exchange = ExchangeOf(log, event, carried);
    if (exchange != nullptr) return *exchange;
    position = PreviousOf(event, &carried);
  }
  return std::nullopt;
}

}  // namespace qantara::server
