#include "server/metrics/state_collector.h"

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "server/core/import_sums.h"
#include "server/core/open_work.h"

namespace qantara::server {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily NewFamily(const char* name, const char* help, MetricType type) {
  MetricFamily family;
  family.name = name;
  family.help = help;
  family.type = type;
  return family;
}

void Add(double value, std::vector<ClientMetric::Label> labels,
         MetricFamily* family) {
  ClientMetric metric;
  metric.label = std::move(labels);
  if (family->type == MetricType::Counter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
  family->metric.push_back(std::move(metric));
}

void AddSingle(const char* name, const char* help, double value,
               MetricType type, std::vector<MetricFamily>* out) {
  MetricFamily family = NewFamily(name, help, type);
  Add(value, {}, &family);
  out->push_back(std::move(family));
}

// The name without prefix, in lower case: `in_flight`.
std::string Word(absl::string_view name, absl::string_view prefix) {
  absl::ConsumePrefix(&name, prefix);
  return absl::AsciiStrToLower(name);
}

}  // namespace

std::vector<MetricFamily> StateCollector::Collect() const {
  std::vector<MetricFamily> out;
  const domain::Position head = parts_.log.head();
  const domain::Position folded = parts_.tables.position();
  const store::WriterStats stats = parts_.writer.stats();
  AddSingle("qantara_log_last_position", "Position of the newest event.",
            static_cast<double>(head), MetricType::Gauge, &out);
  AddSingle("qantara_projection_lag_events",
            "Events that the tables do not show yet.",
            head > folded ? static_cast<double>(head - folded) : 0,
            MetricType::Gauge, &out);
  AddSingle("qantara_log_writable", "1 while commands are taken.",
            parts_.writer.accepting().ok() && parts_.log.writable().ok(),
            MetricType::Gauge, &out);
  AddSingle("qantara_commands_total", "Commands decided.",
            static_cast<double>(stats.commands), MetricType::Counter, &out);
  AddSingle("qantara_commands_refused_total",
            "Commands refused because too many waited.",
            static_cast<double>(stats.refused), MetricType::Counter, &out);
  AddSingle("qantara_commits_total", "Synced writes to the log.",
            static_cast<double>(stats.commits), MetricType::Counter, &out);
  AddSingle("qantara_commands_waiting", "Commands that wait for the writer.",
            static_cast<double>(stats.queued_commands), MetricType::Gauge,
            &out);
  AddSingle("qantara_inventory_watches", "Open calls of WatchInventory.",
            parts_.inventory_watches(), MetricType::Gauge, &out);
  CollectImports(&out);
  CollectOpenWork(&out);
  CollectConnections(&out);
  return out;
}

void StateCollector::CollectImports(std::vector<MetricFamily>* out) const {
  MetricFamily items =
      NewFamily("qantara_import_items", "Items of all imports by state.",
                MetricType::Gauge);
  MetricFamily balance =
      NewFamily("qantara_import_balance",
                "Items received minus items in all states: must be 0.",
                MetricType::Gauge);
  const auto tables = parts_.tables.Snapshot();
  for (const Connection* connection : parts_.connections.all()) {
    const ImportSums sums = SumImports(*tables, connection->id());
    for (size_t state = 1; state < sums.items.size(); ++state) {
      const std::string& name =
          v1::ItemState_Name(static_cast<v1::ItemState>(state));
      Add(static_cast<double>(sums.items[state]),
          {{"connection", connection->id()},
           {"state", Word(name, "ITEM_STATE_")}},
          &items);
    }
    Add(static_cast<double>(sums.balance), {{"connection", connection->id()}},
        &balance);
  }
  out->push_back(std::move(items));
  out->push_back(std::move(balance));
}

void StateCollector::CollectOpenWork(std::vector<MetricFamily>* out) const {
  MetricFamily parked = NewFamily(
      "qantara_parked", "Items and updates that wait for an operator.",
      MetricType::Gauge);
  MetricFamily unknown =
      NewFamily("qantara_unknown_requests",
                "Requests whose outcome is not known.", MetricType::Gauge);
  MetricFamily ages = NewFamily("qantara_unknown_age_seconds",
                                "Age of the oldest request whose outcome is "
                                "not known; 0: there is none.",
                                MetricType::Gauge);
  const auto tables = parts_.tables.Snapshot();
  for (const Connection* connection : parts_.connections.all()) {
    const std::string& id = connection->id();
    const auto work = ReadOpenWork(*tables, id);
    if (!work.ok()) continue;  // What cannot be read is not told as 0.
    Add(static_cast<double>(work->parked_items),
        {{"connection", id}, {"kind", "item"}}, &parked);
    Add(static_cast<double>(work->parked_updates),
        {{"connection", id}, {"kind", "update"}}, &parked);
    Add(static_cast<double>(work->unknown_requests), {{"connection", id}},
        &unknown);
    Add(absl::ToDoubleSeconds(AgeOf(work->oldest_unknown, parts_.clock.Now())),
        {{"connection", id}}, &ages);
  }
  out->push_back(std::move(parked));
  out->push_back(std::move(unknown));
  out->push_back(std::move(ages));
}

void StateCollector::CollectConnections(std::vector<MetricFamily>* out) const {
  MetricFamily states =
      NewFamily("qantara_connection_state",
                "1 for the state that a connection is in.", MetricType::Gauge);
  MetricFamily paused = NewFamily(
      "qantara_connection_paused",
      "1 while an operator has paused the connection.", MetricType::Gauge);
  MetricFamily ages =
      NewFamily("qantara_last_sweep_age_seconds",
                "Age of the last complete sweep.", MetricType::Gauge);
  CollectStockAges(out);
  for (const Connection* connection : parts_.connections.all()) {
    const std::string& name =
        v1::ConnectionState_Name(connection->status.state());
    Add(1,
        {{"connection", connection->id()},
         {"state", Word(name, "CONNECTION_STATE_")}},
        &states);
    Add(connection->status.state() == v1::CONNECTION_STATE_PAUSED,
        {{"connection", connection->id()}}, &paused);
    const auto sweep = connection->status.last_sweep();
    if (!sweep.has_value()) continue;
    Add(absl::ToDoubleSeconds(parts_.clock.Now() - *sweep),
        {{"connection", connection->id()}}, &ages);
  }
  out->push_back(std::move(states));
  out->push_back(std::move(paused));
  out->push_back(std::move(ages));
}

void StateCollector::CollectStockAges(std::vector<MetricFamily>* out) const {
  MetricFamily ages = NewFamily(
      "qantara_stock_age_seconds",
      "That share of the products was last read not longer than this ago.",
      MetricType::Gauge);
  MetricFamily intervals = NewFamily(
      "qantara_poll_interval_seconds",
      "Time from the begin of the last complete sweep to that of the one "
      "before.",
      MetricType::Gauge);
  MetricFamily disagreements =
      NewFamily("qantara_list_disagreements_total",
                "Products that a list showed otherwise than their record.",
                MetricType::Counter);
  for (const Connection* connection : parts_.connections.all()) {
    const std::string& id = connection->id();
    const ConnectionStatus& status = connection->status;
    Add(static_cast<double>(status.disagreements()), {{"connection", id}},
        &disagreements);
    if (const auto interval = status.poll_interval(); interval.has_value()) {
      Add(absl::ToDoubleSeconds(*interval), {{"connection", id}}, &intervals);
    }
    const std::optional<StockReads> reads = status.stock_reads();
    if (!reads.has_value()) continue;
    const absl::Time now = parts_.clock.Now();
    Add(absl::ToDoubleSeconds(now - reads->half),
        {{"connection", id}, {"quantile", "0.5"}}, &ages);
    Add(absl::ToDoubleSeconds(now - reads->most),
        {{"connection", id}, {"quantile", "0.99"}}, &ages);
  }
  out->push_back(std::move(ages));
  out->push_back(std::move(intervals));
  out->push_back(std::move(disagreements));
}

}  // namespace qantara::server
