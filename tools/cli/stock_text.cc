#include "tools/cli/stock_text.h"

#include <google/protobuf/util/time_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "tools/cli/printable.h"

namespace qantara::tools {
namespace {

constexpr char kNoFigure[] = "no figure";

// SKU and location; the remote id where there is no SKU.
std::string Place(const v1::StockLevel& level) {
  const std::string sku = level.sku().empty()
                              ? absl::StrCat("remote id ", level.remote_id())
                              : level.sku();
  std::string out = absl::StrFormat("%-24s", Printable(sku));
  if (level.location_id().empty()) return out;
  absl::StrAppend(&out, "  location ", Printable(level.location_id()));
  const std::string& name = level.location_name_en().empty()
                                ? level.location_name_ar()
                                : level.location_name_en();
  if (!name.empty()) absl::StrAppend(&out, " (", Printable(name), ")");
  return out;
}

std::string Now(const v1::StockLevel& level) {
  if (level.has_quantity()) return Printable(level.quantity());
  return absl::StrCat(kNoFigure, " (", ShortName(level.state()), ")");
}

std::string Time(const v1::StockLevel& level) {
  if (!level.has_observe_time()) return "";
  return absl::StrCat("  since ", google::protobuf::util::TimeUtil::ToString(
                                      level.observe_time()));
}

std::string ReasonName(v1::StockRemovedReason reason) {
  return std::string(absl::StripPrefix(v1::StockRemovedReason_Name(reason),
                                       "STOCK_REMOVED_REASON_"));
}

}  // namespace

std::string ShortName(v1::StockState state) {
  return std::string(
      absl::StripPrefix(v1::StockState_Name(state), "STOCK_STATE_"));
}

std::string StockText(const v1::StockLevel& level) {
  return absl::StrCat(Place(level), "  ", Now(level), Time(level));
}

std::string StockText(const v1::WatchInventoryResponse& message) {
  if (message.has_row()) return StockText(message.row());
  if (message.has_change()) {
    const v1::StockLevel& change = message.change();
    return absl::StrCat(Place(change), "  ",
                        change.has_previous_quantity()
                            ? Printable(change.previous_quantity())
                            : kNoFigure,
                        " -> ", Now(change), Time(change));
  }
  if (message.has_removed()) {
    return absl::StrCat(Place(message.removed().last()), "  removed (",
                        ReasonName(message.removed().reason()), ")");
  }
  return "";
}

}  // namespace qantara::tools
