// What a log holds, told shortly enough to be kept and compared.
#ifndef TOOLS_CRASH_LOG_CHAIN_H_
#define TOOLS_CRASH_LOG_CHAIN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "domain/ports/event_log.h"
#include "store/chain_digest.h"

namespace qantara::tools {

// One commit. Its digest covers every event up to its last position.
struct ChainLink {
  domain::Position last = 0;
  store::Digest digest = {};

  bool operator==(const ChainLink&) const = default;
};

// A whole log.
struct LogContent {
  std::vector<ChainLink> chain;
  std::vector<domain::EventRecordPtr> events;
};

// The log in `data_dir`, oldest first, each commit checked against its digest.
// Reads as a starting server does, and changes nothing on disk. A directory
// that has no log yet has no commits.
//
// Errors: kDataLoss; kUnavailable.
absl::StatusOr<LogContent> ReadLog(const std::string& data_dir);

// Whether `later` begins with all of `earlier`.
bool Continues(const std::vector<ChainLink>& earlier,
               const std::vector<ChainLink>& later);

}  // namespace qantara::tools

#endif  // TOOLS_CRASH_LOG_CHAIN_H_
