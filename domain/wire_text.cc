#include "domain/wire_text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>

#include "absl/strings/str_cat.h"
#include "domain/utf8.h"

namespace qantara::domain {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kMaxVarintBytes = 10;

// A field that is prefixed with its length. Where the bytes end before it does,
// `content` is what there is of it, and it is not whole.
struct WireField {
  int number = 0;
  absl::string_view content;
  bool whole = true;
};

std::optional<uint64_t> TakeVarint(absl::string_view* bytes) {
  uint64_t value = 0;
  for (int i = 0; i < kMaxVarintBytes && !bytes->empty(); ++i) {
    const auto byte = static_cast<uint8_t>(bytes->front());
    bytes->remove_prefix(1);
    value |= uint64_t{byte & 0x7fU} << (7 * i);
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

bool Skip(absl::string_view* bytes, uint64_t count) {
  if (bytes->size() < count) return false;
  bytes->remove_prefix(count);
  return true;
}

// Takes fields up to the next one with a length; nothing at the end or where
// the bytes make no sense. Groups, which no message of ours has, make none.
std::optional<WireField> TakeField(absl::string_view* bytes) {
  while (!bytes->empty()) {
    const std::optional<uint64_t> tag = TakeVarint(bytes);
    if (!tag.has_value() || *tag > UINT32_MAX) return std::nullopt;
    bool skipped = false;
    switch (*tag & 7) {
      case 0:
        skipped = TakeVarint(bytes).has_value();
        break;
      case 1:
        skipped = Skip(bytes, 8);
        break;
      case 5:
        skipped = Skip(bytes, 4);
        break;
      case 2: {
        const std::optional<uint64_t> size = TakeVarint(bytes);
        if (!size.has_value()) return std::nullopt;
        const size_t held = std::min<uint64_t>(*size, bytes->size());
        WireField field{static_cast<int>(*tag >> 3), bytes->substr(0, held),
                        held == *size};
        bytes->remove_prefix(held);
        return field;
      }
      default:
        break;
    }
    if (!skipped) return std::nullopt;
  }
  return std::nullopt;
}

// Overwrites invalid texts of one message, in place.
class TextReplacement {
 public:
  void Visit(const Descriptor& type, absl::string_view bytes,
             const std::string& prefix) {
    // How often each field was seen, to number the entries of lists.
    std::vector<int> counts(type.field_count(), 0);
    while (const std::optional<WireField> field = TakeField(&bytes)) {
      const FieldDescriptor* known = type.FindFieldByNumber(field->number);
      if (known == nullptr) continue;
      const bool is_text = known->type() == FieldDescriptor::TYPE_STRING;
      const bool is_message = known->type() == FieldDescriptor::TYPE_MESSAGE;
      if (!is_message && (!is_text || IsValidUtf8(field->content))) {
        ++counts[known->index()];
        continue;
      }
      std::string path = absl::StrCat(prefix, known->name());
      if (known->is_repeated()) {
        absl::StrAppend(&path, "[", counts[known->index()]++, "]");
      }
      if (is_message) {
        Visit(*known->message_type(), field->content, path + ".");
      } else {
        Replace(field->content, std::move(path));
      }
    }
  }

  std::vector<std::string> Take() && { return std::move(paths_); }

 private:
  void Replace(absl::string_view text, std::string path) {
    // Refers into the caller's string, which may be written to.
    std::memset(const_cast<char*>(text.data()), '?', text.size());
    const bool known =
        std::find(paths_.begin(), paths_.end(), path) != paths_.end();
    if (!known && paths_.size() < kMaxInvalidTexts) {
      paths_.push_back(std::move(path));
    }
  }

  std::vector<std::string> paths_;
};

}  // namespace

std::vector<std::string> ReplaceInvalidText(const Descriptor& type,
                                            std::string* bytes) {
  TextReplacement replacement;
  replacement.Visit(type, absl::string_view(bytes->data(), bytes->size()), "");
  return std::move(replacement).Take();
}

absl::string_view FindText(absl::string_view bytes,
                           absl::Span<const int> numbers) {
  const bool leaf = numbers.size() == 1;
  absl::string_view found;
  while (const std::optional<WireField> field = TakeField(&bytes)) {
    if (field->number != numbers.front()) continue;
    if (leaf) {
      const bool readable = field->whole && IsValidUtf8(field->content);
      found = readable ? field->content : absl::string_view();
    } else {
      const absl::string_view inner =
          FindText(field->content, numbers.subspan(1));
      if (!inner.empty()) found = inner;
    }
  }
  return found;
}

}  // namespace qantara::domain
