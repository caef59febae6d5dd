// Byte order marks and UTF-16, so that everything behind sees UTF-8 only.
#ifndef TOOLS_CLI_CATALOG_DECODED_SOURCE_H_
#define TOOLS_CLI_CATALOG_DECODED_SOURCE_H_

#include <memory>

#include "tools/cli/catalog/byte_source.h"

namespace qantara::tools {

// Returns `source` without its byte order mark. What starts with a UTF-16 mark
// (either order) is turned into UTF-8; anything else passes unchanged and
// unchecked.
//
// Read errors beside the source's own: kInvalidArgument for UTF-16 that ends
// inside a character or holds half a surrogate pair; all text before it was
// returned by earlier reads.
std::unique_ptr<ByteSource> DecodeText(std::unique_ptr<ByteSource> source);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_DECODED_SOURCE_H_
