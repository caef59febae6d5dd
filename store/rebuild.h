// Proves that the tables are what the log adds up to.
#ifndef QANTARA_STORE_REBUILD_H_
#define QANTARA_STORE_REBUILD_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "domain/ports/event_log.h"
#include "domain/ports/tables.h"
#include "store/catch_up.h"

namespace qantara::store {

// A row that is not the same in both tables.
struct RowDifference {
  enum class Kind {
    kMissing,  // The log gives it, the present tables lack it.
    kExtra,    // The present tables have it, the log does not give it.
    kOther,    // The values differ.
  };

  domain::Table table;
  std::string key;
  Kind kind;

  bool operator==(const RowDifference&) const = default;
};

struct RebuildReport {
  // Position that both sides reflect.
  domain::Position position = 0;
  // Rows that the log gives.
  uint64_t rows = 0;
  // Rows that differ, and the first of them.
  uint64_t difference_count = 0;
  std::vector<RowDifference> differences;
};

// Folds the log from its start into `fresh`, which must be empty, up to the
// position of `present`, and compares both key by key and value by value.
// Reports at most `most_differences` of the differences. `present` may change
// meanwhile.
//
// Errors: kInvalidArgument when `fresh` is not empty; kFailedPrecondition when
// `present` reflects more than the log holds, or so little that a later cut may
// have taken what it rests on; those of CatchUp; those of TableSnapshot::Scan.
absl::StatusOr<RebuildReport> CompareRebuild(const domain::EventLog& log,
                                             const domain::TableStore& present,
                                             domain::TableStore& fresh,
                                             const Fold& fold,
                                             size_t most_differences);

}  // namespace qantara::store

#endif  // QANTARA_STORE_REBUILD_H_
