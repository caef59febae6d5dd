#include "domain/delivery/create_outcome.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/delivery/chunk_size.h"
#include "domain/error.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

struct Case {
  std::string name;
  // SKUs of the items; empty: an item without one.
  std::vector<std::string> skus;
  Effect effect;
  // Texts of qantara.v1.RemoteProduct.
  std::vector<std::string> records;
  // Fields that the provider's messages speak of.
  std::vector<std::string> problem_fields;
  // For each item its state, with reason and ids where it has some.
  std::vector<std::string> then;
  // Items per request from now on; 0: as before.
  uint32_t chunk_size = 0;
};

std::vector<OutboundItem> ItemsOf(const std::vector<std::string>& skus) {
  std::vector<OutboundItem> items;
  for (const std::string& sku : skus) {
    OutboundItem& item = items.emplace_back();
    item.ref.set_import_id("spring");
    item.ref.set_line(static_cast<uint32_t>(items.size()));
    item.suspect_group = 9;
    item.product.set_name_en("x");
    if (!sku.empty()) item.product.set_sku(sku);
  }
  return items;
}

// Such as `CREATED 7`, `PARKED SKU_DUPLICATE 7,8` or `QUEUED`.
std::string Summary(const events::v1::ItemOutcome& outcome) {
  std::string text =
      v1::ItemState_Name(outcome.state()).substr(sizeof("ITEM_STATE_") - 1);
  if (outcome.reason() != v1::ERROR_REASON_UNSPECIFIED) {
    text += " " + ReasonName(outcome.reason());
  }
  if (outcome.has_remote()) text += " " + outcome.remote().id();
  for (int i = 0; i < outcome.duplicate_remote_ids_size(); ++i) {
    text += (i == 0 ? " " : ",") + outcome.duplicate_remote_ids(i);
  }
  return text;
}

class CreateOutcomeTest : public ::testing::TestWithParam<Case> {};

TEST_P(CreateOutcomeTest, Resolves) {
  const Case& c = GetParam();
  const std::vector<OutboundItem> items = ItemsOf(c.skus);
  CreateAnswer answer;
  answer.report.effect = c.effect;
  for (const std::string& record : c.records) {
    answer.records.push_back(FromText<v1::RemoteProduct>(record));
  }
  for (const std::string& field : c.problem_fields) {
    answer.report.problems.emplace_back().set_field(field);
  }
  const events::v1::CreateAnswered out = ResolveCreate(items, answer, {4, 0});
  std::vector<std::string> outcomes;
  for (int i = 0; i < out.items_size(); ++i) {
    outcomes.push_back(Summary(out.items(i)));
    EXPECT_EQ(out.items(i).item().line(), i + 1u) << "in their order";
  }
  EXPECT_EQ(outcomes, c.then);
  EXPECT_EQ(out.chunk_size(), c.chunk_size);
  EXPECT_EQ(out.problems_size(), static_cast<int>(c.problem_fields.size()));
}

