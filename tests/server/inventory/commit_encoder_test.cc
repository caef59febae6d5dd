#include "server/inventory/commit_encoder.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "qantara/v1/inventory_watch.pb.h"
#include "server/core/resume_token.h"
#include "server/inventory/stock_news.h"

namespace qantara::server {
namespace {

using events::v1::EventRecord;
using events::v1::ProductStock;
using events::v1::StockChange;

// Random events with every combination of fields.
class Events {
 public:
  explicit Events(uint64_t seed) : random_(seed) {}

  EventRecord Next(int products) {
    EventRecord record;
    record.set_position(1 + random_() % 1'000'000);
    auto& observed = *record.mutable_event()->mutable_stock_observed();
    observed.mutable_observe_time()->set_seconds(1 + random_() % 1'000'000);
    if (Often()) observed.mutable_observe_time()->set_nanos(random_() % 1000);
    for (int i = 0; i < products; ++i) Fill(observed.add_products());
    return record;
  }

 private:
  bool Often() { return random_() % 2 == 0; }
  std::string Text() {
    return Often() ? absl::StrCat(random_() % 10'000)
                   : std::string(random_() % 200, 'x');
  }

  void Fill(ProductStock* product) {
    product->set_remote_id(Text());
    product->set_sku(Text());
    product->set_category_id(Text());
    product->set_state(static_cast<v1::StockState>(1 + random_() % 5));
    if (Often()) product->set_external_id(Text());
    if (Often()) product->set_product_id(random_());
    for (uint64_t i = random_() % 4; i > 0; --i) Fill(product->add_changes());
    if (Often()) return;
    product->mutable_before()->set_sku(Text());
    if (Often()) product->mutable_before()->set_product_id(random_() % 10);
    for (uint64_t i = random_() % 3; i > 0; --i) {
      StockChange& held = *product->add_held();
      held.set_location_id(Text());
      held.set_quantity("3");
      held.set_previous_quantity("3");
    }
  }

  void Fill(StockChange* change) {
    change->set_location_id(Text());
    if (Often()) change->set_location_name_en(Text());
    if (Often()) change->set_location_name_ar("مستودع");
    if (Often()) change->set_previous_quantity("-7.25");
    if (Often()) {
      change->set_quantity("8");
    } else {
      change->set_removed_reason(
          static_cast<v1::StockRemovedReason>(random_() % 4));
    }
  }

  std::mt19937_64 random_;
};

// The changes of all messages of an event; checks how they are cut.
v1::InventoryChanges Decoded(const EventRecord& record) {
  v1::InventoryChanges all;
  const auto messages = EncodeCommit(record, "store");
  for (size_t i = 0; i < messages.size(); ++i) {
    v1::WatchInventoryResponse response;
    EXPECT_TRUE(response.ParseFromString(*messages[i]));
    EXPECT_TRUE(response.GetReflection()->GetUnknownFields(response).empty());
    const bool last = i + 1 == messages.size();
    EXPECT_EQ(response.changes().position(), record.position());
    EXPECT_EQ(response.changes().more(), !last);
    EXPECT_EQ(response.resume_token(),
              last ? MakeResumeToken("store", record.position()) : "");
    EXPECT_GE(response.changes().changes_size(), 1);
    EXPECT_LE(response.changes().changes_size(), kMaxChanges);
    all.mutable_changes()->MergeFrom(response.changes().changes());
  }
  return all;
}

TEST(CommitEncoderTest, SaysWhatANewsOfEverythingSays) {
  Events events(42);
  for (int round = 0; round < 500; ++round) {
    const EventRecord record = events.Next(round % 7);
    v1::InventoryChanges expected;
    AddNews(record.event(), StockFilter(), expected.mutable_changes());
    const v1::InventoryChanges found = Decoded(record);
    ASSERT_TRUE(
        google::protobuf::util::MessageDifferencer::Equals(found, expected))
        << record.DebugString() << "\n"
        << found.DebugString() << "\n"
        << expected.DebugString();
  }
}

TEST(CommitEncoderTest, ABigEventIsCut) {
  Events events(7);
  for (const int products : {400, 1000, 3000}) {
    const EventRecord record = events.Next(products);
    v1::InventoryChanges expected;
    AddNews(record.event(), StockFilter(), expected.mutable_changes());
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
        Decoded(record), expected));
  }
}

TEST(CommitEncoderTest, WhatTellsNothingHasNoMessage) {
  EventRecord record;
  EXPECT_TRUE(EncodeCommit(record, "store").empty());
  record.mutable_event()->mutable_stock_history_cut();
  EXPECT_TRUE(EncodeCommit(record, "store").empty());
}

TEST(CommitEncoderTest, LocationsAreTold) {
  EventRecord record;
  record.set_position(9);
  auto& location =
      *record.mutable_event()->mutable_locations_observed()->add_locations();
  location.set_location_id("3");
  location.set_name_en("Main");
  location.set_previous_name_en("First");
  const v1::InventoryChanges found = Decoded(record);
  ASSERT_EQ(found.changes_size(), 1);
  EXPECT_EQ(found.changes(0).location().previous_name_en(), "First");
}

}  // namespace
}  // namespace qantara::server
