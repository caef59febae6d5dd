#include "server/grpc/grpc_status.h"

#include <string>

#include "domain/error.h"
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
constexpr int kRetrySeconds = 1;

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

void AddBadRequest(const absl::Status& status, google::rpc::Status* out) {
  google::rpc::BadRequest bad;
  for (const v1::ItemProblem& problem : domain::GetProblems(status)) {
    if (static_cast<size_t>(bad.field_violations_size()) == kMaxFields) break;
    auto& violation = *bad.add_field_violations();
    violation.set_field(problem.field());
    violation.set_description(Shortened(problem.message(), kMaxValue));
  }
  if (bad.field_violations_size() > 0) AddDetail(bad, out);
}

void AddRetryInfo(const absl::Status& status, google::rpc::Status* out) {
  if (!absl::IsUnavailable(status) &&
      domain::GetReason(status) != v1::ERROR_REASON_OVERLOADED) {
    return;
  }
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(kRetrySeconds);
  AddDetail(retry, out);
}

bool IsWithheld(const absl::Status& status) {
  return absl::IsInternal(status) || absl::IsUnknown(status);
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status out;
  out.set_code(static_cast<int>(status.code()));
  out.set_message(IsWithheld(status)
                      ? "internal error; see the server's log"
                      : Shortened(status.message(), kMaxMessage));
  if (!IsWithheld(status)) {
    AddErrorInfo(status, &out);
    AddBadRequest(status, &out);
    AddRetryInfo(status, &out);
  }
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                      out.message(), out.SerializeAsString());
}

}  // namespace qantara::server