const Case kCases[] = {
    {"RecordsAreMatchedBySkuNotByPosition",
     {"A", "B"},
     Effect::kConfirmed,
     {"id: '8' sku: 'B'", "id: '7' sku: 'A'"},
     {},
     {"CREATED 7", "CREATED 8"}},
    {"AFullCleanChunkLetsItGrow",
     {"A", "B", "C", "D"},
     Effect::kConfirmed,
     {"id: '1' sku: 'A'", "id: '2' sku: 'B'", "id: '3' sku: 'C'",
      "id: '4' sku: 'D'"},
     {},
     {"CREATED 1", "CREATED 2", "CREATED 3", "CREATED 4"},
     6},
    {"AMissingItemIsUnknownAndHalvesTheChunk",
     {"A", "B"},
     Effect::kConfirmed,
     {"id: '7' sku: 'A'"},
     {},
     {"CREATED 7", "UNKNOWN"},
     2},
    {"AnEmptyAnswerLeavesAllUnknown",
     {"A", "B"},
     Effect::kConfirmed,
     {},
     {},
     {"UNKNOWN", "UNKNOWN"},
     2},
    {"ASkuTwiceIsADuplicate",
     {"A", "B"},
     Effect::kConfirmed,
     {"id: '7' sku: 'A'", "id: '8' sku: 'A'", "id: '9' sku: 'B'"},
     {},
     {"PARKED SKU_DUPLICATE 7,8", "CREATED 9"},
     2},
    {"ARecordToldTwiceIsOne",
     {"A"},
     Effect::kConfirmed,
     {"id: '7' sku: 'A'", "id: '7' sku: 'A'"},
     {},
     {"CREATED 7"}},
    {"AnAlteredSkuParksWhatIsMissing",
     {"A", "b"},
     Effect::kConfirmed,
     {"id: '7' sku: 'A'", "id: '8' sku: 'B'"},
     {},
     {"CREATED 7", "PARKED SKU_ALTERED 8"},
     2},
    {"AStrangerBesideACompleteAnswerChangesNothing",
     {"A"},
     Effect::kConfirmed,
     {"id: '7' sku: 'A'", "id: '8' sku: 'Z'"},
     {},
     {"CREATED 7"}},
    {"AProductWithoutSkuIsTheOnlyRecord",
     {""},
     Effect::kConfirmed,
     {"id: '7'"},
     {},
     {"CREATED 7"}},
    {"AProductWithoutSkuMayGetOneFromTheProvider",
     {""},
     Effect::kConfirmed,
     {"id: '7' sku: 'P-0001'"},
     {},
     {"CREATED 7"}},
    {"ARefusedChunkIsReadBack",
     {"A", "B"},
     Effect::kRefused,
     {},
     {"name"},
     {"UNKNOWN", "UNKNOWN"}},
    {"ARefusedItemAloneIsRejected",
     {"A"},
     Effect::kRefused,
     {},
     {"name"},
     {"REJECTED PROVIDER_REJECTED"}},
    {"ARefusalOfTheSkuIsLookedUp",
     {"A"},
     Effect::kRefused,
     {},
     {"sku"},
     {"UNKNOWN"}},
    {"ARefusalOfTheReferenceIsLookedUp",
     {"A"},
     Effect::kRefused,
     {},
     {"reference"},
     {"UNKNOWN"}},
    {"WithoutSkuARefusalOfItCannotBeLookedUp",
     {""},
     Effect::kRefused,
     {},
     {"sku"},
     {"REJECTED PROVIDER_REJECTED"}},
    {"WhatWasNotAppliedWaitsAgain",
     {"A", "B"},
     Effect::kNotApplied,
     {},
     {},
     {"QUEUED", "QUEUED"}},
    {"WhatMayHaveBeenAppliedIsUnknown",
     {"A", "B"},
     Effect::kUnknown,
     {},
     {},
     {"UNKNOWN", "UNKNOWN"},
     2},
    {"WhatTravelledAloneSaysNothingAboutChunks",
     {"A"},
     Effect::kUnknown,
     {},
     {},
     {"UNKNOWN"}},
    {"WithoutSkuItCanNeverBeProven",
     {""},
     Effect::kUnknown,
     {},
     {},
     {"PARKED OUTCOME_UNKNOWN"}},
};
INSTANTIATE_TEST_SUITE_P(Answers, CreateOutcomeTest,
                         ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

TEST(CreateOutcomeGroupTest, ASuspectStaysOneUntilMoreIsKnown) {
  CreateAnswer answer;
  for (const Effect effect : {Effect::kNotApplied, Effect::kUnknown}) {
    answer.report.effect = effect;
    const auto out = ResolveCreate(ItemsOf({"A"}), answer, {4, 0});
    EXPECT_EQ(out.items(0).suspect_group(), 9u);
  }
}

TEST(InterruptedTest, NothingIsKnown) {
  const auto out = ResolveInterrupted(ItemsOf({"A", ""}));
  EXPECT_EQ(out.answer(), events::v1::ANSWER_INTERRUPTED);
  EXPECT_EQ(Summary(out.items(0)), "UNKNOWN");
  EXPECT_EQ(Summary(out.items(1)), "PARKED OUTCOME_UNKNOWN");
}

TEST(ChunkSizeTest, StaysWithinItsBounds) {
  uint32_t size = kFirstChunkSize;
  for (int i = 0; i < 100; ++i) size = GrownChunkSize({size, 0});
  EXPECT_EQ(size, kMaxChunkSize);
  for (int i = 0; i < 100; ++i) size = HalvedChunkSize(size);
  EXPECT_EQ(size, 1u);
}

TEST(ChunkSizeTest, AfterSinglesItGrowsOnlyOnceManyWereClean) {
  EXPECT_EQ(GrownChunkSize({1, 0}), 1u);
  EXPECT_EQ(GrownChunkSize({1, kCleanSingles - 2}), 1u);
  EXPECT_GT(GrownChunkSize({1, kCleanSingles - 1}), 1u);
}

TEST(ChunkSizeTest, WhatFailsAgainAndAgainIsAloneInTheEnd) {
  EXPECT_EQ(CompanyOf(0), kMaxChunkSize);
  uint32_t company = kMaxChunkSize;
  for (uint32_t failures = 1; company > 1; ++failures) {
    ASSERT_LT(failures, kMaxFailures - 1) << "it never travels alone";
    EXPECT_LT(CompanyOf(failures), company);
    company = CompanyOf(failures);
  }
}

}  // namespace
}  // namespace qantara::domain
