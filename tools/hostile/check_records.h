// Whether the provider holds what was asked for: each product once, with the
// values of its last accepted update.
#ifndef TOOLS_HOSTILE_CHECK_RECORDS_H_
#define TOOLS_HOSTILE_CHECK_RECORDS_H_

#include "tools/hostile/end_view.h"
#include "tools/hostile/hostile_run.h"

namespace qantara::tools {

inline constexpr char kNoneLost[] = "no product is lost";
inline constexpr char kOnce[] = "each SKU is there as often as it must be";
inline constexpr char kValues[] = "values are those of the last update";
inline constexpr char kMapped[] = "each product is mapped to its record";
inline constexpr char kDuplicatesTold[] = "each duplicate is reported";
inline constexpr char kNoBlindRepeat[] = "nothing was sent twice unread";

// What the records are, beyond the findings.
struct RecordFigures {
  size_t records = 0;
  // Made by hand, and then ours too.
  size_t doubled_by_hand = 0;
  // Applied after they were believed to be absent.
  size_t doubled_by_lateness = 0;
  // Of both, those that the server named by itself, and by VerifyImport.
  size_t told_by_server = 0;
  size_t told_by_verification = 0;
};

// Adds what is wrong to the findings of the run.
RecordFigures CheckRecords(HostileRun& run, const EndView& view);

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_CHECK_RECORDS_H_
