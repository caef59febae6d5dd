#include "server/poller/stock_refresh.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"
#include "server/poller/readable.h"
#include "server/poller/wall_time.h"

namespace qantara::server {
namespace {

constexpr ReadKind kKind = {domain::Lane::kRefresh, "refresh"};

absl::Status Unavailable(v1::ErrorReason reason, absl::string_view message) {
  return domain::MakeError(absl::StatusCode::kUnavailable, reason, message);
}

absl::Status Stopped() {
  return Unavailable(v1::ERROR_REASON_PROVIDER_UNAVAILABLE,
                     "stock cannot be read while the server starts or stops");
}

absl::Status ErrorOf(const domain::CallReport& report) {
  const bool known = report.reason != v1::ERROR_REASON_UNSPECIFIED;
  return Unavailable(
      known ? report.reason : v1::ERROR_REASON_PROVIDER_UNAVAILABLE,
      report.problems.empty()
          ? absl::StrCat("the provider failed: HTTP ", report.http_status)
          : report.problems.front().message());
}

absl::Status Askable(v1::ConnectionState state) {
  if (state != v1::CONNECTION_STATE_UNREACHABLE) return CheckReadable(state);
  return Unavailable(v1::ERROR_REASON_PROVIDER_UNAVAILABLE,
                     "the provider cannot be reached or fails");
}

size_t SizeOf(const RefreshWish& wish) {
  return wish.remote_ids.size() + (wish.category_id.empty() ? 0 : 1);
}

}  // namespace

void StockRefresh::Refresh(RefreshWish wish, int64_t deadline, Done done) {
  const size_t size = SizeOf(wish);
  const auto call = std::make_shared<Call>();
  call->wish = std::move(wish);
  call->deadline = deadline;
  call->done = std::move(done);
  absl::Status refused;
  {
    const std::lock_guard lock(mutex_);
    if (!open_) {
      refused = Stopped();
    } else if (waiting_ + size > kMaxWaiting) {
      refused = domain::MakeError(absl::StatusCode::kResourceExhausted,
                                  v1::ERROR_REASON_OVERLOADED,
                                  "too many products wait to be refreshed");
    } else {
      waiting_ += size;
      inbox_.push_back(call);
    }
  }
  if (refused.ok()) return parts_.wake();
  call->done(refused);
}

std::optional<absl::Time> StockRefresh::LastRead(
    const std::string& remote_id) const {
  const auto read = parts_.times.LastRead(remote_id);
  if (!read.has_value()) return std::nullopt;
  return WallTime(parts_.clock, *read);
}

std::optional<absl::Time> StockRefresh::OldestRead() const {
  const auto oldest = parts_.times.oldest();
  if (!oldest.has_value()) return std::nullopt;
  return WallTime(parts_.clock, *oldest);
}

void StockRefresh::Want(const std::vector<std::string>& remote_ids) {
  {
    const std::lock_guard lock(mutex_);
    if (!open_) return;
    for (const std::string& id : remote_ids) {
      if (wanted_.size() >= HotProducts::kMost) wanted_.pop_front();
      wanted_.push_back(id);
    }
  }
  parts_.wake();
}

void StockRefresh::Open() {
  const std::lock_guard lock(mutex_);
  open_ = true;
}

void StockRefresh::Close() {
  {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  Admit();
  FailAll(Stopped());
}

void StockRefresh::Admit() {
  std::deque<CallPtr> calls;
  std::deque<std::string> wanted;
  {
    const std::lock_guard lock(mutex_);
    calls.swap(inbox_);
    wanted.swap(wanted_);
  }
  const int64_t now = parts_.clock.BootMillis();
  for (const std::string& id : wanted) parts_.hot.Add(id, now);
  for (const CallPtr& call : calls) AdmitCall(call);
}

void StockRefresh::AdmitCall(const CallPtr& call) {
  by_deadline_.emplace(call->deadline, call);
  call->outcome.position = parts_.tables.position();
  // Held open until everything has joined.
  call->open = 1;
  SplitByCategory(*call);
  absl::flat_hash_set<std::string> joined;
  for (const auto& [category, ids] : call->listed) {
    joined.insert(ids.begin(), ids.end());
    Join(category, /*is_category=*/true, call);
  }
  for (const std::string& id : call->wish.remote_ids) {
    parts_.hot.Add(id, parts_.clock.BootMillis());
    if (joined.insert(id).second) Join(id, /*is_category=*/false, call);
  }
  const std::string& category = call->wish.category_id;
  if (!category.empty() && !call->listed.contains(category)) {
    Join(category, /*is_category=*/true, call);
  }
  if (--call->open == 0) EndCall(call);
}

void StockRefresh::SplitByCategory(Call& call) const {
  if (call.wish.remote_ids.size() <= kFewRecords) return;
  for (const std::string& id : call.wish.remote_ids) {
    const auto row = domain::FindRow<tables::v1::StockRow>(
        parts_.tables, domain::Table::kStock,
        domain::TextKey(parts_.connection, id));
    if (!row.ok() || !row->has_value()) continue;
    if ((*row)->category_id().empty()) continue;
    call.listed[(*row)->category_id()].insert(id);
  }
  absl::erase_if(call.listed, [](const auto& category) {
    return category.second.size() <= kFewRecords;
  });
}

void StockRefresh::Join(const std::string& id, bool is_category,
                        const CallPtr& call) {
  TargetPtr& target = (is_category ? categories_ : records_)[id];
  ++call->open;
  if (target == nullptr) {
    target = std::make_shared<Target>();
    target->id = id;
    target->is_category = is_category;
    if (is_category) target->walk = std::make_unique<CatalogWalk>(id);
    if (!is_category) queue_.push_back(target);
  }
  // Of a category, pages may have come already that were not counted for it.
  const int64_t now = parts_.clock.BootMillis();
  const bool shares = !target->sent.has_value() ||
                      (!is_category && now - *target->sent <= kShareMillis);
  (shares ? target->calls : target->later).push_back(call);
}

void StockRefresh::Expire() {
  const int64_t now = parts_.clock.BootMillis();
  while (!by_deadline_.empty() && by_deadline_.begin()->first <= now) {
    const CallPtr call = by_deadline_.begin()->second;
    call->error =
        domain::MakeError(absl::StatusCode::kDeadlineExceeded,
                          v1::ERROR_REASON_PROVIDER_UNAVAILABLE,
                          "the provider has not answered everything in time");
    EndCall(call);
  }
}

void StockRefresh::FailAll(const absl::Status& error) {
  while (!by_deadline_.empty()) {
    const CallPtr call = by_deadline_.begin()->second;
    call->error = error;
    EndCall(call);
  }
}

void StockRefresh::EndCall(const CallPtr& call) {
  if (std::exchange(call->ended, true)) return;
  auto [place, end] = by_deadline_.equal_range(call->deadline);
  place = std::find_if(place, end,
                       [&](const auto& entry) { return entry.second == call; });
  if (place != end) by_deadline_.erase(place);
  {
    const std::lock_guard lock(mutex_);
    waiting_ -= SizeOf(call->wish);
  }
  if (call->error.ok()) {
    call->done(call->outcome);
  } else {
    call->done(call->error);
  }
}

bool StockRefresh::IsWanted(const Target& target) {
  return std::any_of(target.calls.begin(), target.calls.end(),
                     [](const CallPtr& call) { return !call->ended; });
}

int64_t StockRefresh::Step() {
  Admit();
  Expire();
  if (by_deadline_.empty() && queue_.empty() && categories_.empty()) {
    return Actor::kNever;
  }
  const absl::Status askable = Askable(parts_.status.state());
  if (!askable.ok()) FailAll(askable);
  int64_t next = Actor::kNever;
  while (in_flight_ < kMostInFlight) {
    const auto grant = SendNext();
    if (!grant.granted) {
      next = grant.retry_at;
      break;
    }
    ++in_flight_;
  }
  return by_deadline_.empty() ? next
                              : std::min(next, by_deadline_.begin()->first);
}

GatedReads::Grant StockRefresh::SendNext() {
  while (!queue_.empty() && !IsWanted(*queue_.front())) {
    const TargetPtr unwanted = queue_.front();
    queue_.pop_front();
    Finish(unwanted);
  }
  if (!queue_.empty()) {
    const auto grant = SendRecord(queue_.front());
    if (grant.granted) queue_.pop_front();
    return grant;
  }
  std::vector<TargetPtr> unwanted;
  TargetPtr next;
  for (const auto& [id, target] : categories_) {
    if (!IsWanted(*target)) {
      unwanted.push_back(target);
    } else if (target->walk->WantsPage()) {
      next = target;
    }
  }
  for (const TargetPtr& target : unwanted) Finish(target);
  return next != nullptr ? SendPage(next)
                         : GatedReads::Grant{false, Actor::kNever};
}

GatedReads::Grant StockRefresh::SendRecord(const TargetPtr& target) {
  const auto grant = parts_.reads.Get(
      kKind, target->id,
      [this, target](const Asked& asked, const domain::RecordAnswer& answer) {
        --in_flight_;
        if (!target->ended) TakeRecord(target, asked, answer);
      });
  if (grant.granted) target->sent = parts_.clock.BootMillis();
  return grant;
}

GatedReads::Grant StockRefresh::SendPage(const TargetPtr& target) {
  const auto query = std::make_shared<domain::ListQuery>();
  const auto ask = [&] {
    *query = target->walk->Ask();
    return *query;
  };
  const auto grant = parts_.reads.List(
      kKind, ask,
      [this, target, query](const Asked& asked,
                            const domain::PageAnswer& answer) {
        --in_flight_;
        if (!target->ended) TakePage(target, asked, *query, answer);
      });
  if (grant.granted && !target->sent.has_value()) {
    target->sent = parts_.clock.BootMillis();
  }
  return grant;
}

void StockRefresh::TakeRecord(const TargetPtr& target, const Asked& asked,
                              const domain::RecordAnswer& answer) {
  const bool gone = answer.not_found;
  const bool tells = gone || answer.record.has_value();
  if (answer.report.effect != domain::Effect::kConfirmed || !tells) {
    const bool throttled = answer.report.reason == v1::ERROR_REASON_OVERLOADED;
    if (throttled || ++target->tries < kMostTries) {
      queue_.push_back(target);
      return;
    }
    target->error = ErrorOf(answer.report);
    return Finish(target);
  }
  const auto position = gone ? parts_.recorder.RecordGone(asked, target->id)
                             : parts_.recorder.Record(asked, {&*answer.record});
  target->error = position.status();
  if (position.ok()) {
    for (const CallPtr& call : target->calls) {
      ++call->outcome.read;
      if (gone) ++call->outcome.gone;
      call->outcome.position = std::max(call->outcome.position, *position);
    }
    if (gone) parts_.gone(target->id);
  }
  Finish(target);
}

void StockRefresh::CountPage(const Target& target, domain::Position position,
                             const domain::PageAnswer& answer, size_t fresh) {
  for (const CallPtr& call : target.calls) {
    call->outcome.position = std::max(call->outcome.position, position);
    if (call->wish.category_id == target.id) {
      call->outcome.read += static_cast<uint32_t>(fresh);
    }
    const auto listed = call->listed.find(target.id);
    if (listed == call->listed.end()) continue;
    for (const v1::RemoteProduct& record : answer.records) {
      if (listed->second.erase(record.id()) > 0) ++call->outcome.read;
    }
  }
}

bool StockRefresh::CostsTooMuch(const Target& target) {
  size_t single = 0;
  for (const CallPtr& call : target.calls) {
    if (call->wish.category_id == target.id) return false;
    const auto listed = call->listed.find(target.id);
    if (listed != call->listed.end()) single += listed->second.size();
  }
  return target.walk->pages().value_or(1) > single;
}

void StockRefresh::TakePage(const TargetPtr& target, const Asked& asked,
                            const domain::ListQuery& query,
                            const domain::PageAnswer& answer) {
  std::vector<const v1::RemoteProduct*> fresh;
  const CatalogWalk::Step step = target->walk->Take(query, answer, &fresh);
  if (answer.report.effect == domain::Effect::kConfirmed) {
    const auto position = parts_.recorder.Record(asked, fresh);
    target->error = position.status();
    target->unrecorded.Update(position.status());
    if (position.ok()) CountPage(*target, *position, answer, fresh.size());
  } else {
    target->error = ErrorOf(answer.report);
  }
  if (step == CatalogWalk::Step::kOn) {
    const bool is_first = query.page == 1 && !query.id_above.has_value();
    if (is_first && target->error.ok() && CostsTooMuch(*target)) Finish(target);
    return;
  }
  if (target->walk->read_every_page()) target->error = absl::OkStatus();
  if (!target->unrecorded.ok()) target->error = target->unrecorded;
  Finish(target);
}

void StockRefresh::Finish(const TargetPtr& target) {
  target->ended = true;
  (target->is_category ? categories_ : records_).erase(target->id);
  for (const CallPtr& call : target->calls) {
    if (call->ended) continue;
    const auto listed = call->listed.find(target->id);
    const bool goes_on = target->is_category && listed != call->listed.end();
    // Products that a list failed to bring are asked for by id, and fail there.
    const bool counts = !goes_on || call->wish.category_id == target->id;
    if (counts && !target->error.ok()) call->error = target->error;
    if (goes_on) {
      // What the list did not show is asked for by id.
      const auto missed = std::move(listed->second);
      call->listed.erase(listed);
      for (const std::string& id : missed) Join(id, false, call);
    }
    if (--call->open == 0) EndCall(call);
  }
  for (const CallPtr& call : target->later) {
    if (call->ended) continue;
    --call->open;
    Join(target->id, target->is_category, call);
  }
}

}  // namespace qantara::server
