#include "domain/delivery/settle_outcome.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/delivery/chunk_size.h"
#include "domain/error.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

constexpr uint64_t kIntent = 30;

struct Case {
  std::string name;
  // Text of qantara.tables.v1.IntentRow.
  std::string intent;
  std::vector<std::string> skus;
  // Texts of qantara.v1.RemoteProduct.
  std::vector<std::string> records;
  bool is_last;
  // `SKU STATE [REASON] [id] [group]` of each item that is settled.
  std::vector<std::string> then;
};

std::string Summary(const OutboundItem& item,
                    const events::v1::ItemOutcome& outcome) {
  std::string text =
      item.product.sku() + " " +
      v1::ItemState_Name(outcome.state()).substr(sizeof("ITEM_STATE_") - 1);
  if (outcome.reason() != v1::ERROR_REASON_UNSPECIFIED) {
    text += " " + ReasonName(outcome.reason());
  }
  if (outcome.has_remote()) text += " " + outcome.remote().id();
  for (const std::string& id : outcome.duplicate_remote_ids()) text += " " + id;
  if (outcome.suspect_group() != 0) {
    text += " group " + std::to_string(outcome.suspect_group());
  }
  return text;
}

class SettleOutcomeTest : public ::testing::TestWithParam<Case> {};

TEST_P(SettleOutcomeTest, Resolves) {
  const Case& c = GetParam();
  std::vector<OutboundItem> items;
  for (const std::string& sku : c.skus) {
    OutboundItem& item = items.emplace_back();
    item.ref.set_line(static_cast<uint32_t>(items.size()));
    item.product.set_sku(sku);
  }
  Reading reading;
  reading.is_last = c.is_last;
  for (const std::string& record : c.records) {
    reading.records.push_back(FromText<v1::RemoteProduct>(record));
  }
  std::vector<std::string> settled;
  for (const auto& outcome :
       ResolveReading(kIntent, FromText<tables::v1::IntentRow>(c.intent), items,
                      reading)) {
    settled.push_back(Summary(items[outcome.item().line() - 1], outcome));
  }
  EXPECT_EQ(settled, c.then);
}

const char kUnknown[] = R"pb(create {
                               watermark: "41"
                               items {}
                               items {}
                             }
                             answer: ANSWER_UNKNOWN)pb";
const char kRefused[] = R"pb(create {
                               watermark: "41"
                               items {}
                               items {}
                             }
                             answer: ANSWER_REFUSED
                             problems { field: "name" message: "no" })pb";
const char kRefusedAlone[] = R"pb(create {
                                    watermark: "41"
                                    items {}
                                  }
                                  answer: ANSWER_REFUSED
                                  problems { field: "name" message: "no" })pb";

