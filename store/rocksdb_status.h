// RocksDB's statuses as ours.
#ifndef QANTARA_STORE_ROCKSDB_STATUS_H_
#define QANTARA_STORE_ROCKSDB_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rocksdb/slice.h"
#include "rocksdb/status.h"

namespace qantara::store {

// Returns OK, kDataLoss (LOG_DAMAGED) for bytes that cannot be read back, and
// kUnavailable (LOG_UNAVAILABLE) for everything else; `doing` begins the
// message. "Not found" is an answer: ask for it before.
absl::Status ToStatus(const rocksdb::Status& status, absl::string_view doing);

inline rocksdb::Slice ToSlice(absl::string_view text) {
  return rocksdb::Slice(text.data(), text.size());
}

inline absl::string_view ToView(const rocksdb::Slice& slice) {
  return absl::string_view(slice.data(), slice.size());
}

}  // namespace qantara::store

#endif  // QANTARA_STORE_ROCKSDB_STATUS_H_
