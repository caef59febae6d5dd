#include "server/grpc/grpc_status.h"

#include <algorithm>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "domain/error.h"
#include "domain/error_catalog.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace qantara::server {
namespace {

constexpr char kDomain[] = "qantara";
// Longest message in bytes: metadata has a bound of 8 KiB.
constexpr size_t kMaxMessage = 1024;
constexpr size_t kMaxValue = 512;
// Fields listed; the details must stay within the same bound.
constexpr size_t kMaxFields = 20;
// Longest time that a client is told to stay away.
constexpr int64_t kMaxRetryMillis = 10 * 60 * 1000;
constexpr absl::string_view kField = "field";

// The first `limit` bytes, cut between characters.
std::string Shortened(absl::string_view text, size_t limit) {
  if (text.size() <= limit) return std::string(text);
  size_t end = limit;
  while (end > 0 && (static_cast<uint8_t>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

void AddDetail(const google::protobuf::Message& detail,
               google::rpc::Status* out) {
  out->add_details()->PackFrom(detail);
}

void AddErrorInfo(const absl::Status& status, google::rpc::Status* out) {
  const v1::ErrorReason reason = domain::GetReason(status);
  const domain::ErrorMetadata metadata = domain::GetMetadata(status);
  if (reason == v1::ERROR_REASON_UNSPECIFIED && metadata.empty()) return;
  google::rpc::ErrorInfo info;
  info.set_domain(kDomain);
  if (reason != v1::ERROR_REASON_UNSPECIFIED) {
    info.set_reason(domain::ReasonName(reason));
  }
  for (const auto& [key, value] : metadata) {
    (*info.mutable_metadata())[key] = Shortened(value, kMaxValue);
  }
  AddDetail(info, out);
}

void AddViolation(absl::string_view field, absl::string_view description,
                  google::rpc::BadRequest* bad) {
  auto& violation = *bad->add_field_violations();
  violation.set_field(std::string(field));
  violation.set_description(Shortened(description, kMaxValue));
}

// Errors about one field name it in their metadata and before their text.
void AddOnlyField(const absl::Status& status, google::rpc::BadRequest* bad) {
  for (const auto& [key, field] : domain::GetMetadata(status)) {
    if (key != kField) continue;
    absl::string_view description = status.message();
    absl::ConsumePrefix(&description, absl::StrCat(field, ": "));
    AddViolation(field, description, bad);
    return;
  }
}

void AddBadRequest(const absl::Status& status, google::rpc::Status* out) {
  google::rpc::BadRequest bad;
  for (const v1::ItemProblem& problem : domain::GetProblems(status)) {
    if (static_cast<size_t>(bad.field_violations_size()) == kMaxFields) break;
    AddViolation(problem.field(), problem.message(), &bad);
  }
  if (bad.field_violations().empty()) AddOnlyField(status, &bad);
  if (bad.field_violations_size() > 0) AddDetail(bad, out);
}

// Milliseconds until it is worth coming again; 0 where waiting does not help.
int64_t RetryMillis(const absl::Status& status) {
  for (const auto& [key, value] : domain::GetMetadata(status)) {
    int64_t millis = 0;
    if (key == domain::kRetryAfterMillis && absl::SimpleAtoi(value, &millis)) {
      return std::clamp<int64_t>(millis, 1, kMaxRetryMillis);
    }
  }
  const v1::ErrorReason reason = domain::GetReason(status);
  if (!domain::PassesByItself(status.code(), reason)) return 0;
  return domain::MeaningOf(status.code(), reason).retry_seconds * 1000;
}

void AddRetryInfo(const absl::Status& status, google::rpc::Status* out) {
  const int64_t millis = RetryMillis(status);
  if (millis == 0) return;
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(millis / 1000);
  retry.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(millis % 1000 * 1'000'000));
  AddDetail(retry, out);
}

bool IsWithheld(const absl::Status& status) {
  return absl::IsInternal(status) || absl::IsUnknown(status);
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const absl::StatusCode code =
      IsWithheld(status)
          ? status.code()
          : domain::CodeFor(domain::GetReason(status), status.code());
  google::rpc::Status out;
  out.set_code(static_cast<int>(code));
  out.set_message(IsWithheld(status)
                      ? "internal error; see the server's log"
                      : Shortened(status.message(), kMaxMessage));
  if (!IsWithheld(status)) {
    AddErrorInfo(status, &out);
    AddBadRequest(status, &out);
    AddRetryInfo(status, &out);
  }
  return grpc::Status(static_cast<grpc::StatusCode>(code), out.message(),
                      out.SerializeAsString());
}

}  // namespace qantara::server
