#include "domain/delivery/update_outcome.h"

#include <gtest/gtest.h>

#include <string>

#include "domain/delivery/chunk_size.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using events::v1::UpdateAnswered;
using events::v1::UpdateIntended;

UpdateIntended Intent(int updates = 1) {
  auto intent = FromText<UpdateIntended>(R"pb(
    connection: "riyadh"
    product_id: 1
    remote_id: "7"
    fields { name_en: "Mug" selling_price: "5.50" }
  )pb");
  for (int i = 0; i < updates; ++i) intent.add_updates(10 + i);
  return intent;
}

RecordAnswer Answer(Effect effect, const std::string& record = "",
                    bool not_found = false) {
  RecordAnswer answer;
  answer.report.effect = effect;
  answer.report.problems.emplace_back().set_message("told");
  answer.not_found = not_found;
  if (!record.empty()) answer.record = FromText<v1::RemoteProduct>(record);
  return answer;
}

const char kHeld[] = "id: '7' name_en: 'Mug' selling_price: '5.5'";
const char kOther[] = "id: '7' name_en: 'Mug' selling_price: '4'";

TEST(UpdateOutcomeTest, ConfirmedIsApplied) {
  const auto out = ResolveUpdate(Intent(), Answer(Effect::kConfirmed, kHeld));
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_APPLIED);
  EXPECT_EQ(out.remote().selling_price(), "5.5");
  EXPECT_EQ(out.differences_size(), 0) << "decimals are compared as numbers";
  EXPECT_EQ(out.reason(), v1::ERROR_REASON_UNSPECIFIED);
  EXPECT_EQ(out.product_id(), 1u);
  EXPECT_EQ(out.connection(), "riyadh");
}

TEST(UpdateOutcomeTest, AnOkayDoesNotProveAnUpdate) {
  const auto out = ResolveUpdate(Intent(), Answer(Effect::kConfirmed, kOther));
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_APPLIED);
  EXPECT_EQ(out.reason(), v1::ERROR_REASON_REMOTE_DIFFERS);
  ASSERT_EQ(out.differences_size(), 1);
  EXPECT_EQ(out.differences(0).field(), "selling_price");
  EXPECT_EQ(out.differences(0).sent(), "5.50");
  EXPECT_EQ(out.differences(0).held(), "4");
}

TEST(UpdateOutcomeTest, AnOkayWithoutRecordTellsNothingAboutIt) {
  const auto out = ResolveUpdate(Intent(), Answer(Effect::kConfirmed));
  EXPECT_FALSE(out.has_remote()) << "an empty record would be believed";
}

TEST(UpdateOutcomeTest, ARefusalOfOneIsItsOwn) {
  const auto out = ResolveUpdate(Intent(1), Answer(Effect::kRefused));
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_REJECTED);
  EXPECT_EQ(out.reason(), v1::ERROR_REASON_PROVIDER_REJECTED);
  ASSERT_EQ(out.problems_size(), 1);
  EXPECT_EQ(out.problems(0).message(), "told");
}

TEST(UpdateOutcomeTest, ARefusalOfSeveralIsNobodysYet) {
  const auto out = ResolveUpdate(Intent(2), Answer(Effect::kRefused));
  EXPECT_EQ(out.answer(), events::v1::ANSWER_REFUSED);
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_RECORDED);
}

TEST(UpdateOutcomeTest, WhatWasNotAppliedIsSentAgain) {
  const auto out = ResolveUpdate(Intent(), Answer(Effect::kNotApplied));
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_RECORDED);
}

TEST(UpdateOutcomeTest, WhatMayHaveBeenAppliedIsUnknown) {
  EXPECT_EQ(ResolveUpdate(Intent(), Answer(Effect::kUnknown)).state(),
            v1::UPDATE_STATE_UNKNOWN);
  const auto interrupted = ResolveUpdateInterrupted(Intent());
  EXPECT_EQ(interrupted.state(), v1::UPDATE_STATE_UNKNOWN);
  EXPECT_EQ(interrupted.answer(), events::v1::ANSWER_INTERRUPTED);
}

