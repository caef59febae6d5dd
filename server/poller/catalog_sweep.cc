#include "server/poller/catalog_sweep.h"

#include <memory>
#include <utility>

#include "domain/find_product.h"
#include "domain/ports/failpoints.h"

namespace qantara::server {

CatalogSweep::CatalogSweep(const Parts& parts, const Begin& begin,
                           RecordSample sample)
    : parts_(parts), begin_(begin), sample_(std::move(sample)) {}

int64_t CatalogSweep::Step(domain::Lane lane) {
  while (walk_.WantsPage()) {
    const auto query = std::make_shared<domain::ListQuery>();
    const auto ask = [&] {
      *query = walk_.Ask();
      return *query;
    };
    const auto grant = parts_.reads.List(
        {lane, "list"}, ask,
        [this, query](const Asked& asked, const domain::PageAnswer& answer) {
          OnPage(*query, asked, answer);
        });
    if (!grant.granted) return grant.retry_at;
  }
  return Actor::kNever;
}

void CatalogSweep::TakeRecords(
    const Asked& asked, const std::vector<const v1::RemoteProduct*>& records) {
  for (const v1::RemoteProduct* record : records) {
    parts_.index.AddSwept(
        *record, !domain::IsMappedRemoteId(parts_.tables, parts_.connection,
                                           record->id()));
    sample_.See(*record);
    for (const v1::LocationStock& stock : record->stock()) {
      if (named_.size() < kMostNamed) named_.insert(stock.location_id());
    }
  }
  // Figures that cannot be recorded now are read again by the next sweep.
  recorded_ &= parts_.recorder.Record(asked, records).ok();
}

void CatalogSweep::OnPage(const domain::ListQuery& query, const Asked& asked,
                          const domain::PageAnswer& answer) {
  domain::Reach(domain::Failpoint::kSweepPage);
  std::vector<const v1::RemoteProduct*> fresh;
  step_ = walk_.Take(query, answer, &fresh);
  if (walk_.total().has_value()) parts_.index.set_total(*walk_.total());
  if (!fresh.empty()) TakeRecords(asked, fresh);
}

}  // namespace qantara::server
