#include "tools/hostile/provider_faults.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/simulator/json.h"

namespace qantara::tools {
namespace {

using simulator::Json;

constexpr absl::Duration kTimeout = absl::Seconds(1);
constexpr absl::Duration kProcessing = absl::Seconds(1);
constexpr absl::Duration kReadLag = absl::Milliseconds(2500);
// Half a second below what the server is told: this machine is slow too.
constexpr int64_t kLagMillis = 2000;
constexpr int64_t kLateMillis = 1100;
constexpr int64_t kLateSpreadMillis = 600;
// Send-by, time-out, processing and lag are over by then.
constexpr int64_t kBeyondMillis = 8000;
constexpr int64_t kBeyondSpreadMillis = 4000;
constexpr int64_t kAnswerDelayMillis = 1500;
constexpr int64_t kWorkMillis = 100;
constexpr int kInFlight = 8;

Json Strings(std::initializer_list<const char*> texts) {
  Json list = Json::Array();
  for (const char* text : texts) list.Append(Json::String(text));
  return list;
}

Json OfWrites(const char* rate) {
  Json parameters = Json::Object();
  parameters.Add("methods", Strings({"POST", "PUT"}));
  parameters.Add("rate", Json::Number(rate));
  return parameters;
}

Json LateApply(bool beyond_bound) {
  Json late = OfWrites("0.01");
  late.Add("how", Json::String("timeout"));
  // A PUT that comes so late would undo a later one, and who could tell?
  if (beyond_bound) late.Set("methods", Strings({"POST"}));
  late.Add("ms", Json::Integer(beyond_bound ? kBeyondMillis : kLateMillis));
  late.Add("jitter_ms", Json::Integer(beyond_bound ? kBeyondSpreadMillis
                                                   : kLateSpreadMillis));
  return late;
}

Json RefusedItems(const HostilePlan& plan) {
  Json skus = Json::Array();
  for (const PlannedProduct& product : plan.products) {
    if (product.kind == ProductKind::kRefused) {
      skus.Append(Json::String(product.product.sku()));
    }
  }
  Json refused = Json::Object();
  refused.Add("skus", std::move(skus));
  refused.Add("field", Json::String(kRefusedField));
  refused.Add("message", Json::String(kRefusedMessage));
  return refused;
}

}  // namespace

process::StageOptions HostileStage(const HostileOptions& options) {
  process::StageOptions stage;
  stage.binaries = options.binaries;
  stage.requests_per_minute = options.requests_per_minute;
  stage.request_timeout = kTimeout;
  stage.max_processing = kProcessing;
  stage.max_read_lag = kReadLag;
  stage.max_in_flight = kInFlight;
  return stage;
}

std::string HostileFaults(const HostileOptions& options,
                          const HostilePlan& plan) {
  Json faults = Json::Object();
  faults.Add("lost_answer", OfWrites("0.05"));
  faults.Add("status_5xx", OfWrites("0.02").Add("applied", Json::Bool(true)));
  faults.Add("latency_ms",
             OfWrites("0.02").Add("ms", Json::Integer(kAnswerDelayMillis)));
  faults.Add("late_apply_ms", LateApply(options.beyond_bound));
  Json lag = Json::Object();
  lag.Add("ms", Json::Integer(0)).Add("jitter_ms", Json::Integer(kLagMillis));
  faults.Add("read_lag_ms", std::move(lag));
  faults.Add("bad_item", RefusedItems(plan));
  // One item of a thousand: every twentieth full chunk lacks one.
  Json drop = Json::Object();
  drop.Add("rate", Json::Number("0.001"));
  faults.Add("drop_items", std::move(drop));
  faults.Add("processing_ms", Json::Integer(kWorkMillis));
  if (options.id_filter_ignored) {
    Json ignored = Json::Object();
    ignored.Add("filters", Strings({"id_gt"}));
    faults.Add("filters_ignored", std::move(ignored));
  }
  return faults.ToText();
}

std::string ThrottleBurst(Dice& dice) {
  // Without a time, or with nonsense, a client has to wait for a minute.
  constexpr const char* kRetryAfter[] = {"0", "1", "date"};
  Json burst = Json::Object();
  burst.Add("count", Json::Integer(static_cast<int64_t>(3 + dice.Below(6))));
  burst.Add("retry_after",
            Json::String(kRetryAfter[dice.Below(std::size(kRetryAfter))]));
  Json faults = Json::Object();
  faults.Add("throttle", std::move(burst));
  return faults.ToText();
}

std::string PresentProducts(const HostilePlan& plan) {
  std::string lines;
  for (const PlannedProduct& product : plan.products) {
    const std::string record = StrangeRecord(product.product) + "\n";
    if (product.kind == ProductKind::kPresent) lines += record;
    if (product.kind == ProductKind::kPresentTwice) lines += record + record;
  }
  return lines;
}

std::string StrangeRecord(const v1::Product& ours) {
  const v1::Product product = StrangeProduct(ours);
  Json record = Json::Object();
  record.Add("sku", Json::String(product.sku()));
  record.Add("en_name", Json::String(product.name_en()));
  record.Add("selling_price", Json::Number(product.selling_price()));
  return record.ToText();
}

}  // namespace qantara::tools
