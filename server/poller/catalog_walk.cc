#include "server/poller/catalog_walk.h"

#include "domain/remote_id.h"

namespace qantara::server {

domain::ListQuery CatalogWalk::Query() const {
  domain::ListQuery query;
  query.per_page = kPageRows;
  if (by_id_) {
    query.id_above = highest_id_;
  } else {
    query.page = page_;
  }
  return query;
}

CatalogWalk::Step CatalogWalk::TakeFailure(const domain::PageAnswer& answer) {
  // The gate paces what follows; throttling is no failure of the page.
  const bool throttled = answer.report.reason == v1::ERROR_REASON_OVERLOADED;
  if (throttled || ++failures_ < kMaxFailures) return Step::kOn;
  if (by_id_ || highest_id_.empty()) return Step::kIncomplete;
  by_id_ = true;
  failures_ = 0;
  return Step::kOn;
}

CatalogWalk::Step CatalogWalk::Take(
    const domain::PageAnswer& answer,
    std::vector<const v1::RemoteProduct*>* fresh) {
  fresh->clear();
  if (answer.report.effect != domain::Effect::kConfirmed) {
    return TakeFailure(answer);
  }
  failures_ = 0;
  // Behind an id the provider tells how many are left.
  if (answer.total.has_value() && !by_id_) total_ = answer.total;
  for (const v1::RemoteProduct& record : answer.records) {
    // A product that moved between pages is seen twice and counts once.
    if (!ids_.insert(record.id()).second) continue;
    fresh->push_back(&record);
    if (domain::IsAboveRemoteId(record.id(), highest_id_)) {
      highest_id_ = record.id();
    }
  }
  const bool seen_all = total_.has_value() && ids_.size() >= *total_;
  const bool last_told =
      !by_id_ && answer.total_pages.has_value() && page_ >= *answer.total_pages;
  if (seen_all || answer.row_count == 0 || fresh->empty() || last_told ||
      page_ >= kMaxPages) {
    return seen_all || !total_.has_value() ? Step::kComplete
                                           : Step::kIncomplete;
  }
  ++page_;
  return Step::kOn;
}

}  // namespace qantara::server
