// Keeps nothing and acknowledges once, at the end: the cost of the stream
// itself.
#ifndef QANTARA_TOOLS_BENCHMARK_DISCARD_SINK_H_
#define QANTARA_TOOLS_BENCHMARK_DISCARD_SINK_H_

#include "tools/benchmark/peer_service.h"

namespace qantara::tools {

class DiscardSink final : public LineSink {
 public:
  absl::StatusOr<uint32_t> Take(const v1::ImportBatch& batch) override {
    last_line_ += static_cast<uint32_t>(batch.lines_size());
    return 0;
  }

  absl::StatusOr<uint32_t> End() override { return last_line_; }

 private:
  uint32_t last_line_ = 0;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_DISCARD_SINK_H_
