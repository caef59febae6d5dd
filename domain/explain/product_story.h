// The life of one product, told from the events of the log.
#ifndef QANTARA_DOMAIN_EXPLAIN_PRODUCT_STORY_H_
#define QANTARA_DOMAIN_EXPLAIN_PRODUCT_STORY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "domain/explain/mapping_story.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/explain.pb.h"

namespace qantara::domain {

// Is shown every event of the log in order, and says what each did to one
// product. A value: no clock, no log. Not thread-safe.
//
// An event concerns the product by its id, by its remote ids where an observed
// record was nobody's, by its SKUs and its external id where a line was turned
// away before it got a product, and by such lines themselves.
class ProductStory {
 public:
  // Lines turned away with one of its keys that are followed at most.
  static constexpr size_t kMaxLines = 65'536;

  // `row` is the product as it is at the end of what is told.
  ProductStory(std::string connection, const tables::v1::ProductRow& row);

  // Adds the steps of the next event to `steps`; none where the product had no
  // part in it.
  //
  // Errors: kResourceExhausted (OVERLOADED) beyond kMaxLines; kDataLoss
  // (LOG_DAMAGED) for an event without kind. The story ends there.
  absl::Status Tell(const events::v1::EventRecord& record,
                    std::vector<v1::ProductStep>* steps);

 private:
  // One event being told.
  struct Telling {
    const events::v1::EventRecord& record;
    std::vector<v1::ProductStep>* steps;
  };

  v1::ProductStep& Add(const Telling& telling) const;
  void AddMapping(const Telling& telling);
  bool IsOurs(const std::string& connection, uint64_t product_id) const {
    return connection == connection_ && product_id == product_id_;
  }
  bool CarriesKey(const events::v1::AcceptedLine& line) const;
  bool IsFollowed(const events::v1::ItemRef& item) const;
  bool OwnsRecord(uint64_t owner, const std::string& remote_id) const;
  // Adds steps for the product's items among `outcomes`; `fill` makes the step
  // of the item at an index.
  template <typename Outcomes, typename Fill>
  void TellOutcomes(const Telling& telling, const Outcomes& outcomes,
                    const Fill& fill);

  absl::Status TellLines(const Telling& telling);
  void TellCreateIntended(const Telling& telling);
  void TellCreateAnswered(const Telling& telling);
  void TellItemsSettled(const Telling& telling);
  void TellUpdateRecorded(const Telling& telling);
  void TellUpdateIntended(const Telling& telling);
  void TellUpdateAnswered(const Telling& telling);
  void TellRetried(const Telling& telling);
  void TellDiscarded(const Telling& telling);
  void TellObserved(const Telling& telling);
  void TellDrift(const Telling& telling);
  void TellStock(const Telling& telling);
  void TellSnapshot(const Telling& telling);

  const std::string connection_;
  const std::string stock_stream_;
  const uint64_t product_id_;
  const std::string external_id_;
  absl::flat_hash_set<std::string> skus_;
  absl::flat_hash_set<std::string> remote_ids_;
  MappingStory mapping_;
  // Lines that carry one of its keys and have no product, by import and line.
  absl::flat_hash_set<std::pair<std::string, uint32_t>> turned_away_;
  // Stock events were cut since stock was last told.
  bool stock_cut_ = false;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_EXPLAIN_PRODUCT_STORY_H_
