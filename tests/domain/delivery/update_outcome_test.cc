#include "domain/delivery/update_outcome.h"

#include <gtest/gtest.h>

#include <string>

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
        ResolveUpdateReading(Intent(), Answer(Effect::kConfirmed, "", true))}) {
    EXPECT_TRUE(out.gone());
    EXPECT_EQ(out.state(), v1::UPDATE_STATE_REJECTED);
    EXPECT_EQ(out.reason(), v1::ERROR_REASON_MAPPING_STALE);
    EXPECT_FALSE(out.has_remote());
  }
}

TEST(UpdateReadingTest, HoldingAllValuesItWasApplied) {
  const auto out =
      ResolveUpdateReading(Intent(), Answer(Effect::kConfirmed, kHeld));
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_APPLIED);
  EXPECT_EQ(out.answer(), events::v1::ANSWER_CONFIRMED);
}

TEST(UpdateReadingTest, HoldingOthersItIsSentAgain) {
  const auto out =
      ResolveUpdateReading(Intent(), Answer(Effect::kConfirmed, kOther));
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_RECORDED);
  EXPECT_EQ(out.remote().selling_price(), "4");
}

TEST(UpdateReadingTest, AFieldThatIsNotToldProvesNothing) {
  const auto out = ResolveUpdateReading(
      Intent(), Answer(Effect::kConfirmed, "id: '7' name_en: 'Mug'"));
  EXPECT_EQ(out.state(), v1::UPDATE_STATE_RECORDED);
}

}  // namespace
}  // namespace qantara::domain
