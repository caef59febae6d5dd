// Texts inside the bytes of a message that its parser refuses.
#ifndef QANTARA_DOMAIN_WIRE_TEXT_H_
#define QANTARA_DOMAIN_WIRE_TEXT_H_

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace qantara::domain {

// Most paths that ReplaceInvalidText returns.
inline constexpr size_t kMaxInvalidTexts = 100;

// Overwrites every text that is not valid UTF-8 with question marks of the same
// length, so that the parser accepts the rest, and returns their paths, such as
// `product.name_ar` or `product.qwoty.catalog_ids[2]`, each once. Reading stops
// where the bytes make no sense; `type` must not contain itself.
std::vector<std::string> ReplaceInvalidText(
    const google::protobuf::Descriptor& type, std::string* bytes);

// Returns the text that `numbers` lead to, a chain of field numbers; the last
// one where there are several, as the parser would. Empty where it is absent,
// not whole, or not valid UTF-8. Refers into `bytes`.
absl::string_view FindText(absl::string_view bytes,
                           absl::Span<const int> numbers);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_WIRE_TEXT_H_
