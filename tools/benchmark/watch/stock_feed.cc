#include "tools/benchmark/watch/stock_feed.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

namespace qantara::tools {
namespace {

constexpr uint64_t kFirstRemoteId = 100'000;
// Long enough for about 200 bytes per change as a watcher gets it.
constexpr char kLocation[] = "3";
constexpr char kLocationEn[] = "Central Warehouse Riyadh, hall 4";
constexpr char kLocationAr[] = "المستودع المركزي بالرياض";

}  // namespace

domain::RecordStock MakeStock(const std::string& connection, uint64_t first,
                              uint32_t changes, uint32_t figures) {
  domain::RecordStock command;
  command.connection = connection;
  command.observe_time = absl::Now();
  command.products.reserve(changes);
  for (uint64_t number = first; number < first + changes; ++number) {
    const uint64_t product = number % figures;
    v1::RemoteProduct& record = command.products.emplace_back();
    record.set_id(absl::StrCat(kFirstRemoteId + product));
    record.set_sku(absl::StrFormat(
        "BENCH-COLLECTION-%06d-BLUE-XL-COTTON-LONG-SLEEVES-2026", product));
    record.set_category_id("7");
    record.set_track_quantity(true);
    record.set_stock_told(true);
    v1::LocationStock& stock = *record.add_stock();
    stock.set_location_id(kLocation);
    stock.set_name_en(kLocationEn);
    stock.set_name_ar(kLocationAr);
    stock.set_quantity(absl::StrCat(number));
  }
  return command;
}

absl::StatusOr<FeedRun> StockFeed::Run(const FeedOrder& order) {
  const auto write = [&](uint64_t first, uint32_t changes, CommitDone done) {
    using Executed = server::ExecutedOf<domain::RecordStock>;
    bus_.Submit(MakeStock(connection_, first, changes, order.figures),
                [done = std::move(done)](const Executed& executed) {
                  if (!executed.ok()) return done(executed.status());
                  done(executed->position);
                });
  };
  auto run = RunFeed(order, next_, write);
  // Of a run that failed some changes may be there: their numbers are not used
  // again.
  next_ += order.max_changes;
  return run;
}

}  // namespace qantara::tools
