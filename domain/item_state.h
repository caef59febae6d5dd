// What the states of items mean for counting and for what may come next.
#ifndef QANTARA_DOMAIN_ITEM_STATE_H_
#define QANTARA_DOMAIN_ITEM_STATE_H_

#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// Whether nothing happens to the item any more.
bool IsFinal(v1::ItemState state);

// Whether it waits in the outbox: QUEUED or BLOCKED.
bool IsWaiting(v1::ItemState state);

// Whether it may still change its product: it waits, is under way or unknown.
bool IsOpen(v1::ItemState state);

// Whether it stays until somebody acts: final, PARKED or BLOCKED.
bool IsAtRest(v1::ItemState state);

// Number of items of the import in `state`.
uint32_t CountOf(const tables::v1::ImportRow& row, v1::ItemState state);

// Adds to the number of items in `state`.
void AddCount(v1::ItemState state, int delta, tables::v1::ImportRow* row);

// Items received minus the sum over all states; 0 unless something is lost.
int64_t BalanceOf(const tables::v1::ImportRow& row);

// Whether all lines are here and every item is at rest.
bool IsFinished(const tables::v1::ImportRow& row);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_ITEM_STATE_H_
