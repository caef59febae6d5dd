#include "tools/benchmark/ingest_report.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace qantara::tools {
namespace {

constexpr char kRow[] = "  %-42s %10s   (%s to %s)\n";

std::string Whole(double value) { return absl::StrFormat("%.0f", value); }
std::string Tenths(double value) { return absl::StrFormat("%.1f", value); }
std::string Thousandths(double value) { return absl::StrFormat("%.3f", value); }

std::string Row(absl::string_view name, const Spread& spread,
                std::string (*text)(double)) {
  return absl::StrFormat(kRow, name, text(spread.median), text(spread.lowest),
                         text(spread.highest));
}

}  // namespace

std::string Describe(const IngestSeries& series) {
  return absl::StrCat(
      series.lines_per_message, " line(s) per message, ", series.lines,
      " lines of ", series.line_bytes / series.lines,
      " bytes on average\n lines per second\n",
      Row("discarding handler", SpreadOf(series.discard), Whole),
      Row("one put per line, one sync per 500", SpreadOf(series.put), Whole),
      Row("qantara, to the last ack", SpreadOf(series.acked), Whole),
      Row("qantara, to the last table folded", SpreadOf(series.folded), Whole),
      " ratios, each of one round\n",
      Row("put handler / discarding handler",
          RatioOf(series.put, series.discard), Thousandths),
      Row("qantara acked / discarding handler",
          RatioOf(series.acked, series.discard), Thousandths),
      Row("qantara folded / discarding handler",
          RatioOf(series.folded, series.discard), Thousandths),
      Row("qantara acked / put handler", RatioOf(series.acked, series.put),
          Thousandths),
      Row("qantara folded / put handler", series.folded_to_put(), Thousandths),
      " processor time of the server, microseconds per line\n",
      Row("discarding handler", SpreadOf(series.discard_cpu), Tenths),
      Row("one put per line, one sync per 500", SpreadOf(series.put_cpu),
          Tenths),
      Row("qantara, all of it", SpreadOf(series.cpu), Tenths),
      " most memory of the server, MiB\n",
      Row("qantara", SpreadOf(series.peak_mebibytes), Whole));
}

}  // namespace qantara::tools
