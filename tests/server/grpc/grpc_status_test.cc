#include "server/grpc/grpc_status.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "domain/error.h"
#include "domain/error_catalog.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace qantara::server {
namespace {

// The detail of one kind; a default one where there is none.
template <typename Detail>
Detail DetailOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  Detail detail;
  for (const auto& any : details.details()) any.UnpackTo(&detail);
  return detail;
}

TEST(GrpcStatus, OkIsOk) { EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok()); }

TEST(GrpcStatus, CarriesReasonAndMetadata) {
  const grpc::Status status = ToGrpcStatus(domain::MakeError(
      absl::StatusCode::kAborted, v1::ERROR_REASON_REVISION_CONFLICT,
      "revision is 3", {{"actual", "3"}}));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(status.error_message(), "revision is 3");
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  EXPECT_EQ(info.reason(), "REVISION_CONFLICT");
  EXPECT_EQ(info.domain(), "qantara");
  EXPECT_EQ(info.metadata().at("actual"), "3");
}

TEST(GrpcStatus, NamesEveryField) {
  v1::ItemProblem name;
  name.set_field("product.name_en");
  name.set_reason(v1::ERROR_REASON_NAME_REQUIRED);
  v1::ItemProblem price;
  price.set_field("product.selling_price");
  const auto bad = DetailOf<google::rpc::BadRequest>(
      ToGrpcStatus(domain::MakeInvalid({name, price})));
  ASSERT_EQ(bad.field_violations_size(), 2);
  EXPECT_EQ(bad.field_violations(1).field(), "product.selling_price");
}

TEST(GrpcStatus, NamesTheOneFieldOfAnErrorThatIsNoProblemOfAnItem) {
  const auto bad =
      DetailOf<google::rpc::BadRequest>(ToGrpcStatus(domain::MakeError(
          absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_LINE_GAP,
          "batch.first_line: it is 7, not 5",
          {{"field", "batch.first_line"}})));
  ASSERT_EQ(bad.field_violations_size(), 1);
  EXPECT_EQ(bad.field_violations(0).field(), "batch.first_line");
  EXPECT_EQ(bad.field_violations(0).description(), "it is 7, not 5");
}

TEST(GrpcStatus, TheCodeIsOneThatTheCatalogListsForTheReason) {
  for (const domain::ErrorEntry& entry : domain::ErrorCatalog()) {
    for (int number = 1; number <= 16; ++number) {
      const auto code = static_cast<absl::StatusCode>(number);
      if (code == absl::StatusCode::kInternal ||
          code == absl::StatusCode::kUnknown) {
        continue;  // Withheld: they show no reason.
      }
      const auto seen = static_cast<absl::StatusCode>(
          ToGrpcStatus(domain::MakeError(code, entry.reason, "x"))
              .error_code());
      const auto& listed = entry.meaning.codes;
      EXPECT_NE(std::find(listed.begin(), listed.end(), seen), listed.end())
          << domain::ReasonName(entry.reason) << " " << number;
    }
  }
}

// The delay in milliseconds; 0 where there is none.
int64_t DelayOf(const absl::Status& status) {
  const auto retry = DetailOf<google::rpc::RetryInfo>(ToGrpcStatus(status));
  return retry.retry_delay().seconds() * 1000 +
         retry.retry_delay().nanos() / 1'000'000;
}

TEST(GrpcStatus, SaysWhenToTryAgainWhereWaitingHelps) {
  constexpr auto kBusy = absl::StatusCode::kResourceExhausted;
  constexpr auto kAway = absl::StatusCode::kUnavailable;
  EXPECT_EQ(DelayOf(domain::MakeError(kBusy, v1::ERROR_REASON_OVERLOADED, "")),
            1000);
  EXPECT_EQ(
      DelayOf(domain::MakeError(kAway, v1::ERROR_REASON_LOG_UNAVAILABLE, "")),
      2000);
  EXPECT_EQ(DelayOf(absl::UnavailableError("")), 1000);
  for (const absl::Status& lasting :
       {domain::MakeError(kAway, v1::ERROR_REASON_CREDENTIALS_NEEDED, ""),
        domain::MakeError(kBusy, v1::ERROR_REASON_MESSAGE_TOO_LARGE, ""),
        domain::MakeError(absl::StatusCode::kFailedPrecondition,
                          v1::ERROR_REASON_LOG_UNAVAILABLE, "")}) {
    EXPECT_EQ(DelayOf(lasting), 0) << lasting;
  }
}

TEST(GrpcStatus, SaysTheTimeThatTheServerKnows) {
  const auto with = [](const std::string& millis) {
    return domain::MakeError(absl::StatusCode::kUnavailable,
                             v1::ERROR_REASON_PROVIDER_UNAVAILABLE, "",
                             {{domain::kRetryAfterMillis, millis}});
  };
  EXPECT_EQ(DelayOf(with("12345")), 12345);
  EXPECT_EQ(DelayOf(with("-5")), 1);
  EXPECT_EQ(DelayOf(with("99999999999")), 600'000);
  EXPECT_EQ(DelayOf(with("soon")), 5000);
}

TEST(GrpcStatus, WithholdsInternalText) {
  for (const absl::Status& status :
       {absl::InternalError("secret"), absl::UnknownError("secret")}) {
    const grpc::Status seen = ToGrpcStatus(status);
    EXPECT_EQ(seen.error_message().find("secret"), std::string::npos);
    EXPECT_EQ(seen.error_details().find("secret"), std::string::npos);
  }
}

TEST(GrpcStatus, CutsLongTextsBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "ب";
  const grpc::Status seen = ToGrpcStatus(absl::NotFoundError(text));
  EXPECT_LE(seen.error_message().size(), 1024);
  EXPECT_EQ(seen.error_message().size() % 2, 0);
}

}  // namespace
}  // namespace qantara::server
