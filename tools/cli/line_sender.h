// The client's half of ImportCatalog: records as batches, then the end.
#ifndef TOOLS_CLI_LINE_SENDER_H_
#define TOOLS_CLI_LINE_SENDER_H_

#include <cstddef>
#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "qantara/v1/catalog_service.pb.h"
#include "tools/cli/catalog/catalog_reader.h"

namespace qantara::tools {

// Bounds of one batch. A record over `bytes` travels alone.
struct BatchLimits {
  uint32_t lines = 100;
  size_t bytes = 1024 * 1024;
};

// Most lines that the server takes in one batch.
inline constexpr uint32_t kMaxBatchLines = 1000;

// Sends the records from line `next_line` on, then the end. `write` blocks
// while the server does not read, and returns false when the stream is broken:
// then the rest is not sent and the result is kUnavailable.
//
// Errors: also as CatalogReader::Next and ToCatalogLine.
absl::Status SendLines(
    CatalogReader& reader, uint32_t next_line, const BatchLimits& limits,
    const std::function<bool(const v1::ImportCatalogRequest&)>& write);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_LINE_SENDER_H_
