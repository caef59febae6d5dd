// How a product stands to its remote record, as its events tell.
#ifndef QANTARA_DOMAIN_EXPLAIN_MAPPING_STORY_H_
#define QANTARA_DOMAIN_EXPLAIN_MAPPING_STORY_H_

#include <optional>
#include <string>

#include "qantara/events/v1/event.pb.h"
#include "qantara/v1/explain.pb.h"

namespace qantara::domain {

// Follows one product. What it holds does not grow with the product's life. Not
// thread-safe.
class MappingStory {
 public:
  // A line was taken for the product; the first one gives it its SKU.
  void TakeLine(const std::string& sku);
  // Its line has this outcome.
  void TakeOutcome(const events::v1::ItemOutcome& outcome);
  // A request that updates it may leave, or its outcome is known.
  void TakeIntent(const events::v1::UpdateIntended& intended);
  void TakeAnswer(const events::v1::UpdateAnswered& answered);
  // Somebody says that it is no duplicate.
  void TakeRetry();

  // What changed since it was last asked; nothing where nothing did.
  std::optional<v1::MappingChange> TakeChange();

  // Whether an answer to the request under way was unknown.
  bool is_unknown() const { return unknown_; }

 private:
  void Map(const std::string& remote_id);

  bool changed_ = false;
  v1::MappingChange now_;
  // Whether it ever had a record.
  bool had_record_ = false;
  // SKU that the request under way brings; empty: none.
  std::string sent_sku_;
  bool unknown_ = false;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_EXPLAIN_MAPPING_STORY_H_
