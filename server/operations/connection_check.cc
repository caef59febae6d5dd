#include "server/operations/connection_check.h"

#include <algorithm>
#include <utility>

#include "domain/timestamps.h"
#include "qantara/v1/error_reason.pb.h"

namespace qantara::server {
namespace {

using domain::CallReport;

// What no product has: a filter that is honoured finds nothing.
constexpr char kNoSku[] = "qantara-looks-for-no-such-sku";
constexpr char kNoId[] = "2147483647";

// Nothing was asked, as there is nothing to find.
bool IsLacking(const CallReport& report) {
  return report.reason == v1::ERROR_REASON_PROVIDER_LACKS;
}

domain::CallReport GaveUp() {
  CallReport report;
  report.effect = domain::Effect::kNotApplied;
  report.reason = v1::ERROR_REASON_PROVIDER_UNAVAILABLE;
  report.problems.emplace_back().set_message(
      "the budget granted no request in time; nothing was sent");
  return report;
}

}  // namespace

const char* ConnectionCheck::NameOf(Question question) {
  switch (question) {
    case Question::kProducts:
      return "products";
    case Question::kCategories:
      return "categories";
    case Question::kTaxes:
      return "taxes";
    case Question::kLocations:
      return "locations";
    case Question::kSkuFilter:
      return "sku";
    case Question::kIdFilter:
      return "id_above";
    case Question::kCategoryFilter:
      return "category";
    case Question::kNone:
      break;
  }
  return "";
}

void ConnectionCheck::Start(
    Parts parts, std::function<void(v1::CheckConnectionResponse)> done) {
  const std::shared_ptr<ConnectionCheck> check(
      new ConnectionCheck(std::move(parts), std::move(done)));
  check->Next();
}

ConnectionCheck::ConnectionCheck(
    Parts parts, std::function<void(v1::CheckConnectionResponse)> done)
    : parts_(std::move(parts)),
      done_(std::move(done)),
      give_up_at_(parts_.clock.BootMillis() +
                  absl::ToInt64Milliseconds(kPatience)) {
  response_.set_connection(parts_.connection);
  response_.set_base_url(parts_.base_url);
}

void ConnectionCheck::Next() {
  if (question_ == Question::kNone) return End();
  const CheckDoor::Entry entry = parts_.door.TryEnter();
  if (entry.granted) return Ask();
  const int64_t now = parts_.clock.BootMillis();
  if (entry.closed.has_value() || entry.retry_at >= give_up_at_) {
    AddStep(entry.closed.value_or(GaveUp()));
    return End();
  }
  const int64_t wait = std::max<int64_t>(entry.retry_at - now, 1);
  parts_.later(absl::Milliseconds(wait),
               [self = shared_from_this()] { self->Next(); });
}

void ConnectionCheck::Ask() {
  asked_ = parts_.clock.Now();
  domain::ListQuery query;
  query.per_page = 1;
  switch (question_) {
    case Question::kProducts:
      return parts_.gateway.List(query,
                                 Answered(&ConnectionCheck::TakeProducts));
    case Question::kCategories:
      return parts_.gateway.ListCategories(Answered(&ConnectionCheck::TakeIds));
    case Question::kTaxes:
      return parts_.gateway.ListTaxes(Answered(&ConnectionCheck::TakeIds));
    case Question::kLocations:
      return parts_.gateway.ListLocations(
          Answered(&ConnectionCheck::TakeLocations));
    case Question::kSkuFilter:
      query.sku = kNoSku;
      break;
    case Question::kIdFilter:
      query.id_above = kNoId;
      break;
    case Question::kCategoryFilter:
      query.category_id = kNoId;
      break;
    case Question::kNone:
      return;
  }
  parts_.gateway.List(query, Answered(&ConnectionCheck::TakeProbe));
}

template <typename Answer>
std::function<void(Answer)> ConnectionCheck::Answered(
    void (ConnectionCheck::*take)(const Answer&)) {
  return [self = shared_from_this(), take](const Answer& answer) {
    self->parts_.door.Leave(answer.report);
    self->SetSkew(answer.report);
    (*self.*take)(answer);
    self->Next();
  };
}

void ConnectionCheck::TakeProducts(const domain::PageAnswer& answer) {
  v1::CheckStep& step = AddStep(answer.report);
  has_rows_ = answer.row_count > 0;
  if (step.ok() && answer.total.has_value()) {
    step.set_count(*answer.total);
  } else if (step.ok() && !has_rows_) {
    step.set_count(0);
  }
  question_ = step.ok() ? Question::kCategories : Question::kNone;
}

void ConnectionCheck::TakeIds(const domain::IdsAnswer& answer) {
  v1::CheckStep& step = AddStep(answer.report);
  if (answer.absent) step.set_absent(true);
  if (step.ok() && !step.absent()) step.set_count(answer.ids.size());
  question_ = question_ == Question::kCategories ? Question::kTaxes
                                                 : Question::kLocations;
}

void ConnectionCheck::TakeLocations(const domain::LocationsAnswer& answer) {
  v1::CheckStep& step = AddStep(answer.report);
  if (answer.absent) step.set_absent(true);
  if (step.ok() && !step.absent()) step.set_count(answer.locations.size());
  question_ = has_rows_ ? Question::kSkuFilter : Question::kNone;
}

void ConnectionCheck::TakeProbe(const domain::PageAnswer& answer) {
  v1::FilterProbe& probe = *response_.add_filters();
  probe.set_name(NameOf(question_));
  const bool ok = answer.report.effect == domain::Effect::kConfirmed;
  if (answer.filter_ignored || answer.row_count > 0 ||
      IsLacking(answer.report)) {
    probe.set_support(v1::FILTER_SUPPORT_IGNORED);
  } else if (ok) {
    probe.set_support(v1::FILTER_SUPPORT_HONOURED);
  } else {
    AddStep(answer.report);
  }
  question_ = static_cast<Question>(static_cast<int>(question_) + 1);
}

v1::CheckStep& ConnectionCheck::AddStep(const CallReport& report) {
  v1::CheckStep& step = *response_.add_steps();
  step.set_name(NameOf(question_));
  if (IsLacking(report)) {
    step.set_ok(true);
    step.set_absent(true);
    return step;
  }
  step.set_ok(report.effect == domain::Effect::kConfirmed);
  step.set_http_status(static_cast<uint32_t>(report.http_status));
  step.set_reason(report.reason);
  for (const v1::ItemProblem& problem : report.problems) {
    *step.add_problems() = problem;
  }
  return step;
}

// The provider tells whole seconds, of some moment between asking and answer.
void ConnectionCheck::SetSkew(const CallReport& report) {
  if (!report.provider_time.has_value() || response_.has_clock_skew()) return;
  const absl::Duration least = *report.provider_time - parts_.clock.Now();
  const absl::Duration most = *report.provider_time + absl::Seconds(1) - asked_;
  absl::Duration skew = absl::ZeroDuration();
  if (least > skew) skew = least;
  if (most < skew) skew = most;
  *response_.mutable_clock_skew() =
      domain::ToProtoDuration(absl::Trunc(skew, absl::Seconds(1)));
}

void ConnectionCheck::End() { done_(std::move(response_)); }

}  // namespace qantara::server
