#include "tests/server/poller/poller_harness.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::server {
namespace {

// Between two looks at the sweeper's work, so that its budget is refilled.
constexpr int64_t kTick = 5;

}  // namespace

PollerHarness::PollerHarness(std::optional<absl::Duration> interval)
    : interval_(interval),
      writer_(log_, tables_, clock_, Hooks()),
      bus_(writer_),
      gate_({kConnection, /*requests_per_minute=*/60'000, /*max_in_flight=*/6},
            clock_, status_, metrics_) {
  NewSweeper();
}

simulation::DirectWriter::Hooks PollerHarness::Hooks() {
  simulation::DirectWriter::Hooks hooks;
  hooks.begin = [this] {
    ++commands_;
    return true;
  };
  hooks.committed = [] { return true; };
  hooks.tamper = [this](domain::Events& events) {
    // A revision that the stream does not have: the log refuses it.
    if (!events.empty() && std::exchange(refuse_next_, false)) {
      events.front().expected = domain::ExpectedRevision::Exactly(1'000'000);
    }
  };
  hooks.appended = [this](const events::v1::EventRecord& record) {
    if (!record.event().has_catalog_swept()) {
      stock_events_.push_back(record.event());
    }
  };
  hooks.broken = [](const absl::Status& status) { ADD_FAILURE() << status; };
  return hooks;
}

void PollerHarness::NewSweeper() {
  sweeper_ = std::make_unique<CatalogSweeper>(SweeperContext{
      .connection = kConnection,
      .interval = interval_,
      .bus = bus_,
      .tables = tables_,
      .clock = clock_,
      .gateway = catalog_,
      .gate = gate_,
      .index = index_,
      .status = status_,
      .ended = [this] { ++sweeps_; },
      .read_lag = absl::Milliseconds(kLag),
      .disagreed =
          [this](const ListDisagreement& disagreement) {
            disagreements_.push_back(disagreement);
          },
  });
  sweeper_->OpenForTest();
}

void PollerHarness::Restart() {
  while (catalog_.waiting() > 0) catalog_.Answer();
  NewSweeper();
  next_ = 0;
}

void PollerHarness::Work() {
  do {
    next_ = sweeper_->RunOnceForTest();
  } while (sweeper_->IsAwakeForTest());
}

void PollerHarness::RunTick() { clock_.AdvanceTo(clock_.now() + kTick); }

void PollerHarness::StepTowards(int64_t end, bool backwards) {
  // The delivery worker finds out that the provider answers again.
  if (status_.state() == v1::CONNECTION_STATE_UNREACHABLE) {
    status_.SetState(v1::CONNECTION_STATE_ACTIVE);
  }
  Work();
  if (catalog_.waiting() > 0) {
    catalog_.Answer(backwards ? catalog_.waiting() - 1 : 0);
    return;
  }
  const int64_t left = end - clock_.BootMillis();
  const int64_t sleep = next_ == Actor::kNever
                            ? left
                            : std::min(left, next_ - clock_.BootMillis());
  clock_.AdvanceTo(clock_.now() + std::max<int64_t>(sleep, kTick));
}

void PollerHarness::RunFor(absl::Duration time, bool backwards) {
  const int64_t end = clock_.BootMillis() + absl::ToInt64Milliseconds(time);
  while (clock_.BootMillis() < end) StepTowards(end, backwards);
}

void PollerHarness::RunSweep(bool backwards) {
  if (!interval_.has_value()) sweeper_->Request();
  const int before = sweeps_;
  const int64_t end =
      clock_.BootMillis() + absl::ToInt64Milliseconds(absl::Hours(1));
  while (sweeps_ == before && clock_.BootMillis() < end) {
    StepTowards(end, backwards);
  }
  EXPECT_GT(sweeps_, before);
}

std::optional<tables::v1::StockRow> PollerHarness::Stock(int id) const {
  const domain::TableStore& tables = tables_;
  const auto row = domain::FindRow<tables::v1::StockRow>(
      tables, domain::Table::kStock,
      domain::TextKey(kConnection, absl::StrCat(id)));
  EXPECT_TRUE(row.ok()) << row.status();
  return row.value_or(std::nullopt);
}

std::string PollerHarness::Quantity(int id) const {
  const auto row = Stock(id);
  if (!row.has_value()) return "";
  for (const tables::v1::StockFigure& figure : row->figures()) {
    if (figure.location_id() == "3") return figure.quantity();
  }
  return "";
}

}  // namespace qantara::server
