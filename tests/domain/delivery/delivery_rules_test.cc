// The short rules of delivery: what exists, whose turn it is, what an item
// sends, how long an unknown outcome is waited for.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/delivery/existing_outcome.h"
#include "domain/delivery/fields_to_send.h"
#include "domain/delivery/turn.h"
#include "domain/delivery/wait_out.h"
#include "domain/product_fields.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using tables::v1::ItemRow;
using tables::v1::ProductRow;

events::v1::ItemOutcome Existing(v1::ExistingPolicy policy, int records) {
  OutboundItem item;
  item.product = FromText<v1::Product>("sku: 'A' selling_price: '5'");
  std::vector<v1::RemoteProduct> found;
  for (int i = 0; i < records; ++i) {
    found.push_back(FromText<v1::RemoteProduct>("sku: 'A' selling_price: '4'"));
    found.back().set_id(std::to_string(7 + i));
  }
  return ResolveExisting(item, policy, found);
}

TEST(ExistingOutcomeTest, FollowsThePolicy) {
  const struct {
    v1::ExistingPolicy policy;
    v1::ItemState state;
    bool mapped;
  } kCases[] = {
      {v1::EXISTING_POLICY_UNSPECIFIED, v1::ITEM_STATE_LINKED, true},
      {v1::EXISTING_POLICY_LINK, v1::ITEM_STATE_LINKED, true},
      {v1::EXISTING_POLICY_UPDATE, v1::ITEM_STATE_QUEUED, true},
      {v1::EXISTING_POLICY_PARK, v1::ITEM_STATE_PARKED, false},
      {v1::EXISTING_POLICY_FAIL, v1::ITEM_STATE_REJECTED, false},
  };
  for (const auto& c : kCases) {
    const auto outcome = Existing(c.policy, 1);
    SCOPED_TRACE(v1::ExistingPolicy_Name(c.policy));
    EXPECT_EQ(outcome.state(), c.state);
    EXPECT_EQ(outcome.has_remote(), c.mapped);
    EXPECT_EQ(outcome.reason(), c.mapped ? v1::ERROR_REASON_UNSPECIFIED
                                         : v1::ERROR_REASON_EXISTS_REMOTELY);
  }
}

TEST(ExistingOutcomeTest, BothBeginWithWhatTheProviderHolds) {
  for (const auto policy :
       {v1::EXISTING_POLICY_UPDATE, v1::EXISTING_POLICY_LINK}) {
    EXPECT_EQ(Existing(policy, 1).desired().selling_price(), "4")
        << "what the line says was not sent";
  }
}

TEST(ExistingOutcomeTest, SeveralRecordsParkWhateverThePolicy) {
  for (int policy = 0; policy <= v1::ExistingPolicy_MAX; ++policy) {
    const auto outcome = Existing(static_cast<v1::ExistingPolicy>(policy), 2);
    EXPECT_EQ(outcome.state(), v1::ITEM_STATE_PARKED);
    EXPECT_EQ(outcome.reason(), v1::ERROR_REASON_SKU_DUPLICATE);
    EXPECT_EQ(outcome.duplicate_remote_ids_size(), 2);
    EXPECT_FALSE(outcome.has_remote());
  }
}

struct TurnCase {
  std::string name;
  std::string item;
  std::string product;
  bool has_turn;
};

TEST(TurnTest, OldestItemOfAFreeProductGoesFirst) {
  const TurnCase kCases[] = {
      {"the oldest", "state: ITEM_STATE_QUEUED accepted_position: 5",
       "item_turns: [ 5, 9 ]", true},
      {"a newer one", "state: ITEM_STATE_QUEUED accepted_position: 9",
       "item_turns: [ 5, 9 ]", false},
      {"behind an open request",
       "state: ITEM_STATE_QUEUED accepted_position: 5",
       "item_turns: 5 intent: 3", false},
      {"blocked, behind others",
       "state: ITEM_STATE_BLOCKED accepted_position: 9", "item_turns: 5", true},
      {"blocked, behind an open request",
       "state: ITEM_STATE_BLOCKED accepted_position: 9",
       "item_turns: 5 intent: 3", false},
      {"a suspect",
       "state: ITEM_STATE_QUEUED accepted_position: 5 suspect_group: 2",
       "item_turns: 5 state: MAPPING_STATE_PENDING", false},
      {"a suspect of a stale product",
       "state: ITEM_STATE_QUEUED accepted_position: 5 suspect_group: 2",
       "item_turns: 5 state: MAPPING_STATE_STALE", false},
      {"a suspect whose product exists meanwhile",
       "state: ITEM_STATE_QUEUED accepted_position: 5 suspect_group: 2",
       "item_turns: 5 state: MAPPING_STATE_MAPPED", true},
  };
  for (const TurnCase& c : kCases) {
    EXPECT_EQ(
        HasTurn(FromText<ItemRow>(c.item), FromText<ProductRow>(c.product)),
        c.has_turn)
        << c.name;
  }
}

