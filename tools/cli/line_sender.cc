#include "tools/cli/line_sender.h"

#include <utility>

#include "absl/status/statusor.h"
#include "tools/cli/product_fields.h"

namespace qantara::tools {
namespace {

// Gathers lines and sends them when a bound is reached.
class Batcher {
 public:
  Batcher(const BatchLimits& limits,
          const std::function<bool(const v1::ImportCatalogRequest&)>& write)
      : limits_(limits), write_(write) {}

  absl::Status Add(uint32_t number, v1::CatalogLine line) {
    const size_t bytes = line.ByteSizeLong();
    if (bytes_ > 0 && bytes_ + bytes > limits_.bytes) {
      if (absl::Status status = Flush(); !status.ok()) return status;
    }
    v1::ImportBatch& batch = *request_.mutable_batch();
    if (batch.lines().empty()) batch.set_first_line(number);
    *batch.add_lines() = std::move(line);
    bytes_ += bytes;
    if (static_cast<uint32_t>(batch.lines_size()) < limits_.lines)
      return absl::OkStatus();
    return Flush();
  }

  absl::Status Flush() {
    if (!request_.has_batch()) return absl::OkStatus();
    return Send();
  }

  absl::Status End(uint32_t last_line) {
    if (absl::Status status = Flush(); !status.ok()) return status;
    request_.mutable_end()->set_last_line(last_line);
    return Send();
  }

 private:
  absl::Status Send() {
    const bool written = write_(request_);
    request_.Clear();
    bytes_ = 0;
    return written ? absl::OkStatus()
                   : absl::UnavailableError("the stream is broken");
  }

  const BatchLimits limits_;
  const std::function<bool(const v1::ImportCatalogRequest&)>& write_;
  v1::ImportCatalogRequest request_;
  size_t bytes_ = 0;
};

}  // namespace

absl::Status SendLines(
    CatalogReader& reader, uint32_t next_line, const BatchLimits& limits,
    const std::function<bool(const v1::ImportCatalogRequest&)>& write) {
  Batcher batcher(limits, write);
  CatalogRecord record;
  uint32_t last_line = 0;
  while (true) {
    const absl::StatusOr<bool> more = reader.Next(record);
    if (!more.ok()) return more.status();
    if (!*more) return batcher.End(last_line);
    last_line = record.line;
    if (record.line < next_line) continue;
    absl::StatusOr<v1::CatalogLine> line = ToCatalogLine(record);
    if (!line.ok()) return line.status();
    absl::Status status = batcher.Add(record.line, *std::move(line));
    if (!status.ok()) return status;
  }
}

}  // namespace qantara::tools
