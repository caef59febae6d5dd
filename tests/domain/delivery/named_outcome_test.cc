// Items of a provider that holds each name once: they are matched by it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/delivery/create_outcome.h"
#include "domain/delivery/settle_outcome.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

OutboundItem Named(const std::string& sku, const std::string& name) {
  OutboundItem item;
  item.ref.set_import_id("spring");
  item.ref.set_line(1);
  if (!sku.empty()) item.product.set_sku(sku);
  item.product.mutable_qwoty()->set_api_name(name);
  return item;
}

v1::RemoteProduct Record(const std::string& text) {
  return FromText<v1::RemoteProduct>(text);
}

events::v1::ItemOutcome Created(const OutboundItem& item,
                                const std::string& record) {
  CreateAnswer answer;
  answer.report.effect = Effect::kConfirmed;
  answer.records.push_back(Record(record));
  return ResolveCreate({item}, answer, {1, 0, 1}).items(0);
}

TEST(NamedOutcomeTest, TheAnswerIsMatchedByTheName) {
  EXPECT_EQ(Created(Named("A", "a_1"),
                    "id: 'u1' sku: 'other' qwoty { api_name: 'a_1' }")
                .state(),
            v1::ITEM_STATE_CREATED);
  EXPECT_EQ(
      Created(Named("", "a_1"), "id: 'u1' qwoty { api_name: 'a_1' }").state(),
      v1::ITEM_STATE_CREATED);
}

TEST(NamedOutcomeTest, ARecordThatTellsNoNameIsMatchedByItsSku) {
  EXPECT_EQ(Created(Named("A", "a_1"), "id: 'u1' sku: 'A'").state(),
            v1::ITEM_STATE_CREATED);
}

TEST(NamedOutcomeTest, AnAnswerWithAnotherNameIsNotOurs) {
  const auto outcome = Created(
      Named("A", "a_1"), "id: 'u1' sku: 'A' qwoty { api_name: 'another' }");
  EXPECT_EQ(outcome.state(), v1::ITEM_STATE_PARKED);
  EXPECT_EQ(outcome.duplicate_remote_ids(0), "u1");
}

TEST(NamedOutcomeTest, ChunksDoNotGrowBeyondWhatTheProviderTakes) {
  CreateAnswer answer;
  answer.report.effect = Effect::kConfirmed;
  answer.records.push_back(Record("id: 'u' qwoty { api_name: 'a' }"));
  EXPECT_EQ(ResolveCreate({Named("A", "a")}, answer, {1, 5000, 1}).chunk_size(),
            1);
}

TEST(NamedOutcomeTest, AnUnknownItemWithoutSkuIsReadBackByItsName) {
  CreateAnswer answer;
  answer.report.effect = Effect::kUnknown;
  EXPECT_EQ(ResolveCreate({Named("", "a")}, answer, {1, 0, 1}).items(0).state(),
            v1::ITEM_STATE_UNKNOWN);
}

TEST(NamedOutcomeTest, ARefusalOfTheNameIsLookedUp) {
  CreateAnswer answer;
  answer.report.effect = Effect::kRefused;
  answer.report.http_status = 422;
  answer.report.problems.emplace_back().set_field("api_name");
  const OutboundItem item = Named("A", "a");
  EXPECT_EQ(ResolveCreate({item}, answer, {1, 0, 1}).items(0).state(),
            v1::ITEM_STATE_UNKNOWN);
  answer.report.problems[0].set_field("name");
  EXPECT_EQ(ResolveCreate({item}, answer, {1, 0, 1}).items(0).state(),
            v1::ITEM_STATE_REJECTED);
  answer.report.problems[0].clear_field();
  answer.report.http_status = 409;
  EXPECT_EQ(ResolveCreate({item}, answer, {1, 0, 1}).items(0).state(),
            v1::ITEM_STATE_UNKNOWN);
}

// What a reading settles of one item whose request had no answer.
std::vector<events::v1::ItemOutcome> Settled(const OutboundItem& item,
                                             const std::string& record,
                                             bool is_last) {
  const auto intent = FromText<tables::v1::IntentRow>(
      "create { items {} } answer: ANSWER_UNKNOWN");
  return ResolveReading(30, intent, {item}, {{Record(record)}, is_last});
}

TEST(NamedOutcomeTest, AReadingFindsItByTheNameWhateverItsId) {
  const auto outcomes =
      Settled(Named("A", "a"), "id: 'ffff' sku: 'x' qwoty { api_name: 'a' }",
              /*is_last=*/false);
  ASSERT_EQ(outcomes.size(), 1);
  EXPECT_EQ(outcomes[0].state(), v1::ITEM_STATE_CREATED);
  EXPECT_EQ(outcomes[0].remote().id(), "ffff");
}

TEST(NamedOutcomeTest, ARecordWithItsSkuAndAnotherNameIsNotIt) {
  const std::string other = "id: 'u' sku: 'A' qwoty { api_name: 'b' }";
  EXPECT_TRUE(Settled(Named("A", "a"), other, /*is_last=*/false).empty());
  const auto last = Settled(Named("A", "a"), other, /*is_last=*/true);
  ASSERT_EQ(last.size(), 1);
  EXPECT_EQ(last[0].state(), v1::ITEM_STATE_QUEUED) << "looked for, then sent";
}

}  // namespace
}  // namespace qantara::domain
