// One message of an importing client, parsed without looking into its lines.
//
// The generated parser refuses a message because of one bad text in one line;
// here a line is bytes, so that it alone becomes INVALID. Wire-compatible with
// qantara.v1.ImportCatalogRequest.
#ifndef QANTARA_SERVER_CORE_IMPORT_ENVELOPE_H_
#define QANTARA_SERVER_CORE_IMPORT_ENVELOPE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "qantara/v1/catalog_service.pb.h"

namespace qantara::server {

// Lines per batch.
inline constexpr size_t kMaxBatchLines = 1000;

struct ImportEnvelope {
  enum class Kind { kHeader, kBatch, kEnd };
  Kind kind = Kind::kHeader;
  // Of a header.
  v1::ImportHeader header;
  // Of a batch; the lines are views into the parsed bytes.
  uint32_t first_line = 0;
  std::vector<absl::string_view> lines;
  // Of an end.
  uint32_t last_line = 0;
};

// Parses one message. `bytes` must outlive the lines of the result.
//
// Errors: kInvalidArgument with the field's path: MESSAGE_MALFORMED,
// INVALID_UTF8 (`header.source_name`), FIELD_REQUIRED (`kind`, `batch.lines`);
// kResourceExhausted (MESSAGE_TOO_LARGE) above kMaxBatchLines.
absl::StatusOr<ImportEnvelope> ParseImportEnvelope(absl::string_view bytes);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_IMPORT_ENVELOPE_H_
