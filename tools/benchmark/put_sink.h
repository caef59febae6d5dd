// One RocksDB put per line, by line number, and one synced write per 500 lines:
// what a handler does at least that must not lose a line.
#ifndef QANTARA_TOOLS_BENCHMARK_PUT_SINK_H_
#define QANTARA_TOOLS_BENCHMARK_PUT_SINK_H_

#include <cstdint>
#include <string>

#include "rocksdb/db.h"
#include "rocksdb/write_batch.h"
#include "tools/benchmark/peer_service.h"

namespace qantara::tools {

class PutSink final : public LineSink {
 public:
  // Lines of one synced write.
  static constexpr uint32_t kSyncEvery = 500;

  // `database` must outlive it.
  explicit PutSink(rocksdb::DB& database) : database_(database) {}

  absl::StatusOr<uint32_t> Take(const v1::ImportBatch& batch) override;
  absl::StatusOr<uint32_t> End() override;

 private:
  absl::Status Sync();

  rocksdb::DB& database_;
  rocksdb::WriteBatch waiting_;
  std::string value_;
  uint32_t last_line_ = 0;
  uint32_t synced_line_ = 0;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_PUT_SINK_H_
