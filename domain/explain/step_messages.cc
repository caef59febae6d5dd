#include "domain/explain/step_messages.h"

#include "absl/strings/escaping.h"
#include "domain/line.h"

namespace qantara::domain {

v1::RequestOutcome ToRequestOutcome(events::v1::Answer answer) {
  switch (answer) {
    case events::v1::ANSWER_CONFIRMED:
      return v1::REQUEST_OUTCOME_CONFIRMED;
    case events::v1::ANSWER_REFUSED:
      return v1::REQUEST_OUTCOME_REFUSED;
    case events::v1::ANSWER_NOT_APPLIED:
      return v1::REQUEST_OUTCOME_NOT_APPLIED;
    case events::v1::ANSWER_UNKNOWN:
      return v1::REQUEST_OUTCOME_UNKNOWN;
    case events::v1::ANSWER_INTERRUPTED:
      return v1::REQUEST_OUTCOME_INTERRUPTED;
    default:
      return v1::REQUEST_OUTCOME_UNSPECIFIED;
  }
}

v1::ItemResult ToItemResult(const events::v1::ItemOutcome& outcome) {
  v1::ItemResult result;
  result.set_import_id(outcome.item().import_id());
  result.set_line(outcome.item().line());
  result.set_state(outcome.state());
  result.set_remote_id(outcome.remote().id());
  *result.mutable_duplicate_remote_ids() = outcome.duplicate_remote_ids();
  result.set_reason(outcome.reason());
  *result.mutable_problems() = outcome.problems();
  result.set_suspect_group(outcome.suspect_group());
  return result;
}

v1::ItemResult ToItemResult(const std::string& import_id, uint32_t line,
                            const events::v1::AcceptedLine& accepted) {
  v1::ItemResult result;
  result.set_import_id(import_id);
  result.set_line(line);
  result.set_state(accepted.state());
  result.set_reason(accepted.reason());
  *result.mutable_problems() = accepted.problems();
  return result;
}

v1::LineReceived ToLineReceived(const std::string& import_id, uint32_t line,
                                const events::v1::AcceptedLine& accepted) {
  v1::LineReceived received;
  *received.mutable_item() = ToItemResult(import_id, line, accepted);
  received.set_sku(accepted.sku());
  received.set_external_id(accepted.external_id());
  if (accepted.state() != v1::ITEM_STATE_INVALID) {
    *received.mutable_product() = LineOf(accepted.payload()).product();
  }
  received.set_taken(accepted.product_id() != 0);
  return received;
}

v1::CreatePlanned ToCreatePlanned(const events::v1::CreateIntended& intended,
                                  int index) {
  v1::CreatePlanned planned;
  planned.set_import_id(intended.items(index).import_id());
  planned.set_line(intended.items(index).line());
  planned.set_items(static_cast<uint32_t>(intended.items_size()));
  planned.set_place(static_cast<uint32_t>(index) + 1);
  planned.set_single(intended.single());
  planned.set_fingerprint(absl::BytesToHexString(intended.fingerprint()));
  planned.set_watermark(intended.watermark());
  *planned.mutable_send_by_time() = intended.window().send_by_time();
  planned.set_suspect_group(intended.suspect_group());
  return planned;
}

v1::CreateOutcome ToCreateOutcome(const events::v1::CreateAnswered& answered,
                                  int index) {
  v1::CreateOutcome outcome;
  outcome.set_planned_position(answered.intent());
  outcome.set_outcome(ToRequestOutcome(answered.answer()));
  outcome.set_http_status(answered.http_status());
  *outcome.mutable_item() = ToItemResult(answered.items(index));
  *outcome.mutable_problems() = answered.problems();
  if (answered.has_exchange()) {
    *outcome.mutable_exchange() = answered.exchange();
  }
  return outcome;
}

v1::UpdateReceived ToUpdateReceived(
    const events::v1::ProductUpdateRecorded& recorded) {
  v1::UpdateReceived received;
  received.set_request_id(recorded.request_id());
  *received.mutable_fields() = recorded.fields();
  received.set_state(recorded.state());
  return received;
}

v1::UpdatePlanned ToUpdatePlanned(const events::v1::UpdateIntended& intended) {
  v1::UpdatePlanned planned;
  planned.set_remote_id(intended.remote_id());
  *planned.mutable_fields() = intended.fields();
  *planned.mutable_updates() = intended.updates();
  for (const events::v1::ItemRef& item : intended.items()) {
    v1::CarriedLine& line = *planned.add_lines();
    line.set_import_id(item.import_id());
    line.set_line(item.line());
  }
  planned.set_fingerprint(absl::BytesToHexString(intended.fingerprint()));
  *planned.mutable_send_by_time() = intended.window().send_by_time();
  return planned;
}

v1::UpdateOutcome ToUpdateOutcome(const events::v1::UpdateAnswered& answered,
                                  bool read_back) {
  v1::UpdateOutcome outcome;
  outcome.set_planned_position(answered.intent());
  outcome.set_outcome(ToRequestOutcome(answered.answer()));
  outcome.set_http_status(answered.http_status());
  outcome.set_state(answered.state());
  *outcome.mutable_differences() = answered.differences();
  outcome.set_reason(answered.reason());
  *outcome.mutable_problems() = answered.problems();
  outcome.set_gone(answered.gone());
  if (answered.has_remote()) *outcome.mutable_remote() = answered.remote();
  if (answered.has_exchange()) {
    *outcome.mutable_exchange() = answered.exchange();
  }
  outcome.set_read_back(read_back);
  return outcome;
}

v1::ParkedRetry ToParkedRetry(const events::v1::ParkedRetried& retried) {
  v1::ParkedRetry retry;
  if (retried.has_item()) {
    *retry.mutable_item() = ToItemResult(retried.item().import_id(),
                                         retried.item().line(), retried.line());
    retry.set_sku(retried.line().sku());
  } else {
    retry.set_update(retried.update());
    if (retried.has_fields()) *retry.mutable_fields() = retried.fields();
  }
  retry.set_note(retried.note());
  retry.set_request_id(retried.request_id());
  retry.set_accept_duplicate(retried.accept_duplicate());
  return retry;
}

v1::ParkedDiscard ToParkedDiscard(
    const events::v1::ParkedDiscarded& discarded) {
  v1::ParkedDiscard discard;
  if (discarded.has_item()) {
    discard.mutable_line()->set_import_id(discarded.item().import_id());
    discard.mutable_line()->set_line(discarded.item().line());
  } else {
    discard.set_update(discarded.update());
  }
  discard.set_note(discarded.note());
  discard.set_request_id(discarded.request_id());
  return discard;
}

v1::StockSeen ToStockSeen(const events::v1::ProductStock& stock) {
  v1::StockSeen seen;
  seen.set_remote_id(stock.remote_id());
  seen.set_sku(stock.sku());
  seen.set_state(stock.state());
  for (const events::v1::StockChange& change : stock.changes()) {
    v1::SeenFigure& figure = *seen.add_figures();
    figure.set_location_id(change.location_id());
    if (change.has_previous_quantity()) {
      figure.set_previous_quantity(change.previous_quantity());
    }
    if (change.has_quantity()) figure.set_quantity(change.quantity());
    figure.set_removed_reason(change.removed_reason());
  }
  return seen;
}

v1::StockSeen ToStockSeen(const events::v1::KeptStock& kept) {
  v1::StockSeen seen;
  seen.set_remote_id(kept.remote_id());
  seen.set_sku(kept.sku());
  seen.set_state(kept.state());
  for (const events::v1::KeptFigure& figure : kept.figures()) {
    v1::SeenFigure& one = *seen.add_figures();
    one.set_location_id(figure.location_id());
    one.set_quantity(figure.quantity());
  }
  seen.set_history_cut(true);
  return seen;
}

}  // namespace qantara::domain
