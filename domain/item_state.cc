#include "domain/item_state.h"

namespace qantara::domain {

bool IsFinal(v1::ItemState state) {
  switch (state) {
    case v1::ITEM_STATE_INVALID:
    case v1::ITEM_STATE_CREATED:
    case v1::ITEM_STATE_LINKED:
    case v1::ITEM_STATE_UPDATED:
    case v1::ITEM_STATE_UNCHANGED:
    case v1::ITEM_STATE_REJECTED:
    case v1::ITEM_STATE_CANCELLED:
      return true;
    default:
      return false;
  }
}

bool IsWaiting(v1::ItemState state) {
  return state == v1::ITEM_STATE_QUEUED || state == v1::ITEM_STATE_BLOCKED;
}

bool IsOpen(v1::ItemState state) {
  return IsWaiting(state) || state == v1::ITEM_STATE_IN_FLIGHT ||
         state == v1::ITEM_STATE_UNKNOWN;
}

bool IsAtRest(v1::ItemState state) {
  return IsFinal(state) || state == v1::ITEM_STATE_PARKED ||
         state == v1::ITEM_STATE_BLOCKED;
}

uint32_t CountOf(const tables::v1::ImportRow& row, v1::ItemState state) {
  const int index = static_cast<int>(state) - 1;
  return index >= 0 && index < row.counts_size() ? row.counts(index) : 0;
}

void AddCount(v1::ItemState state, int delta, tables::v1::ImportRow* row) {
  const int index = static_cast<int>(state) - 1;
  while (row->counts_size() <= index) row->add_counts(0);
  row->set_counts(index, row->counts(index) + delta);
}

int64_t BalanceOf(const tables::v1::ImportRow& row) {
  int64_t balance = row.received_lines();
  for (const uint32_t count : row.counts()) balance -= count;
  return balance;
}

bool IsFinished(const tables::v1::ImportRow& row) {
  if (!row.ended() || BalanceOf(row) != 0) return false;
  for (int i = 0; i < row.counts_size(); ++i) {
    if (row.counts(i) > 0 && !IsAtRest(static_cast<v1::ItemState>(i + 1))) {
      return false;
    }
  }
  return true;
}

}  // namespace qantara::domain
