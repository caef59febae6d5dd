#include "domain/error.h"

#include <gtest/gtest.h>

#include "absl/strings/cord.h"

namespace qantara::domain {
namespace {

v1::ItemProblem Problem(const std::string& field, v1::ErrorReason reason,
                        const std::string& message) {
  v1::ItemProblem problem;
  problem.set_field(field);
  problem.set_reason(reason);
  problem.set_message(message);
  return problem;
}

TEST(ErrorTest, CarriesItsReasonAndMetadata) {
  const ErrorMetadata metadata = {
      {"sku", "A:1"}, {"", ""}, {"long", std::string(2000, ':')}};
  const absl::Status status =
      MakeError(absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_SKU_IN_USE,
                "SKU A:1 is in use", metadata);
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(status.message(), "SKU A:1 is in use");
  EXPECT_EQ(GetReason(status), v1::ERROR_REASON_SKU_IN_USE);
  EXPECT_EQ(GetMetadata(status), metadata);
  EXPECT_TRUE(GetProblems(status).empty());
}

TEST(ErrorTest, ReasonAndMetadataSurviveACopy) {
  absl::Status copy;
  copy.Update(MakeError(absl::StatusCode::kNotFound,
                        v1::ERROR_REASON_PRODUCT_NOT_FOUND, "no",
                        {{"a", "b"}}));
  EXPECT_EQ(GetReason(copy), v1::ERROR_REASON_PRODUCT_NOT_FOUND);
  EXPECT_EQ(GetMetadata(copy), (ErrorMetadata{{"a", "b"}}));
}

TEST(ErrorTest, OtherStatusesHaveNoReason) {
  for (const absl::Status& status :
       {absl::OkStatus(), absl::InternalError("x"), absl::CancelledError("")}) {
    EXPECT_EQ(GetReason(status), v1::ERROR_REASON_UNSPECIFIED);
    EXPECT_TRUE(GetMetadata(status).empty());
    EXPECT_TRUE(GetProblems(status).empty());
  }
}

TEST(ErrorTest, AReasonThatNobodyKnowsIsNone) {
  absl::Status status = absl::InternalError("x");
  for (const char* payload : {"99999", "", "x", "-1"}) {
    status.SetPayload("qantara/reason", absl::Cord(payload));
    EXPECT_EQ(GetReason(status), v1::ERROR_REASON_UNSPECIFIED) << payload;
  }
}

TEST(ErrorTest, DamagedMetadataIsReadAsFarAsItGoes) {
  absl::Status status = absl::InternalError("x");
  status.SetPayload("qantara/metadata", absl::Cord("1:a1:b5:c"));
  EXPECT_EQ(GetMetadata(status), (ErrorMetadata{{"a", "b"}}));
  for (const char* payload : {":", "a:b", "18446744073709551615:a", "1"}) {
    status.SetPayload("qantara/metadata", absl::Cord(payload));
    EXPECT_TRUE(GetMetadata(status).empty()) << payload;
  }
}

TEST(InvalidTest, CarriesEveryProblemAndTheReasonOfTheFirst) {
  const absl::Status status = MakeInvalid(
      {Problem("product.sku", v1::ERROR_REASON_SKU_REQUIRED, "no"),
       Problem("product.name_ar", v1::ERROR_REASON_INVALID_UTF8, "ليس")});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "product.sku: no");
  EXPECT_EQ(GetReason(status), v1::ERROR_REASON_SKU_REQUIRED);
  EXPECT_EQ(GetMetadata(status), (ErrorMetadata{{"field", "product.sku"}}));
  const std::vector<v1::ItemProblem> problems = GetProblems(status);
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[1].field(), "product.name_ar");
  EXPECT_EQ(problems[1].message(), "ليس");
}

TEST(ReasonNameTest, HasNoPrefix) {
  EXPECT_EQ(ReasonName(v1::ERROR_REASON_SKU_IN_USE), "SKU_IN_USE");
}

}  // namespace
}  // namespace qantara::domain
