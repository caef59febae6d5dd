#include "server/grpc/grpc_status.h"

#include <gtest/gtest.h>

#include <string>

#include "domain/error.h"
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

TEST(GrpcStatus, SaysWhenToTryAgain) {
  const auto retry = DetailOf<google::rpc::RetryInfo>(
      ToGrpcStatus(domain::MakeError(absl::StatusCode::kResourceExhausted,
                                     v1::ERROR_REASON_OVERLOADED, "busy")));
  EXPECT_EQ(retry.retry_delay().seconds(), 1);
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