const Case kCases[] = {
    {"FoundAboveTheWatermarkItWasCreated",
     kUnknown,
     {"A"},
     {"id: '42' sku: 'A'"},
     false,
     {"A CREATED 42"}},
    {"IdsAreComparedAsNumbers",
     kUnknown,
     {"A"},
     {"id: '100' sku: 'A'"},
     false,
     {"A CREATED 100"}},
    {"FoundAtTheWatermarkItWasThereBefore",
     kUnknown,
     {"A"},
     {"id: '41' sku: 'A'"},
     false,
     {"A LINKED 41"}},
    {"FoundBelowTheWatermarkItWasThereBefore",
     kUnknown,
     {"A"},
     {"id: '9' sku: 'A'"},
     false,
     {"A LINKED 9"}},
    {"WithoutWatermarkEverythingIsNew",
     "create { items {} } answer: ANSWER_UNKNOWN",
     {"A"},
     {"id: '1' sku: 'A'"},
     false,
     {"A CREATED 1"}},
    {"FoundTwiceItIsADuplicate",
     kUnknown,
     {"A"},
     {"id: '42' sku: 'A'", "id: '43' sku: 'A'"},
     false,
     {"A PARKED SKU_DUPLICATE 42 43"}},
    {"ARowReadTwiceIsOneRecord",
     kUnknown,
     {"A"},
     {"id: '42' sku: 'A'", "id: '42' sku: 'A'"},
     false,
     {"A CREATED 42"}},
    {"AbsentInTheFirstReadingProvesNothing", kUnknown, {"A"}, {}, false, {}},
    {"AbsentInTheLastReadingItIsSentAgain",
     kUnknown,
     {"A"},
     {},
     true,
     {"A QUEUED"}},
    {"OneIsFoundAndTheOtherWaitsForTheLastReading",
     kUnknown,
     {"A", "B"},
     {"id: '43' sku: 'B'"},
     false,
     {"B CREATED 43"}},
    {"EqualOnlyInAnotherCaseProvesNothingAtFirst",
     kUnknown,
     {"abc"},
     {"id: '42' sku: 'ABC'"},
     false,
     {}},
    {"EqualOnlyInAnotherCaseIsNeverAbsent",
     kUnknown,
     {"abc"},
     {"id: '42' sku: 'ABC'"},
     true,
     {"abc PARKED SKU_ALTERED 42"}},
    {"EqualOnlyAfterTrimmingIsNeverAbsent",
     kUnknown,
     {"A"},
     {"id: '42' sku: ' A '"},
     true,
     {"A PARKED SKU_ALTERED 42"}},
    {"AnExactOneGoesBeforeASimilarOne",
     kUnknown,
     {"A"},
     {"id: '42' sku: 'a'", "id: '43' sku: 'A'"},
     true,
     {"A CREATED 43"}},
    {"RefusedAndAbsentItIsASuspect",
     kRefused,
     {"A", "B"},
     {},
     true,
     {"A QUEUED group 30", "B QUEUED group 30"}},
    {"RefusedButFoundItIsAcquitted",
     kRefused,
     {"A", "B"},
     {"id: '42' sku: 'A'"},
     true,
     {"A CREATED 42", "B QUEUED group 30"}},
    {"RefusedAloneAndAbsentItIsTheGuiltyOne",
     kRefusedAlone,
     {"A"},
     {},
     true,
     {"A REJECTED PROVIDER_REJECTED"}},
    {"RefusedAloneButFoundItWasThereBefore",
     kRefusedAlone,
     {"A"},
     {"id: '9' sku: 'A'"},
     true,
     {"A LINKED 9"}},
    {"RefusedAloneItMadeNothingWhateverIsNewer",
     kRefusedAlone,
     {"A"},
     {"id: '99' sku: 'A'"},
     true,
     {"A LINKED 99"}},
};
INSTANTIATE_TEST_SUITE_P(Readings, SettleOutcomeTest,
                         ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

OutboundItem ItemA() {
  OutboundItem item;
  item.ref.set_line(1);
  item.product.set_sku("A");
  item.product.set_selling_price("5");
  return item;
}

events::v1::ItemOutcome SettledBy(const OutboundItem& item, const char* intent,
                                  std::vector<v1::RemoteProduct> records) {
  const auto outcomes =
      ResolveReading(kIntent, FromText<tables::v1::IntentRow>(intent), {item},
                     {std::move(records), true});
  return outcomes.empty() ? events::v1::ItemOutcome() : outcomes.front();
}

TEST(SettleOutcomePolicyTest, WhatWasThereBeforeGoesByThePolicy) {
  OutboundItem item = ItemA();
  const auto old =
      FromText<v1::RemoteProduct>("id: '9' sku: 'A' selling_price: '4'");
  item.policy = v1::EXISTING_POLICY_PARK;
  EXPECT_EQ(SettledBy(item, kUnknown, {old}).reason(),
            v1::ERROR_REASON_EXISTS_REMOTELY);
  item.policy = v1::EXISTING_POLICY_FAIL;
  EXPECT_EQ(SettledBy(item, kUnknown, {old}).state(), v1::ITEM_STATE_REJECTED);
  item.policy = v1::EXISTING_POLICY_UPDATE;
  const auto update = SettledBy(item, kUnknown, {old});
  EXPECT_EQ(update.state(), v1::ITEM_STATE_QUEUED);
  EXPECT_EQ(update.desired().selling_price(), "4") << "what is still to send";
}

TEST(SettleOutcomePolicyTest, ALinkedRecordIsToHoldWhatItHolds) {
  const auto linked = SettledBy(
      ItemA(), kUnknown,
      {FromText<v1::RemoteProduct>("id: '9' sku: 'A' selling_price: '4'")});
  EXPECT_EQ(linked.state(), v1::ITEM_STATE_LINKED);
  EXPECT_EQ(linked.desired().selling_price(), "4");
}

TEST(SettleOutcomePolicyTest, WhatTheProviderAlwaysFailsOnIsParked) {
  OutboundItem item = ItemA();
  item.failures = kMaxFailures - 2;
  EXPECT_EQ(SettledBy(item, kUnknown, {}).state(), v1::ITEM_STATE_QUEUED);
  item.failures = kMaxFailures - 1;
  EXPECT_EQ(SettledBy(item, kUnknown, {}).reason(),
            v1::ERROR_REASON_PROVIDER_FAILS);
  EXPECT_EQ(SettledBy(item, kRefused, {}).state(), v1::ITEM_STATE_QUEUED)
      << "a refusal is an answer";
  const char kInterrupted[] =
      "create { items {} items {} } answer: ANSWER_INTERRUPTED";
  EXPECT_EQ(SettledBy(item, kInterrupted, {}).state(), v1::ITEM_STATE_QUEUED)
      << "we stopped, not the provider";
}

}  // namespace
}  // namespace qantara::domain
