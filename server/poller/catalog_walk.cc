#include "server/poller/catalog_walk.h"

#include <algorithm>
#include <utility>

#include "domain/remote_id.h"

namespace qantara::server {

uint32_t CatalogWalk::Lowest() const {
  uint32_t lowest = next_page_;
  if (!asked_.empty()) lowest = std::min(lowest, *asked_.begin());
  if (!again_.empty()) lowest = std::min(lowest, *again_.begin());
  return lowest;
}

std::optional<uint32_t> CatalogWalk::pages() const {
  if (told_pages_.has_value()) return told_pages_;
  if (!total_.has_value() || first_rows_ == 0) return std::nullopt;
  return (most_ + first_rows_ - 1) / first_rows_;
}

bool CatalogWalk::WantsPage() const {
  if (given_up_ || ended_) return false;
  if (by_id_) return !IsInFlight();
  if (!again_.empty()) return true;
  if (next_page_ >= end_page_) return false;
  const bool expected = pages().has_value() && next_page_ <= *pages();
  if (expected) return next_page_ < Lowest() + kMaxAhead;
  // Nobody told that there is such a page: the one before it is waited for.
  return !told_pages_.has_value() && !IsInFlight();
}

domain::ListQuery CatalogWalk::Ask() {
  domain::ListQuery query;
  query.per_page = kPageRows;
  if (!category_id_.empty()) query.category_id = category_id_;
  if (by_id_) {
    query.id_above = behind_id_;
    asked_by_id_ = true;
    return query;
  }
  if (again_.empty()) {
    query.page = next_page_++;
  } else {
    query.page = *again_.begin();
    again_.erase(again_.begin());
  }
  asked_.insert(query.page);
  return query;
}

void CatalogWalk::TakeFailure(const domain::ListQuery& query,
                              const domain::PageAnswer& answer) {
  // The gate paces what follows; throttling is no failure of the page.
  const bool throttled = answer.report.reason == v1::ERROR_REASON_OVERLOADED;
  if (query.id_above.has_value()) {
    given_up_ = !throttled && ++id_failures_ >= kMaxFailures;
    return;
  }
  if (by_id_ || query.page >= end_page_) return;
  if (throttled || ++failures_[query.page] < kMaxFailures) {
    again_.insert(query.page);
    return;
  }
  GoOnById();
}

void CatalogWalk::GoOnById() {
  given_up_ = read_through_id_.empty();
  by_id_ = true;
  behind_id_ = read_through_id_;
  again_.clear();
}

bool CatalogWalk::TakeRows(const domain::PageAnswer& answer,
                           std::string* highest,
                           std::vector<const v1::RemoteProduct*>* fresh) {
  bool any = false;
  for (const v1::RemoteProduct& record : answer.records) {
    if (domain::IsAboveRemoteId(record.id(), *highest)) *highest = record.id();
    // A product that moved between pages is seen twice and counts once.
    const bool is_new = ids_.Insert(record.id());
    if (is_new) fresh->push_back(&record);
    any |= second_round_ ? seen_.Insert(record.id()) : is_new;
  }
  return any;
}

void CatalogWalk::TakeCounts(const domain::PageAnswer& answer) {
  if (answer.total.has_value()) {
    total_ = answer.total;
    shifted_ = shifted_ || *total_ < most_;
    most_ = std::max(most_, *total_);
  }
  if (answer.total_pages.has_value()) {
    told_pages_ = std::max(told_pages_.value_or(0), *answer.total_pages);
  }
  if (first_rows_ == 0) first_rows_ = answer.row_count;
}

void CatalogWalk::TakePage(uint32_t page, const domain::PageAnswer& answer,
                           const std::string& highest, bool brought_new) {
  failures_.erase(page);
  read_ahead_.emplace(page, highest);
  while (!read_ahead_.empty() &&
         read_ahead_.begin()->first == read_through_ + 1) {
    const std::string& id = read_ahead_.begin()->second;
    if (domain::IsAboveRemoteId(id, read_through_id_)) read_through_id_ = id;
    read_through_ = read_ahead_.begin()->first;
    read_ahead_.erase(read_ahead_.begin());
  }
  // Where a category is ignored, a page may hold none of it.
  const bool others_only = answer.filter_ignored && told_pages_.has_value();
  if (answer.row_count > 0 && (brought_new || others_only)) return;
  end_page_ = std::min(end_page_, page + 1);
  again_.erase(again_.lower_bound(end_page_), again_.end());
}

void CatalogWalk::TakeBehindId(const domain::PageAnswer& answer,
                               const std::string& highest) {
  id_failures_ = 0;
  const bool further = domain::IsAboveRemoteId(highest, behind_id_);
  if (further) behind_id_ = highest;
  ended_ = !further;
  given_up_ = given_up_ || answer.filter_ignored;
}

bool CatalogWalk::SawAll() const {
  return total_.has_value() && counted() >= most_;
}

void CatalogWalk::BeginSecondRound() {
  second_round_ = true;
  shifted_ = false;
  failures_.clear();
  next_page_ = 1;
  end_page_ = kMaxPages + 1;
  read_through_ = 0;
  read_through_id_.clear();
  read_ahead_.clear();
  by_id_ = false;
  id_failures_ = 0;
  ended_ = false;
  total_.reset();
  most_ = 0;
  told_pages_.reset();
  first_rows_ = 0;
}

CatalogWalk::Step CatalogWalk::Conclude() {
  if (IsInFlight()) return Step::kOn;
  if (given_up_) return Step::kIncomplete;
  // Where more were seen than there are, the count is not to be relied on.
  const bool exactly = SawAll() && counted() == most_;
  if (!exactly && WantsPage()) return Step::kOn;
  ended_ = true;
  if (SawAll() || !total_.has_value()) return Step::kComplete;
  if (!shifted_ || second_round_) return Step::kIncomplete;
  BeginSecondRound();
  return Step::kOn;
}

CatalogWalk::Step CatalogWalk::Take(
    const domain::ListQuery& query, const domain::PageAnswer& answer,
    std::vector<const v1::RemoteProduct*>* fresh) {
  fresh->clear();
  const bool behind_id = query.id_above.has_value();
  if (behind_id) {
    asked_by_id_ = false;
  } else {
    asked_.erase(query.page);
  }
  if (answer.report.effect != domain::Effect::kConfirmed) {
    TakeFailure(query, answer);
    return Conclude();
  }
  std::string highest;
  const bool brought_new = TakeRows(answer, &highest, fresh);
  if (behind_id) {
    // Behind an id the provider tells how many are left: not counted.
    TakeBehindId(answer, highest);
  } else {
    TakeCounts(answer);
    TakePage(query.page, answer, highest, brought_new);
  }
  return Conclude();
}

}  // namespace qantara::server
