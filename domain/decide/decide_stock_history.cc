// The history of stock: snapshots of it, and cutting what is before them.
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "domain/decide/decider.h"
#include "domain/rows.h"
#include "domain/streams.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {
namespace {

using events::v1::KeptFigure;
using events::v1::KeptStock;
using events::v1::StockSnapshotTaken;
using tables::v1::ConnectionRow;
using tables::v1::StockFigure;
using tables::v1::StockRow;

KeptStock Keep(const StockRow& row) {
  KeptStock kept;
  kept.set_remote_id(row.remote_id());
  kept.set_sku(row.sku());
  kept.set_state(row.state());
  kept.set_last_position(row.last_position());
  kept.set_category_id(row.category_id());
  kept.set_external_id(row.external_id());
  kept.set_product_id(row.product_id());
  for (const StockFigure& figure : row.figures()) {
    KeptFigure& kept_figure = *kept.add_figures();
    kept_figure.set_location_id(figure.location_id());
    kept_figure.set_quantity(figure.quantity());
    *kept_figure.mutable_observe_time() = figure.observe_time();
  }
  return kept;
}

absl::Status CutRefused(const std::string& why) {
  return absl::FailedPreconditionError(
      absl::StrCat("the stock history cannot be cut: ", why));
}

}  // namespace

absl::StatusOr<Decided<TakeStockSnapshotReply>> Decide(
    const TakeStockSnapshot& command, const TableReader& state,
    const DecisionContext& context) {
  if (command.remote_ids.size() > kMaxSnapshotRows) {
    return absl::InvalidArgumentError(absl::StrCat(
        "a part of a snapshot has at most ", kMaxSnapshotRows, " products"));
  }
  Decided<TakeStockSnapshotReply> decided;
  PendingEvent event{StockStream(command.connection)};
  StockSnapshotTaken& taken = *event.event.mutable_stock_snapshot_taken();
  taken.set_connection(command.connection);
  absl::flat_hash_set<absl::string_view> seen;
  size_t bytes = 0;
  for (const std::string& id : command.remote_ids) {
    QANTARA_ASSIGN_OR_RETURN(
        const std::optional<StockRow> row,
        FindRow<StockRow>(state, Table::kStock,
                          TextKey(command.connection, id)));
    if (row.has_value() && seen.insert(id).second) {
      KeptStock kept = Keep(*row);
      bytes += kept.ByteSizeLong();
      if (bytes > kMaxSnapshotBytes && !taken.rows().empty()) break;
      *taken.add_rows() = std::move(kept);
    }
    ++decided.reply.taken;
  }
  if (taken.rows().empty()) return decided;
  decided.reply.position = context.next_position;
  decided.events.push_back(std::move(event));
  return decided;
}

absl::StatusOr<Decided<NoReply>> Decide(const CutStockHistory& command,
                                        const TableReader& state,
                                        const DecisionContext& context) {
  if (command.through_position >= command.snapshot_position) {
    return CutRefused("the snapshot does not stand behind what is to be cut");
  }
  if (command.snapshot_position >= context.next_position) {
    return CutRefused("there is no such snapshot yet");
  }
  QANTARA_ASSIGN_OR_RETURN(const std::optional<ConnectionRow> row,
                           FindRow<ConnectionRow>(state, Table::kConnections,
                                                  TextKey(command.connection)));
  const Position former =
      row.has_value() ? row->stock_cut_position() : Position{0};
  if (command.through_position < former) {
    return CutRefused(absl::StrCat("it is cut up to ", former));
  }
  Decided<NoReply> decided;
  if (command.through_position == former) return decided;
  PendingEvent event{StockStream(command.connection)};
  auto& cut = *event.event.mutable_stock_history_cut();
  cut.set_connection(command.connection);
  cut.set_through_position(command.through_position);
  cut.set_snapshot_position(command.snapshot_position);
  decided.events.push_back(std::move(event));
  return decided;
}

}  // namespace qantara::domain
