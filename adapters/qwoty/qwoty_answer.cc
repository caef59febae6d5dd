#include "adapters/qwoty/qwoty_answer.h"

#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "adapters/json/json_reader.h"
#include "adapters/qwoty/qwoty_decode.h"
#include "adapters/qwoty/qwoty_encode.h"

namespace qantara::adapters {
namespace {

bool IsSuccess(const HttpResult& result) {
  return result.fate == HttpFate::kAnswered &&
         (result.status == 200 || result.status == 201);
}

domain::CallReport Confirmed(const HttpResult& result) {
  domain::CallReport report;
  report.effect = domain::Effect::kConfirmed;
  report.http_status = result.status;
  return report;
}

// The record as the port wants it: Qwoty's own fields are a part of it.
v1::RemoteProduct Told(QwotyRecord record) {
  v1::RemoteProduct product = std::move(record.product);
  *product.mutable_qwoty() = std::move(record.qwoty);
  product.set_parent_id(std::move(record.parent_id));
  return product;
}

std::optional<QwotyRecord> RecordIn(const HttpResult& result) {
  const absl::StatusOr<rapidjson::Document> body = ParseJson(result.body);
  return body.ok() ? DecodeQwotyRecord(*body) : std::nullopt;
}

}  // namespace

domain::CreateAnswer ReadQwotyCreate(const HttpResult& result, absl::Time now) {
  domain::CreateAnswer answer;
  if (!IsSuccess(result)) {
    answer.report = ReportQwotyFailure(QwotyCall::kCreate, result, now).report;
    return answer;
  }
  std::optional<QwotyRecord> record = RecordIn(result);
  // Any other id would be confirmed and could never be asked for.
  if (!record.has_value() || !IsQwotyId(record->product.id())) {
    answer.report = ReportQwotyUnreadable(QwotyCall::kCreate, result);
    return answer;
  }
  answer.report = Confirmed(result);
  answer.records.push_back(Told(*std::move(record)));
  return answer;
}

domain::RecordAnswer ReadQwotyRecord(QwotyCall call, const HttpResult& result,
                                     const std::string& remote_id,
                                     absl::Time now) {
  domain::RecordAnswer answer;
  if (!IsSuccess(result)) {
    QwotyReport failure = ReportQwotyFailure(call, result, now);
    answer.report = std::move(failure.report);
    answer.not_found = failure.nothing_there;
    return answer;
  }
  std::optional<QwotyRecord> record = RecordIn(result);
  // Another record would be believed to hold our values.
  if (!record.has_value() ||
      (!absl::EqualsIgnoreCase(record->product.id(), remote_id) &&
       !absl::EqualsIgnoreCase(record->parent_id, remote_id))) {
    answer.report = ReportQwotyUnreadable(call, result);
    return answer;
  }
  answer.report = Confirmed(result);
  record->product.set_id(remote_id);
  answer.record = Told(*std::move(record));
  return answer;
}

domain::PageAnswer ReadQwotyPage(const HttpResult& result, absl::Time now) {
  domain::PageAnswer answer;
  if (!IsSuccess(result)) {
    answer.report = ReportQwotyFailure(QwotyCall::kList, result, now).report;
    return answer;
  }
  const absl::StatusOr<rapidjson::Document> body = ParseJson(result.body);
  std::optional<QwotyPage> page;
  if (body.ok()) page = DecodeQwotyPage(*body);
  if (!page.has_value()) {
    answer.report = ReportQwotyUnreadable(QwotyCall::kList, result);
    return answer;
  }
  answer.report = Confirmed(result);
  answer.row_count = page->row_count;
  answer.total = page->total;
  for (QwotyRecord& record : page->records) {
    if (!IsQwotyId(record.product.id())) continue;
    answer.records.push_back(Told(std::move(record)));
  }
  return answer;
}

}  // namespace qantara::adapters
