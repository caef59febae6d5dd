#include "tools/benchmark/put_sink.h"

#include "domain/status_macros.h"
#include "store/big_endian.h"

namespace qantara::tools {
namespace {

absl::Status ToStatus(const rocksdb::Status& status) {
  if (status.ok()) return absl::OkStatus();
  return absl::InternalError(status.ToString());
}

}  // namespace

absl::StatusOr<uint32_t> PutSink::Take(const v1::ImportBatch& batch) {
  for (const v1::CatalogLine& line : batch.lines()) {
    line.SerializeToString(&value_);
    QANTARA_RETURN_IF_ERROR(
        ToStatus(waiting_.Put(store::NumberBytes(++last_line_), value_)));
    if (last_line_ - synced_line_ >= kSyncEvery) {
      QANTARA_RETURN_IF_ERROR(Sync());
    }
  }
  return synced_line_;
}

absl::StatusOr<uint32_t> PutSink::End() {
  QANTARA_RETURN_IF_ERROR(Sync());
  return synced_line_;
}

absl::Status PutSink::Sync() {
  rocksdb::WriteOptions options;
  options.sync = true;
  QANTARA_RETURN_IF_ERROR(ToStatus(database_.Write(options, &waiting_)));
  waiting_.Clear();
  synced_line_ = last_line_;
  return absl::OkStatus();
}

}  // namespace qantara::tools
