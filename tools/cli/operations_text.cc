#include "tools/cli/operations_text.h"

#include <google/protobuf/util/time_util.h>

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "tools/cli/import_report.h"
#include "tools/cli/parked_key.h"
#include "tools/cli/printable.h"
#include "tools/cli/progress_view.h"

namespace qantara::tools {
namespace {

using google::protobuf::util::TimeUtil;

constexpr int kItemsShown = 3;

std::string StateName(v1::ConnectionState state) {
  return std::string(
      absl::StripPrefix(v1::ConnectionState_Name(state), "CONNECTION_STATE_"));
}

std::string Seconds(const google::protobuf::Duration& duration) {
  return absl::StrCat(TimeUtil::DurationToSeconds(duration), " s");
}

void AddLine(absl::string_view name, const std::string& value,
             std::string* out) {
  absl::StrAppendFormat(out, "  %-9s %s\n", name, value);
}

}  // namespace

std::string StatusText(const v1::ConnectionStatus& status) {
  std::string out = absl::StrCat(Printable(status.connection()), "  ",
                                 StateName(status.state()), "\n");
  if (!status.detail().empty()) {
    absl::StrAppend(&out, "  ", Printable(status.detail()), "\n");
  }
  if (!status.pause_note().empty()) {
    AddLine("note", Printable(status.pause_note()), &out);
  }
  AddLine("items", CountsText(status.items()), &out);
  if (status.balance() != 0) {
    AddLine("BALANCE",
            absl::StrCat(status.balance(), " items are not accounted for"),
            &out);
  }
  AddLine("updates",
          absl::StrCat(Grouped(status.open_updates()), " open, ",
                       Grouped(status.parked_updates()), " parked"),
          &out);
  AddLine("unknown",
          absl::StrCat(status.unknown_requests(), " requests",
                       status.has_oldest_unknown_age()
                           ? absl::StrCat(", the oldest for ",
                                          Seconds(status.oldest_unknown_age()))
                           : ""),
          &out);
  AddLine("rate",
          absl::StrCat(std::lround(status.requests_per_minute()),
                       " requests a minute"),
          &out);
  AddLine("sweep",
          status.has_last_sweep_time()
              ? TimeUtil::ToString(status.last_sweep_time())
              : "none since the server started",
          &out);
  return out;
}

std::string GroupText(const v1::ParkedGroup& group) {
  return absl::StrFormat("%-24s %12s items %12s updates",
                         ShortName(group.reason()), Grouped(group.items()),
                         Grouped(group.updates()));
}

std::string ParkedText(const v1::ParkedEntry& entry) {
  std::string out = absl::StrFormat(
      "%-20s %s  sku \"%s\"", ShortName(entry.reason()),
      Printable(ParkedKeyText(entry.key())), Printable(entry.sku()));
  for (const std::string& id : entry.remote_ids()) {
    absl::StrAppend(&out, "  remote id ", Printable(id));
  }
  for (const v1::ItemProblem& problem : entry.problems()) {
    absl::StrAppend(&out, "\n    ", Printable(problem.field()),
                    problem.field().empty() ? "" : ": ",
                    Printable(problem.message()));
  }
  if (entry.has_exchange()) {
    const v1::ProviderExchange& exchange = entry.exchange();
    absl::StrAppend(&out, "\n    ", Printable(exchange.request()), " -> ",
                    exchange.http_status(), " ",
                    Printable(exchange.answer_body()));
  }
  return out;
}

std::string UnknownText(const v1::UnknownRequest& request) {
  std::string out = absl::StrFormat(
      "%8s  %s  %s items", Seconds(request.age()),
      request.is_update()
          ? absl::StrCat("update of record ", Printable(request.remote_id()))
          : std::string("create"),
      Grouped(request.item_count()));
  int shown = 0;
  for (const v1::UnknownItem& item : request.items()) {
    if (shown++ == kItemsShown) {
      absl::StrAppend(&out, "  ...");
      break;
    }
    absl::StrAppend(&out, "  sku \"", Printable(item.sku()), "\"");
  }
  return out;
}

}  // namespace qantara::tools
