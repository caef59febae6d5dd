// UTF-8 as RFC 3629 defines it: no surrogates, no overlong forms, nothing above
// U+10FFFF.
#ifndef TOOLS_CLI_CATALOG_UTF8_H_
#define TOOLS_CLI_CATALOG_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::tools {

// Returns how many leading bytes of `text` are whole, valid characters;
// text.size() when all are.
size_t ValidUtf8Prefix(absl::string_view text);

// Appends one code point. It must not be a surrogate and must be at most
// 0x10FFFF.
void AppendUtf8(uint32_t code_point, std::string& out);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_UTF8_H_
