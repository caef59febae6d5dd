// Whether the server tells of each line what came of it.
#ifndef TOOLS_HOSTILE_CHECK_ITEMS_H_
#define TOOLS_HOSTILE_CHECK_ITEMS_H_

#include <map>

#include "tools/hostile/end_view.h"
#include "tools/hostile/hostile_run.h"

namespace qantara::tools {

inline constexpr char kStatesSum[] = "states sum to the lines received";
inline constexpr char kImportsFinished[] = "all imports are finished";
inline constexpr char kRefusedNamed[] =
    "each invalid item is named with line and field";
inline constexpr char kStatesRight[] = "each item is in a state it may be in";

// How many items of the imports are in each state.
using ItemFigures = std::map<v1::ItemState, size_t>;

// Adds what is wrong to the findings of the run.
ItemFigures CheckItems(HostileRun& run, const EndView& view);

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_CHECK_ITEMS_H_
