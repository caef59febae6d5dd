// Every kind of event either has steps for a product or has none on purpose.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/explain/product_story.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

// What the event of a kind does to product 7, and that it does nothing to a
// product of which it does not speak.
struct Decision {
  std::string kind;
  std::string event;
  std::vector<std::string> steps;
};

const std::vector<Decision>& Decisions() {
  static const auto& decisions = *new std::vector<Decision>{
      {"import_opened", "connection: 'store' import_id: 'i'", {}},
      {"import_lines_accepted",
       "connection: 'store' import_id: 'i' first_line: 1 "
       "lines { state: ITEM_STATE_QUEUED product_id: 7 sku: 'A' } "
       "lines { state: ITEM_STATE_QUEUED product_id: 8 sku: 'C' }",
       {"line_received"}},
      {"import_ended", "connection: 'store' import_id: 'i'", {}},
      {"create_intended",
       "connection: 'store' items { product_id: 8 } items { product_id: 7 }",
       {"create_planned"}},
      {"create_answered",
       "connection: 'store' answer: ANSWER_CONFIRMED "
       "items { item { product_id: 7 } state: ITEM_STATE_CREATED "
       "remote { id: '42' } }",
       {"create_answered", "mapping_changed"}},
      {"items_settled",
       "connection: 'store' items { item { product_id: 7 } "
       "state: ITEM_STATE_QUEUED }",
       {"item_settled"}},
      {"product_update_recorded",
       "connection: 'store' product_id: 7 state: UPDATE_STATE_RECORDED",
       {"update_received"}},
      {"update_intended",
       "connection: 'store' product_id: 7",
       {"update_planned"}},
      {"update_answered",
       "connection: 'store' product_id: 7 state: UPDATE_STATE_APPLIED",
       {"update_answered"}},
      {"stock_observed",
       "connection: 'store' products { product_id: 7 remote_id: '42' }",
       {"stock_observed"}},
      {"catalog_swept", "connection: 'store' highest_remote_id: '42'", {}},
      {"parked_retried",
       "connection: 'store' product_id: 7 update: 3",
       {"parked_retried"}},
      {"parked_discarded",
       "connection: 'store' product_id: 7 update: 3",
       {"parked_discarded"}},
      {"connection_paused", "connection: 'store'", {}},
      {"connection_resumed", "connection: 'store'", {}},
      {"import_verified", "connection: 'store' import_id: 'i'", {}},
      {"locations_observed", "connection: 'store'", {}},
      {"products_drifted",
       "connection: 'store' products { product_id: 7 remote_id: '42' }",
       {"drift_observed"}},
      // What it tells was told by the events that it sums up.
      {"stock_snapshot_taken",
       "connection: 'store' rows { product_id: 7 remote_id: '42' }",
       {}},
      {"stock_history_cut", "connection: 'store'", {}},
      {"event_cut", "", {}},
      {"log_restored", "backup_position: 3", {}},
  };
  return decisions;
}

tables::v1::ProductRow Product(uint64_t id) {
  tables::v1::ProductRow row;
  row.set_product_id(id);
  return row;
}

// Names of the steps that the event has for the product.
std::vector<std::string> StepsOf(const Decision& decision,
                                 const std::string& connection, uint64_t id) {
  const auto record = FromText<events::v1::EventRecord>(
      absl::StrCat("position: 9 stream: 'stock/store' event { ", decision.kind,
                   " { ", decision.event, " } }"));
  ProductStory story(connection, Product(id));
  std::vector<v1::ProductStep> steps;
  EXPECT_TRUE(story.Tell(record, &steps).ok());
  std::vector<std::string> names;
  for (const v1::ProductStep& step : steps) {
    EXPECT_EQ(step.position(), 9);
    const auto* kind = step.GetDescriptor()->FindOneofByName("kind");
    const auto* field =
        step.GetReflection()->GetOneofFieldDescriptor(step, kind);
    names.push_back(field == nullptr ? "none" : field->name());
  }
  return names;
}

TEST(EventKindsTest, ThereIsADecisionForEveryKindOfEvent) {
  std::set<std::string> missing;
  const auto* kind = events::v1::Event::descriptor()->FindOneofByName("kind");
  for (int i = 0; i < kind->field_count(); ++i) {
    missing.insert(kind->field(i)->name());
  }
  for (const Decision& decision : Decisions()) missing.erase(decision.kind);
  EXPECT_THAT(missing, IsEmpty()) << "add a row for it";
}

TEST(EventKindsTest, EachKindTellsTheProductOfWhichItSpeaks) {
  for (const Decision& decision : Decisions()) {
    SCOPED_TRACE(decision.kind);
    EXPECT_THAT(StepsOf(decision, "store", 7),
                ElementsAreArray(decision.steps));
  }
}

TEST(EventKindsTest, NoKindTellsAnotherProductOrConnection) {
  for (const Decision& decision : Decisions()) {
    SCOPED_TRACE(decision.kind);
    EXPECT_THAT(StepsOf(decision, "store", 99), IsEmpty());
    EXPECT_THAT(StepsOf(decision, "other", 7), IsEmpty());
  }
}

TEST(EventKindsTest, AnEventWithoutKindEndsTheStory) {
  ProductStory story("store", Product(7));
  std::vector<v1::ProductStep> steps;
  EXPECT_EQ(story.Tell(FromText<events::v1::EventRecord>("position: 9"), &steps)
                .code(),
            absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace qantara::domain
