#include "domain/error.h"

#include <optional>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace qantara::domain {
namespace {

constexpr char kReasonUrl[] = "qantara/reason";
constexpr char kMetadataUrl[] = "qantara/metadata";
constexpr char kProblemsUrl[] = "qantara/problems";

// Payloads are lists of length-prefixed texts.
void AppendText(absl::string_view text, std::string* out) {
  absl::StrAppend(out, text.size(), ":", text);
}

std::optional<std::string> TakeText(absl::string_view* in) {
  const size_t colon = in->find(':');
  size_t size = 0;
  if (colon == absl::string_view::npos ||
      !absl::SimpleAtoi(in->substr(0, colon), &size) ||
      in->size() - colon - 1 < size) {
    return std::nullopt;
  }
  std::string text(in->substr(colon + 1, size));
  in->remove_prefix(colon + 1 + size);
  return text;
}

std::string PayloadOf(const absl::Status& status, const char* url) {
  const auto payload = status.GetPayload(url);
  return payload.has_value() ? std::string(*payload) : std::string();
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, v1::ErrorReason reason,
                       absl::string_view message,
                       const ErrorMetadata& metadata) {
  absl::Status status(code, message);
  status.SetPayload(kReasonUrl, absl::Cord(absl::StrCat(int{reason})));
  std::string payload;
  for (const auto& [key, value] : metadata) {
    AppendText(key, &payload);
    AppendText(value, &payload);
  }
  if (!payload.empty()) status.SetPayload(kMetadataUrl, absl::Cord(payload));
  return status;
}

absl::Status MakeInvalid(std::vector<v1::ItemProblem> problems) {
  const v1::ItemProblem& first = problems.front();
  absl::Status status =
      MakeError(absl::StatusCode::kInvalidArgument, first.reason(),
                absl::StrCat(first.field(), ": ", first.message()),
                {{"field", first.field()}});
  std::string payload;
  for (const v1::ItemProblem& problem : problems) {
    AppendText(problem.SerializeAsString(), &payload);
  }
  status.SetPayload(kProblemsUrl, absl::Cord(payload));
  return status;
}

v1::ErrorReason GetReason(const absl::Status& status) {
  int number = 0;
  if (!absl::SimpleAtoi(PayloadOf(status, kReasonUrl), &number) ||
      !v1::ErrorReason_IsValid(number)) {
    return v1::ERROR_REASON_UNSPECIFIED;
  }
  return static_cast<v1::ErrorReason>(number);
}

ErrorMetadata GetMetadata(const absl::Status& status) {
  const std::string payload = PayloadOf(status, kMetadataUrl);
  absl::string_view rest = payload;
  ErrorMetadata metadata;
  while (!rest.empty()) {
    auto key = TakeText(&rest);
    auto value = TakeText(&rest);
    if (!key.has_value() || !value.has_value()) break;
    metadata.emplace_back(*std::move(key), *std::move(value));
  }
  return metadata;
}

std::vector<v1::ItemProblem> GetProblems(const absl::Status& status) {
  const std::string payload = PayloadOf(status, kProblemsUrl);
  absl::string_view rest = payload;
  std::vector<v1::ItemProblem> problems;
  while (!rest.empty()) {
    const auto text = TakeText(&rest);
    v1::ItemProblem problem;
    if (!text.has_value() || !problem.ParseFromString(*text)) break;
    problems.push_back(std::move(problem));
  }
  return problems;
}

std::string ReasonName(v1::ErrorReason reason) {
  return std::string(
      absl::StripPrefix(v1::ErrorReason_Name(reason), "ERROR_REASON_"));
}

}  // namespace qantara::domain