TEST(UpdateOutcomeTest, ARecordThatIsGoneIsSaidToBe) {
  for (const auto& out :
       {ResolveUpdate(Intent(), Answer(Effect::kNotApplied, "", true)),
        ResolveUpdateReading(Intent(), Answer(Effect::kConfirmed, "", true),
                             0)}) {
    EXPECT_TRUE(out.gone());
    EXPECT_EQ(out.state(), v1::UPDATE_STATE_REJECTED);
    EXPECT_EQ(out.reason(), v1::ERROR_REASON_MAPPING_STALE);
    EXPECT_FALSE(out.has_remote());
  }
}

TEST(UpdateReadingTest, HoldingAllValuesItWasApplied) {
  const auto out =
      ResolveUpdateReading(Intent(), Answer(Effect::kConfirmed, kHeld), 0);
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_APPLIED);
  EXPECT_EQ(out.answer(), events::v1::ANSWER_CONFIRMED);
}

TEST(UpdateReadingTest, HoldingOthersItIsSentAgain) {
  const auto out =
      ResolveUpdateReading(Intent(), Answer(Effect::kConfirmed, kOther), 0);
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_RECORDED);
  EXPECT_EQ(out.remote().selling_price(), "4");
}

TEST(UpdateReadingTest, AFieldThatIsNotToldProvesNothing) {
  const auto out = ResolveUpdateReading(
      Intent(), Answer(Effect::kConfirmed, "id: '7' name_en: 'Mug'"), 0);
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_RECORDED);
}

TEST(UpdateReadingTest, WhatTheProviderAlwaysFailsOnIsParked) {
  const RecordAnswer other = Answer(Effect::kConfirmed, kOther);
  EXPECT_EQ(ResolveUpdateReading(Intent(), other, kMaxFailures - 2).state(),
            v1::UPDATE_STATE_RECORDED);
  const auto out = ResolveUpdateReading(Intent(), other, kMaxFailures - 1);
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_PARKED);
  EXPECT_EQ(out.reason(), v1::ERROR_REASON_PROVIDER_FAILS);
}

// An update of a record that was changed at 100 s, sent at `sent_at`.
events::v1::UpdateIntended IntentAt(int64_t sent_at) {
  events::v1::UpdateIntended intent = Intent();
  intent.mutable_known_update_time()->set_seconds(100);
  intent.mutable_window()->mutable_send_by_time()->set_seconds(sent_at);
  return intent;
}

RecordAnswer HeldSince(int64_t seconds) {
  RecordAnswer answer = Answer(Effect::kConfirmed, kHeld);
  answer.record->mutable_update_time()->set_seconds(seconds);
  return answer;
}

TEST(UpdateOutcomeTest, ATimeThatStandsStillIsADifference) {
  const auto out = ResolveUpdate(IntentAt(500), HeldSince(100));
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_APPLIED);
  ASSERT_EQ(out.differences_size(), 1);
  EXPECT_EQ(out.differences(0).field(), "update_time");
  EXPECT_EQ(out.reason(), v1::ERROR_REASON_REMOTE_DIFFERS);
}

TEST(UpdateOutcomeTest, ATimeThatMovesOrWasJustSetIsNone) {
  EXPECT_EQ(ResolveUpdate(IntentAt(500), HeldSince(499)).differences_size(), 0);
  EXPECT_EQ(ResolveUpdate(IntentAt(105), HeldSince(100)).differences_size(), 0)
      << "the provider may count whole seconds, by another clock";
}

TEST(UpdateOutcomeTest, APriceThatDoesNotSwitchItsSideOnIsADifference) {
  RecordAnswer answer = Answer(Effect::kConfirmed, kHeld);
  answer.record->set_is_sold(false);
  const auto out = ResolveUpdate(Intent(), answer);
  ASSERT_EQ(out.differences_size(), 1);
  EXPECT_EQ(out.differences(0).field(), "is_sold");
}

}  // namespace
}  // namespace qantara::domain
