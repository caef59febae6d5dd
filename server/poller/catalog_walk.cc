#include "server/poller/catalog_walk.h"

namespace qantara::server {

domain::ListQuery CatalogWalk::Query() const {
  domain::ListQuery query;
  query.page = page_;
  query.per_page = kPageRows;
  return query;
}

CatalogWalk::Step CatalogWalk::Take(
    const domain::PageAnswer& answer,
    std::vector<const v1::RemoteProduct*>* fresh) {
  fresh->clear();
  if (answer.report.effect != domain::Effect::kConfirmed) {
    // The gate paces what follows; throttling is no failure of the page.
    const bool throttled = answer.report.reason == v1::ERROR_REASON_OVERLOADED;
    const bool given_up = !throttled && ++failures_ >= kMaxFailures;
    return given_up ? Step::kIncomplete : Step::kOn;
  }
  failures_ = 0;
  if (answer.total.has_value()) total_ = answer.total;
  for (const v1::RemoteProduct& record : answer.records) {
    // A product that moved between pages is seen twice and counts once.
    if (ids_.insert(record.id()).second) fresh->push_back(&record);
  }
  const bool seen_all = total_.has_value() && ids_.size() >= *total_;
  const bool last_told =
      answer.total_pages.has_value() && page_ >= *answer.total_pages;
  if (seen_all || answer.row_count == 0 || fresh->empty() || last_told ||
      page_ >= kMaxPages) {
    return seen_all || !total_.has_value() ? Step::kComplete
                                           : Step::kIncomplete;
  }
  ++page_;
  return Step::kOn;
}

}  // namespace qantara::server
