// One sweep of the remote catalog while it is under way.
#ifndef QANTARA_SERVER_POLLER_CATALOG_SWEEP_H_
#define QANTARA_SERVER_POLLER_CATALOG_SWEEP_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"
#include "domain/ports/product_gateway.h"
#include "domain/ports/tables.h"
#include "server/delivery/remote_index.h"
#include "server/poller/catalog_walk.h"
#include "server/poller/gated_reads.h"
#include "server/poller/record_sample.h"
#include "server/poller/stock_recorder.h"

namespace qantara::server {

// Takes the pages to the log, the index and the sample, one after the other; of
// a page that was taken nothing stays but its ids. Lives on its actor's thread.
class CatalogSweep {
 public:
  // Locations whose names count as told by products.
  static constexpr size_t kMostNamed = 10'000;

  struct Parts {
    std::string connection;
    const domain::TableStore& tables;
    GatedReads& reads;
    StockRecorder& recorder;
    RemoteIndex& index;
  };
  struct Begin {
    int64_t boot_millis = 0;
    absl::Time time;
    domain::Position position = 0;
  };

  CatalogSweep(const Parts& parts, const Begin& begin, RecordSample sample);

  // Sends for every page that is wanted and granted; returns when to be called
  // again.
  int64_t Step(domain::Lane lane);

  // Whether it has ended, and how. It may be destroyed then: no answer is
  // waited for.
  CatalogWalk::Step step() const { return step_; }

  const Begin& begin() const { return begin_; }
  const CatalogWalk& walk() const { return walk_; }
  // Whether everything that was read is in the log.
  bool recorded() const { return recorded_; }
  RecordSample& sample() { return sample_; }
  std::vector<std::string> named_locations() const {
    return {named_.begin(), named_.end()};
  }

 private:
  void OnPage(const domain::ListQuery& query, const Asked& asked,
              const domain::PageAnswer& answer);
  void TakeRecords(const Asked& asked,
                   const std::vector<const v1::RemoteProduct*>& records);

  const Parts parts_;
  const Begin begin_;
  CatalogWalk walk_;
  CatalogWalk::Step step_ = CatalogWalk::Step::kOn;
  RecordSample sample_;
  absl::flat_hash_set<std::string> named_;
  bool recorded_ = true;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_CATALOG_SWEEP_H_
