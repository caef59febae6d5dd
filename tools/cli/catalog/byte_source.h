// Where a catalog's bytes come from: a file, standard input, or text in memory.
#ifndef TOOLS_CLI_CATALOG_BYTE_SOURCE_H_
#define TOOLS_CLI_CATALOG_BYTE_SOURCE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace qantara::tools {

// Most bytes that one Read asks for, and so the buffer of every reader.
inline constexpr size_t kReadBytes = 64 * 1024;

// A sequence of bytes, read once from the start. Used by one thread at a time.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Replaces `out` with the next 1 to kReadBytes bytes; leaves it empty at the
  // end.
  //
  // Errors: whatever the source reports; further reads are then undefined.
  virtual absl::Status Read(std::string& out) = 0;
};

// Opens the file at `path` for reading; the caller closes the descriptor.
//
// Errors: kNotFound when it does not exist; kInvalidArgument when it is a
// directory; otherwise the system's, with the path.
absl::StatusOr<int> OpenForReading(const std::string& path);

// Returns what an open file descriptor gives from now on. It stays open and the
// caller's.
std::unique_ptr<ByteSource> ReadDescriptor(int descriptor);

// Returns the bytes of an open regular file from its start, whatever else reads
// it. It stays open and the caller's.
std::unique_ptr<ByteSource> ReadFromStart(int descriptor);

// Returns the bytes of `text`, at most `piece_bytes` at a time.
std::unique_ptr<ByteSource> ReadText(std::string text,
                                     size_t piece_bytes = kReadBytes);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_BYTE_SOURCE_H_
