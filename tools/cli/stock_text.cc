#include "tools/cli/stock_text.h"

#include <google/protobuf/util/time_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "tools/cli/printable.h"
#include "tools/cli/quantity_delta.h"

namespace qantara::tools {
namespace {

constexpr char kNoFigure[] = "no figure";

constexpr char kGreen[] = "\033[32m";
constexpr char kRed[] = "\033[31m";
constexpr char kYellow[] = "\033[33m";
constexpr char kPlain[] = "\033[0m";

std::string Coloured(const std::string& text, const char* colour, bool on) {
  return on ? absl::StrCat(colour, text, kPlain) : text;
}

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

// What else is to be said of a figure.
std::string Marks(const v1::StockLevel& level) {
  std::string out;
  if (level.floored()) absl::StrAppend(&out, "  below zero");
  if (level.folded_changes() > 0) {
    absl::StrAppend(&out, "  ", level.folded_changes() + 1, " changes");
  }
  return out;
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

// "12 -> 15  (+3)".
std::string Movement(const v1::StockLevel& change, bool colours) {
  std::string out = absl::StrCat(change.has_previous_quantity()
                                     ? Printable(change.previous_quantity())
                                     : kNoFigure,
                                 " -> ", Now(change));
  if (!change.has_quantity() || !change.has_previous_quantity()) return out;
  const std::string delta =
      QuantityDelta(change.previous_quantity(), change.quantity());
  if (delta.empty()) return out;
  return absl::StrCat(out, "  ",
                      Coloured(absl::StrCat("(", delta, ")"),
                               delta[0] == '-' ? kRed : kGreen, colours));
}

std::string Names(const std::string& english, const std::string& arabic) {
  return Printable(english.empty() || arabic.empty()
                       ? absl::StrCat(english, arabic)
                       : absl::StrCat(english, " / ", arabic));
}

std::string LocationText(const v1::StockLocation& location) {
  std::string out =
      absl::StrCat("location ", Printable(location.location_id()), "  ",
                   Names(location.name_en(), location.name_ar()));
  if (location.has_previous_name_en() || location.has_previous_name_ar()) {
    absl::StrAppend(
        &out, "  was ",
        Names(location.previous_name_en(), location.previous_name_ar()));
  }
  return out;
}

std::string ChangeText(const v1::InventoryChange& news, bool colours) {
  if (news.has_change()) {
    const v1::StockLevel& change = news.change();
    return absl::StrCat(Place(change), "  ", Movement(change, colours),
                        Marks(change), Time(change));
  }
  if (news.has_removed()) {
    return absl::StrCat(
        Place(news.removed().last()), "  ",
        Coloured(
            absl::StrCat("removed (", ReasonName(news.removed().reason()), ")"),
            kYellow, colours));
  }
  if (news.has_location()) return LocationText(news.location());
  return StockText(news.row());
}

}  // namespace

std::string ShortName(v1::StockState state) {
  return std::string(
      absl::StripPrefix(v1::StockState_Name(state), "STOCK_STATE_"));
}

std::string StockText(const v1::StockLevel& level) {
  return absl::StrCat(Place(level), "  ", Now(level), Marks(level),
                      Time(level));
}

std::vector<std::string> StockLines(const v1::WatchInventoryResponse& message,
                                    bool colours) {
  std::vector<std::string> lines;
  for (const v1::StockLevel& level : message.rows().levels()) {
    lines.push_back(StockText(level));
  }
  for (const v1::InventoryChange& news : message.changes().changes()) {
    lines.push_back(ChangeText(news, colours));
  }
  return lines;
}

}  // namespace qantara::tools
