#include "server/poller/spot_checks.h"

#include <algorithm>
#include <utility>

#include "server/poller/record_difference.h"

namespace qantara::server {
namespace {

constexpr ReadKind kKind = {domain::Lane::kPoll, "spot_check"};

}  // namespace

void SpotChecks::Add(std::vector<v1::RemoteProduct> listed) {
  for (v1::RemoteProduct& record : listed) {
    if (checks_.size() >= kMostWaiting) return;
    Check check;
    check.listed = std::move(record);
    checks_.push_back(std::move(check));
  }
}

GatedReads::Grant SpotChecks::Send(const Check& check) {
  if (check.stage != Stage::kList) {
    return parts_.reads.Get(
        kKind, check.listed.id(),
        [this](const Asked& asked, const domain::RecordAnswer& answer) {
          waiting_ = false;
          const bool tells = answer.not_found || answer.record.has_value();
          if (!IsUsable(answer.report, tells)) return;
          if (checks_.front().stage == Stage::kSingle) {
            TakeSingle(asked, answer);
          } else {
            TakeSingleAgain(asked, answer);
          }
        });
  }
  const auto query = [&check] {
    domain::ListQuery by_sku;
    by_sku.sku = check.listed.sku();
    return by_sku;
  };
  return parts_.reads.List(
      kKind, query, [this](const Asked& asked, const domain::PageAnswer& page) {
        waiting_ = false;
        if (IsUsable(page.report, /*tells=*/true)) TakeList(asked, page);
      });
}

int64_t SpotChecks::Step() {
  if (waiting_ || checks_.empty()) return Actor::kNever;
  // One that must wait lets the others go first.
  const auto next = std::min_element(checks_.begin(), checks_.end(),
                                     [](const Check& a, const Check& b) {
                                       return a.not_before < b.not_before;
                                     });
  std::rotate(checks_.begin(), next, next + 1);
  const Check& check = checks_.front();
  if (parts_.clock.BootMillis() < check.not_before) return check.not_before;
  const auto grant = Send(check);
  if (!grant.granted) return grant.retry_at;
  waiting_ = true;
  return Actor::kNever;
}

bool SpotChecks::IsUsable(const domain::CallReport& report, bool tells) {
  if (report.effect == domain::Effect::kConfirmed && tells) return true;
  const bool throttled = report.reason == v1::ERROR_REASON_OVERLOADED;
  if (!throttled && ++checks_.front().tries >= kMostTries) End();
  return false;
}

void SpotChecks::TakeSingle(const Asked& asked,
                            const domain::RecordAnswer& answer) {
  Check& check = checks_.front();
  check.was_found = !answer.not_found;
  if (check.was_found) {
    check.single = *answer.record;
    if (DifferenceOf(check.listed, check.single).empty()) {
      return Agreed(asked, check.single);
    }
  }
  // Without a SKU there is no second look: the next sweep looks at it.
  if (check.listed.sku().empty()) return End();
  check.stage = Stage::kList;
  check.not_before = parts_.clock.BootMillis() + parts_.read_lag;
}

void SpotChecks::TakeList(const Asked& asked,
                          const domain::PageAnswer& answer) {
  Check& check = checks_.front();
  const auto row = std::find_if(
      answer.records.begin(), answer.records.end(),
      [&](const auto& record) { return record.id() == check.listed.id(); });
  if (row == answer.records.end()) {
    // A list that does not show it either says that it is gone, if anything.
    if (!answer.filter_ignored && !check.was_found &&
        parts_.recorder.RecordGone(asked, check.listed.id()).ok()) {
      parts_.gone(check.listed.id());
    }
    return End();
  }
  check.listed = *row;
  if (check.was_found && DifferenceOf(check.listed, check.single).empty()) {
    return Agreed(asked, check.listed);
  }
  check.stage = Stage::kSingleAgain;
}

void SpotChecks::TakeSingleAgain(const Asked& asked,
                                 const domain::RecordAnswer& answer) {
  Check& check = checks_.front();
  if (answer.not_found) {
    check.fields = {"record"};
    return Disagreed();
  }
  check.fields = DifferenceOf(check.listed, *answer.record);
  if (check.fields.empty()) return Agreed(asked, *answer.record);
  Disagreed();
}

void SpotChecks::Agreed(const Asked& asked, const v1::RemoteProduct& record) {
  parts_.recorder.Record(asked, {&record}).status().IgnoreError();
  const std::string id = record.id();
  End();
  Forget(id);
}

void SpotChecks::Forget(const std::string& remote_id) {
  if (doubted_.erase(remote_id) > 0) parts_.agreed(remote_id);
}

void SpotChecks::Disagreed() {
  ListDisagreement disagreement{checks_.front().listed.id(),
                                std::move(checks_.front().fields)};
  if (doubted_.size() < kMostDoubted) doubted_.insert(disagreement.remote_id);
  End();
  parts_.disagreed(disagreement);
}

void SpotChecks::End() { checks_.pop_front(); }

}  // namespace qantara::server
