#include "tests/server/retention/retention_world.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/fold/fold.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"
#include "store/rebuild.h"
#include "store/rocksdb_tables.h"

namespace qantara::server {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(20);

std::unique_ptr<Storage> MustOpen(const RetentionWorld::Options& options,
                                  const domain::Clock& clock) {
  auto storage = Storage::Open(options.directory, clock, options.env);
  if (!storage.ok()) {
    std::cerr << storage.status() << std::endl;
    abort();
  }
  return *std::move(storage);
}

RetentionContext ContextOf(const RetentionWorld::Options& options,
                           Storage& storage, CommandBus& bus,
                           const domain::Clock& clock,
                           RetentionMetrics& metrics) {
  return {.connection = RetentionWorld::kConnection,
          .limits = options.limits,
          .bus = bus,
          .log = storage.log(),
          .cutter = storage.log(),
          .tables = storage.tables(),
          .clock = clock,
          .metrics = metrics,
          .pace = options.pace};
}

char LetterOf(const events::v1::Event& event) {
  if (event.has_stock_observed()) return 'S';
  if (event.has_stock_snapshot_taken()) return 'P';
  if (event.has_stock_history_cut()) return 'C';
  return event.has_event_cut() ? 'x' : '\0';
}

template <typename Visit>
void ForEachEvent(const domain::EventLog& log, const Visit& visit) {
  for (domain::Position at = 0; at < log.head();) {
    const auto events = log.Read(at, domain::ReadLimit());
    if (!events.ok()) {
      std::cerr << events.status() << std::endl;
      abort();
    }
    for (const auto& event : *events) visit(*event);
    at = events->back()->position();
  }
}

}  // namespace

RetentionWorld::RetentionWorld(const Options& options)
    : storage_(((clock_.Advance(absl::ToInt64Milliseconds(options.since_begin)),
                 MustOpen(options, clock_)))),
      bus_(storage_->writer()),
      worker_(ContextOf(options, *storage_, bus_, clock_, metrics_)) {}

RetentionWorld::~RetentionWorld() { storage_->writer().Stop(); }

void RetentionWorld::Observe(int first, int count, int quantity,
                             const std::string& connection) {
  domain::RecordStock command;
  command.connection = connection;
  command.observe_time = clock_.Now();
  for (int i = first; i < first + count; ++i) {
    v1::RemoteProduct& product = command.products.emplace_back();
    product.set_id(absl::StrCat(i));
    product.set_sku(absl::StrCat("SKU-", i));
    product.set_category_id("1");
    product.set_track_quantity(true);
    product.set_stock_told(true);
    for (const char* location : {"main", "shop"}) {
      v1::LocationStock& stock = *product.add_stock();
      stock.set_location_id(location);
      stock.set_name_en(location);
      stock.set_quantity(absl::StrCat(quantity));
    }
  }
  const auto executed = bus_.Execute(std::move(command));
  if (!executed.ok()) {
    std::cerr << executed.status() << std::endl;
    abort();
  }
}

void RetentionWorld::Pass(absl::Duration time) {
  clock_.Advance(absl::ToInt64Milliseconds(time));
}

void RetentionWorld::Step() {
  storage_->tables().WaitFor(storage_->log().head(), kPatience);
  worker_.RunOnceForTest();
}

void RetentionWorld::Run(absl::Duration time) {
  const int64_t end = clock_.BootMillis() + absl::ToInt64Milliseconds(time);
  for (int64_t now = clock_.BootMillis(); now < end;
       now = clock_.BootMillis()) {
    storage_->tables().WaitFor(storage_->log().head(), kPatience);
    const int64_t next = worker_.RunOnceForTest();
    clock_.Advance(std::clamp<int64_t>(next - now, 1, end - now));
  }
}

std::string RetentionWorld::Kinds() const {
  std::vector<std::pair<int, char>> runs;
  ForEachEvent(storage_->log(), [&](const events::v1::EventRecord& record) {
    const char letter = LetterOf(record.event());
    if (letter == '\0') return;
    if (runs.empty() || runs.back().second != letter)
      runs.push_back({0, letter});
    ++runs.back().first;
  });
  return absl::StrJoin(
      runs, " ", [](std::string* out, const std::pair<int, char>& run) {
        absl::StrAppend(out, run.first, std::string(1, run.second));
      });
}

domain::Position RetentionWorld::CutPosition() const {
  const auto row = domain::FindRow<tables::v1::ConnectionRow>(
      storage_->tables(), domain::Table::kConnections,
      domain::TextKey(kConnection));
  return row.ok() && row->has_value() ? (*row)->stock_cut_position() : 0;
}

uint64_t RetentionWorld::WholeBytes() const {
  uint64_t bytes = 0;
  ForEachEvent(storage_->log(), [&](const events::v1::EventRecord& record) {
    if (record.event().has_stock_observed()) bytes += record.ByteSizeLong();
  });
  return bytes;
}

std::map<std::string, std::string> RetentionWorld::StockRows() const {
  storage_->tables().WaitFor(storage_->log().head(), kPatience);
  std::map<std::string, std::string> rows;
  const auto tables = storage_->tables().Snapshot();
  for (const domain::Table table :
       {domain::Table::kStock, domain::Table::kStockBySku,
        domain::Table::kLocations}) {
    const absl::Status read = tables->Scan(
        table, "", "", [&](absl::string_view key, absl::string_view value) {
          rows[absl::StrCat(static_cast<int>(table), " ", key)] =
              std::string(value);
          return true;
        });
    if (!read.ok()) abort();
  }
  return rows;
}

std::string RetentionWorld::Problem() {
  const auto verified = storage_->log().Verify();
  if (!verified.ok()) return verified.status().ToString();
  if (*verified != storage_->log().head()) return "not all is verified";
  storage_->tables().WaitFor(storage_->log().head(), kPatience);
  const std::unique_ptr<rocksdb::Env> env(
      rocksdb::NewMemEnv(rocksdb::Env::Default()));
  const auto fresh = store::RocksdbTables::Open(
      {.directory = "/fresh", .env = env.get(), .fold_version = 1});
  if (!fresh.ok()) return fresh.status().ToString();
  const auto report = store::CompareRebuild(storage_->log(), storage_->tables(),
                                            **fresh, &domain::Fold, 5);
  if (!report.ok()) return report.status().ToString();
  if (report->difference_count == 0) return "";
  return absl::StrCat(report->difference_count, " rows differ, the first in ",
                      static_cast<int>(report->differences[0].table));
}

}  // namespace qantara::server
