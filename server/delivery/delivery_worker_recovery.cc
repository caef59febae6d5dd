// What a worker restores before it sends anything: requests without an answer,
// at its first step and whenever an answer could not be recorded, and, at its
// first step only, what is known of the remote catalog.
#include <vector>

#include "domain/restored.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "server/delivery/delivery_worker.h"

namespace qantara::server {

using domain::Table;

namespace {

// Between two requests for the sweep that a restored log waits for.
constexpr int64_t kSweepRequestMillis = 60'000;

}  // namespace

absl::Status DeliveryWorker::Recover(const domain::TableSnapshot& tables) {
  context_.answer_lost = false;
  const auto interrupted =
      settler_.RecordInterrupted(tables, [this](uint64_t intent) {
        return creates_.IsUnderWay(intent) || updates_.IsUnderWay(intent);
      });
  if (!interrupted.ok()) return interrupted.status();
  if (recovered_) return absl::OkStatus();
  context_.metrics.CountIntentsRecovered(context_.connection, *interrupted);
  return RestoreIndex(tables);
}

// What a process before this one swept stands in the table of stock, and what
// it created among the mappings.
absl::Status DeliveryWorker::RestoreIndex(const domain::TableSnapshot& tables) {
  QANTARA_ASSIGN_OR_RETURN(
      const auto row,
      domain::FindRow<tables::v1::ConnectionRow>(
          tables, Table::kConnections, domain::TextKey(context_.connection)));
  if (!row.has_value()) return absl::OkStatus();
  // What is above it is new, whoever made it.
  context_.index.SawId(row->highest_remote_id());
  if (!row->swept()) return absl::OkStatus();
  std::vector<v1::RemoteProduct> records;
  const std::string prefix = domain::TextKey(context_.connection);
  const std::string end = domain::PrefixEnd(prefix);
  QANTARA_RETURN_IF_ERROR(tables.Scan(
      Table::kStock, prefix, end,
      [&](absl::string_view, absl::string_view value) {
        tables::v1::StockRow stock;
        stock.ParseFromArray(value.data(), static_cast<int>(value.size()));
        if (stock.state() == v1::STOCK_STATE_PRODUCT_GONE) return true;
        records.emplace_back().set_id(stock.remote_id());
        records.back().set_sku(stock.sku());
        return true;
      }));
  QANTARA_RETURN_IF_ERROR(
      tables.Scan(Table::kRemoteIds, prefix, end,
                  [&](absl::string_view key, absl::string_view) {
                    records.emplace_back().set_id(domain::SecondText(key));
                    return true;
                  }));
  context_.index.Restore(row->swept_remote_id(), records, context_.ShownFrom());
  return absl::OkStatus();
}

absl::Status DeliveryWorker::LoadRestored(const domain::TableSnapshot& tables) {
  QANTARA_ASSIGN_OR_RETURN(restored_, domain::RestoredPosition(tables));
  QANTARA_ASSIGN_OR_RETURN(const domain::Position awaited,
                           domain::AwaitedSweep(tables, context_.connection));
  awaits_sweep_ = awaited != 0;
  return absl::OkStatus();
}

// One that fails, or that began too early, is followed by another.
bool DeliveryWorker::AwaitsSweep() {
  if (!awaits_sweep_) return false;
  const int64_t now = context_.clock.BootMillis();
  if (now >= next_sweep_request_) {
    next_sweep_request_ = now + kSweepRequestMillis;
    context_.request_sweep();
  }
  return true;
}

}  // namespace qantara::server
