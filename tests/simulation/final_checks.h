// What must be true of a schedule when everything has come to rest.
#ifndef QANTARA_TESTS_SIMULATION_FINAL_CHECKS_H_
#define QANTARA_TESTS_SIMULATION_FINAL_CHECKS_H_

#include "tests/simulation/stage.h"

namespace qantara::simulation {

// Adds a violation to the stage's report for each of these that is not so:
//
// - every line that was acknowledged is there, counts balance, every item is
//   final, PARKED or BLOCKED, and for a reason that the world confirms;
// - no product was created twice; a SKU stands twice only where somebody else
//   had or made it, unseen by a look that was young enough;
// - a mapped product's record exists, unless somebody deleted it, and holds the
//   SKU and the values that were accepted last;
// - an update is APPLIED, UNCHANGED or REJECTED, the latter because of its own
//   fields or because the record is gone;
// - the log folded again gives the same tables, and these keep the rules of
//   tests/domain/support/invariants.h.
void CheckEnd(Stage& stage);

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_FINAL_CHECKS_H_
