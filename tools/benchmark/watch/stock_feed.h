// The poller's part while watches of stock are measured: products as a page of
// the provider would show them, each with a figure that moved.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_STOCK_FEED_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_STOCK_FEED_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "domain/commands.h"
#include "server/core/command_bus.h"
#include "tools/benchmark/watch/feed.h"

namespace qantara::tools {

// A command with `changes` products; the quantity of each is the number of its
// change, from `first` on, so every figure differs from what it was. Product N
// modulo `figures` changes with the change of number N.
domain::RecordStock MakeStock(const std::string& connection, uint64_t first,
                              uint32_t changes, uint32_t figures);

// One thread at a time. `bus` must outlive it.
class StockFeed {
 public:
  StockFeed(server::CommandBus& bus, std::string connection)
      : bus_(bus), connection_(std::move(connection)) {}

  // Errors: those of the writer.
  absl::StatusOr<FeedRun> Run(const FeedOrder& order);

 private:
  server::CommandBus& bus_;
  const std::string connection_;
  // Numbers go on from run to run.
  uint64_t next_ = 1;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_STOCK_FEED_H_
