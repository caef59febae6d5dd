// Reads of a watch's message only what a measurement counts, without decoding
// it: the load generator shares the machine with the servers.
#ifndef QANTARA_TOOLS_BENCHMARK_WATCH_MESSAGE_SCAN_H_
#define QANTARA_TOOLS_BENCHMARK_WATCH_MESSAGE_SCAN_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"

namespace qantara::tools {

// What one message tells.
struct MessageScan {
  // From here on nothing is missing: `caught_up`, or etcd's `created`.
  bool ready = false;
  // The server asks to begin anew, or ended the watch.
  bool over = false;
  bool fell_behind = false;
  // Of figures; what is told of locations does not count.
  uint32_t changes = 0;
  // Position of the changes; of etcd's the revision of the last one.
  uint64_t position = 0;
  // Positions of the changes where they may differ, one by one; empty: all
  // have `position`.
  std::vector<uint64_t> positions;
};

// Whether the positions of single changes are wanted too: that costs more.
enum class ScanDepth { kCounts, kPositions };

// Of a WatchInventoryResponse. Nothing: it is none.
std::optional<MessageScan> ScanInventory(absl::string_view bytes, ScanDepth);

// Of etcd's WatchResponse. Nothing: it is none.
std::optional<MessageScan> ScanEtcd(absl::string_view bytes, ScanDepth depth);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WATCH_MESSAGE_SCAN_H_