std::vector<std::string> Sent(const std::string& line, const std::string& item,
                              const std::string& product) {
  return PresentFields(FieldsToSend(FromText<v1::Product>(line),
                                    FromText<ItemRow>(item),
                                    FromText<ProductRow>(product)));
}

using Paths = std::vector<std::string>;

TEST(FieldsToSendTest, OnlyWhatIsNotHeld) {
  EXPECT_EQ(Sent("sku: 'A' name_en: 'x' selling_price: '5.0'", "",
                 "sku: 'A' desired { sku: 'A' name_en: 'y' "
                 "selling_price: '5' }"),
            Paths({"name_en"}));
}

TEST(FieldsToSendTest, WhatSomebodyChangedThereToo) {
  const std::string line =
      "sku: 'A' name_en: 'x' selling_price: '5.0' qoyod { unit_type_id: '7' }";
  const std::string product =
      "sku: 'A' desired { sku: 'A' name_en: 'x' selling_price: '5' "
      "qoyod { unit_type_id: '7' } } ";
  EXPECT_EQ(Sent(line, "", product), Paths());
  EXPECT_EQ(Sent(line, "",
                 product + "drift { field: 'selling_price' ours: '5' "
                           "acknowledged: '5' theirs: '6' }"),
            Paths({"selling_price"}));
  EXPECT_EQ(Sent(line, "",
                 product + "drift { field: 'qoyod.unit_type_id' ours: '7' "
                           "acknowledged: '7' theirs: '8' }"),
            Paths({"qoyod.unit_type_id"}));
  // They changed it to what was asked for.
  EXPECT_EQ(Sent(line, "",
                 product + "drift { field: 'selling_price' ours: '5' "
                           "acknowledged: '6' theirs: '5' }"),
            Paths());
}

TEST(FieldsToSendTest, NeverTheTypeNorAFormerSku) {
  EXPECT_EQ(Sent("sku: 'A' type: PRODUCT_TYPE_SERVICE", "",
                 "sku: 'B' desired { sku: 'B' }"),
            Paths());
}

TEST(FieldsToSendTest, NotWhatAnUpdateSetLater) {
  const std::string product =
      "sku: 'A' desired { sku: 'A' selling_price: '9' } "
      "field_stamps { field: 'selling_price' position: 8 }";
  const std::string line = "sku: 'A' selling_price: '5'";
  EXPECT_EQ(Sent(line, "accepted_position: 7", product), Paths());
  EXPECT_EQ(Sent(line, "accepted_position: 9", product),
            Paths({"selling_price"}));
}

TEST(FieldsToSendTest, NothingOfAnItemThatWasOvertaken) {
  const std::string line = "sku: 'A' selling_price: '5'";
  EXPECT_EQ(Sent(line, "accepted_position: 7", "content_position: 8"), Paths());
  EXPECT_EQ(Sent(line, "accepted_position: 8", "content_position: 8"),
            Paths({"selling_price"}));
}

TEST(WaitOutTest, EndsWhenNothingCanLandAnyMore) {
  const auto window = FromText<events::v1::SendWindow>(R"pb(
    boot_id: "b1"
    send_by_boot_millis: 10000
    request_timeout { seconds: 30 }
    max_processing { seconds: 60 nanos: 500000000 }
  )pb");
  EXPECT_EQ(WaitOutEnd(window, "b1", 99'000), 10'000 + 90'500);
  EXPECT_EQ(WaitOutEnd(window, "b2", 99'000), 99'000 + 90'500)
      << "another boot begins the wait again";
}

}  // namespace
}  // namespace qantara::domain
