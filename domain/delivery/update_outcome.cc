#include "domain/delivery/update_outcome.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "domain/delivery/chunk_size.h"
#include "domain/product_fields.h"
#include "domain/timestamps.h"

namespace qantara::domain {
namespace {

using events::v1::UpdateAnswered;
using events::v1::UpdateIntended;

UpdateAnswered Begin(const UpdateIntended& intent, const CallReport& report) {
  UpdateAnswered out;
  out.set_connection(intent.connection());
  out.set_product_id(intent.product_id());
  out.set_http_status(report.http_status);
  for (const v1::ItemProblem& problem : report.problems) {
    *out.add_problems() = problem;
  }
  if (report.exchange.has_value()) *out.mutable_exchange() = *report.exchange;
  return out;
}

// Times of the provider may be whole seconds, and its clock not ours: only a
// change that was long before this request is certainly not this request.
constexpr absl::Duration kClockMargin = absl::Minutes(1);

// Whether the record shows by its time that nothing was written. `intent` tells
// no known time where nothing was to change.
bool HasStoodStill(const UpdateIntended& intent,
                   const v1::RemoteProduct& record) {
  if (!intent.has_known_update_time() || !record.has_update_time()) {
    return false;
  }
  const absl::Time known = FromTimestamp(intent.known_update_time());
  return FromTimestamp(record.update_time()) <= known &&
         known + kClockMargin < FromTimestamp(intent.window().send_by_time());
}

void AddStoodStill(const UpdateIntended& intent, UpdateAnswered* out) {
  v1::FieldDifference& difference = *out->add_differences();
  difference.set_field("update_time");
  const std::string known = absl::FormatTime(
      absl::RFC3339_full, FromTimestamp(intent.known_update_time()),
      absl::UTCTimeZone());
  difference.set_sent(absl::StrCat("after ", known));
  difference.set_held(known);
}

void SetApplied(const UpdateIntended& intent, const v1::RemoteProduct& record,
                UpdateAnswered* out) {
  out->set_answer(events::v1::ANSWER_CONFIRMED);
  out->set_state(v1::UPDATE_STATE_APPLIED);
  out->clear_problems();
  *out->mutable_remote() = record;
  for (v1::FieldDifference& difference :
       CompareWithRemote(intent.fields(), record)) {
    *out->add_differences() = std::move(difference);
  }
  for (v1::FieldDifference& difference :
       CompareDerived(intent.fields(), record)) {
    *out->add_differences() = std::move(difference);
  }
  if (HasStoodStill(intent, record)) AddStoodStill(intent, out);
  if (out->differences_size() > 0) {
    out->set_reason(v1::ERROR_REASON_REMOTE_DIFFERS);
  }
}

void SetGone(const UpdateIntended& intent, UpdateAnswered* out) {
  out->set_answer(events::v1::ANSWER_NOT_APPLIED);
  out->set_state(v1::UPDATE_STATE_REJECTED);
  out->set_reason(v1::ERROR_REASON_MAPPING_STALE);
  out->set_gone(true);
  out->clear_problems();
  v1::ItemProblem& problem = *out->add_problems();
  problem.set_reason(v1::ERROR_REASON_MAPPING_STALE);
  problem.set_message(absl::StrCat("record ", intent.remote_id(), " is gone"));
}

void SetFailing(UpdateAnswered* out) {
  out->set_state(v1::UPDATE_STATE_PARKED);
  out->set_reason(v1::ERROR_REASON_PROVIDER_FAILS);
  v1::ItemProblem& problem = *out->add_problems();
  problem.set_reason(v1::ERROR_REASON_PROVIDER_FAILS);
  problem.set_message(absl::StrCat("the provider failed ", kMaxFailures,
                                   " times; the update was not applied"));
}

}  // namespace

UpdateAnswered ResolveUpdate(const UpdateIntended& intent,
                             const RecordAnswer& answer) {
  UpdateAnswered out = Begin(intent, answer.report);
  if (answer.not_found) {
    SetGone(intent, &out);
    return out;
  }
  switch (answer.report.effect) {
    case Effect::kConfirmed:
      if (answer.record.has_value()) {
        SetApplied(intent, *answer.record, &out);
        break;
      }
      // A 200 that shows no record proves nothing: it is read.
      out.set_answer(events::v1::ANSWER_UNKNOWN);
      out.set_state(v1::UPDATE_STATE_UNKNOWN);
      break;
    case Effect::kRefused:
      out.set_answer(events::v1::ANSWER_REFUSED);
      if (intent.updates_size() > 1) {
        // One of them may be to blame for all: each is sent alone.
        out.set_state(v1::UPDATE_STATE_RECORDED);
        break;
      }
      out.set_state(v1::UPDATE_STATE_REJECTED);
      out.set_reason(v1::ERROR_REASON_PROVIDER_REJECTED);
      break;
    case Effect::kNotApplied:
      out.set_answer(events::v1::ANSWER_NOT_APPLIED);
      out.set_state(v1::UPDATE_STATE_RECORDED);
      break;
    case Effect::kUnknown:
      out.set_answer(events::v1::ANSWER_UNKNOWN);
      out.set_state(v1::UPDATE_STATE_UNKNOWN);
      break;
  }
  return out;
}

UpdateAnswered ResolveUpdateReading(const UpdateIntended& intent,
                                    const RecordAnswer& answer,
                                    uint32_t failures) {
  UpdateAnswered out = Begin(intent, answer.report);
  if (answer.not_found) {
    SetGone(intent, &out);
  } else if (answer.record.has_value() &&
             HoldsAll(intent.fields(), *answer.record)) {
    SetApplied(intent, *answer.record, &out);
  } else {
    // Not applied, or overwritten since: the last accepted update counts.
    out.set_answer(events::v1::ANSWER_NOT_APPLIED);
    out.set_state(v1::UPDATE_STATE_RECORDED);
    if (failures + 1 >= kMaxFailures) SetFailing(&out);
    if (answer.record.has_value()) *out.mutable_remote() = *answer.record;
  }
  return out;
}

UpdateAnswered ResolveUpdateInterrupted(const UpdateIntended& intent) {
  UpdateAnswered out = Begin(intent, CallReport());
  out.set_answer(events::v1::ANSWER_INTERRUPTED);
  out.set_state(v1::UPDATE_STATE_UNKNOWN);
  return out;
}

}  // namespace qantara::domain
