#include "adapters/qoyod/qoyod_answer.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/json/json_reader.h"
#include "adapters/qoyod/qoyod_decode.h"
#include "adapters/qoyod/qoyod_error_body.h"
#include "domain/decimal.h"
#include "domain/text_checks.h"

namespace qantara::adapters {
namespace {

using domain::CallReport;
using domain::Effect;

bool IsSuccess(const HttpResult& result) {
  return result.fate == HttpFate::kAnswered &&
         (result.status == 200 || result.status == 201);
}

CallReport Confirmed(const HttpResult& result) {
  CallReport report;
  report.effect = Effect::kConfirmed;
  report.http_status = result.status;
  return report;
}

std::optional<DecodedProducts> DecodeBody(const HttpResult& result) {
  const absl::StatusOr<rapidjson::Document> body = ParseJson(result.body);
  return body.ok() ? DecodeProducts(*body) : std::nullopt;
}

bool IsInside(const domain::ListQuery& query, const v1::RemoteProduct& record) {
  if (query.sku.has_value() &&
      (!record.has_sku() || record.sku() != *query.sku)) {
    return false;
  }
  if (query.category_id.has_value() &&
      (!record.has_category_id() ||
       record.category_id() != *query.category_id)) {
    return false;
  }
  return !query.id_above.has_value() ||
         domain::CompareDecimals(record.id(), *query.id_above) > 0;
}

// Whether the row differs from what was asked for only as a filter that folds
// case or trims does: it is honoured nevertheless.
bool IsClose(const domain::ListQuery& query, const v1::RemoteProduct& record) {
  return query.sku.has_value() && record.has_sku() &&
         domain::NormalizedSku(record.sku()) ==
             domain::NormalizedSku(*query.sku);
}

}  // namespace

domain::CreateAnswer ReadCreateAnswer(const HttpResult& result,
                                      absl::Time now) {
  domain::CreateAnswer answer;
  if (!IsSuccess(result)) {
    answer.report = ReportFailure(QoyodCall::kCreate, result, now).report;
    return answer;
  }
  std::optional<DecodedProducts> products = DecodeBody(result);
  if (!products.has_value()) {
    answer.report = ReportUnreadable(QoyodCall::kCreate, result);
    return answer;
  }
  answer.report = Confirmed(result);
  answer.records = std::move(products->records);
  return answer;
}

domain::RecordAnswer ReadRecordAnswer(QoyodCall call, const HttpResult& result,
                                      const std::string& remote_id,
                                      absl::Time now) {
  domain::RecordAnswer answer;
  if (!IsSuccess(result)) {
    QoyodReport failure = ReportFailure(call, result, now);
    answer.report = std::move(failure.report);
    answer.not_found = failure.nothing_there;
    return answer;
  }
  std::optional<DecodedProducts> products = DecodeBody(result);
  // Another record would be believed to hold our values.
  if (!products.has_value() || products->row_count != 1 ||
      products->records.size() != 1 || products->records[0].id() != remote_id) {
    answer.report = ReportUnreadable(call, result);
    return answer;
  }
  answer.report = Confirmed(result);
  answer.record = std::move(products->records[0]);
  return answer;
}

domain::PageAnswer ReadPageAnswer(const HttpResult& result,
                                  const domain::ListQuery& query,
                                  absl::Time now) {
  domain::PageAnswer answer;
  if (!IsSuccess(result)) {
    answer.report = ReportFailure(QoyodCall::kList, result, now).report;
    return answer;
  }
  std::optional<DecodedProducts> products = DecodeBody(result);
  if (!products.has_value()) {
    answer.report = ReportUnreadable(QoyodCall::kList, result);
    return answer;
  }
  answer.report = Confirmed(result);
  answer.row_count = products->row_count;
  answer.total = products->total;
  answer.current_page = products->current_page;
  answer.total_pages = products->total_pages;
  for (v1::RemoteProduct& record : products->records) {
    if (IsInside(query, record)) {
      answer.records.push_back(std::move(record));
    } else if (!IsClose(query, record)) {
      answer.filter_ignored = true;
    }
  }
  return answer;
}

domain::IdsAnswer ReadIdsAnswer(QoyodCall call, const HttpResult& result,
                                absl::Time now) {
  domain::IdsAnswer answer;
  if (!IsSuccess(result)) {
    QoyodReport failure = ReportFailure(call, result, now);
    answer.report = std::move(failure.report);
    // An account without categories says so by a 404; without taxes by a 200.
    answer.absent = result.status == 404 &&
                    (call == QoyodCall::kTaxes || !failure.nothing_there);
    return answer;
  }
  const absl::StatusOr<rapidjson::Document> body = ParseJson(result.body);
  std::optional<std::vector<std::string>> ids;
  if (body.ok()) {
    ids = DecodeIds(*body, call == QoyodCall::kTaxes ? "taxes" : "categories");
  }
  if (!ids.has_value()) {
    answer.report = ReportUnreadable(call, result);
    return answer;
  }
  answer.report = Confirmed(result);
  answer.ids = *std::move(ids);
  return answer;
}

domain::LocationsAnswer ReadLocationsAnswer(const HttpResult& result,
                                            absl::Time now) {
  domain::LocationsAnswer answer;
  if (!IsSuccess(result)) {
    answer.report = ReportFailure(QoyodCall::kLocations, result, now).report;
    answer.absent = result.status == 404;
    return answer;
  }
  const absl::StatusOr<rapidjson::Document> body = ParseJson(result.body);
  std::optional<std::vector<domain::RemoteLocation>> locations;
  if (body.ok()) locations = DecodeLocations(*body);
  if (!locations.has_value()) {
    answer.report = ReportUnreadable(QoyodCall::kLocations, result);
    return answer;
  }
  answer.report = Confirmed(result);
  answer.locations = *std::move(locations);
  return answer;
}

}  // namespace qantara::adapters
