#include "tools/cli/catalog/decoded_source.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "tools/cli/catalog/utf8.h"

namespace qantara::tools {
namespace {

constexpr absl::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr absl::string_view kUtf16LittleMark = "\xFF\xFE";
constexpr absl::string_view kUtf16BigMark = "\xFE\xFF";

class DecodedSource final : public ByteSource {
 public:
  explicit DecodedSource(std::unique_ptr<ByteSource> source)
      : source_(std::move(source)) {}

  absl::Status Read(std::string& out) override {
    out.clear();
    if (encoding_ == Encoding::kUnknown) {
      if (absl::Status status = ReadMark(); !status.ok()) return status;
    }
    if (encoding_ == Encoding::kUtf8) {
      if (pending_.empty()) return source_->Read(out);
      out.swap(pending_);
      return absl::OkStatus();
    }
    return ReadUtf16(out);
  }

 private:
  enum class Encoding { kUnknown, kUtf8, kUtf16Little, kUtf16Big };

  // Reads until the mark, if there is one, is complete, and takes it off.
  absl::Status ReadMark() {
    std::string piece;
    while (pending_.size() < kUtf8Mark.size()) {
      if (absl::Status status = source_->Read(piece); !status.ok())
        return status;
      if (piece.empty()) break;
      pending_ += piece;
    }
    encoding_ = Encoding::kUtf8;
    if (absl::StartsWith(pending_, kUtf8Mark)) {
      pending_.erase(0, kUtf8Mark.size());
    } else if (absl::StartsWith(pending_, kUtf16LittleMark)) {
      encoding_ = Encoding::kUtf16Little;
      pending_.erase(0, kUtf16LittleMark.size());
    } else if (absl::StartsWith(pending_, kUtf16BigMark)) {
      encoding_ = Encoding::kUtf16Big;
      pending_.erase(0, kUtf16BigMark.size());
    }
    return absl::OkStatus();
  }

  absl::Status ReadUtf16(std::string& out) {
    if (!failure_.ok()) return failure_;
    std::string piece;
    while (out.empty()) {
      DecodeUtf16(out);
      if (!failure_.ok()) return out.empty() ? failure_ : absl::OkStatus();
      if (!out.empty()) break;
      if (absl::Status status = source_->Read(piece); !status.ok())
        return status;
      if (piece.empty()) {
        if (pending_.empty()) break;
        return absl::InvalidArgumentError(
            "UTF-16 text ends inside a character");
      }
      pending_ += piece;
    }
    return absl::OkStatus();
  }

  // Moves whole characters from `pending_` to `out`, stopping before kReadBytes
  // is passed.
  void DecodeUtf16(std::string& out) {
    size_t at = 0;
    while (at + 2 <= pending_.size() && out.size() + 4 <= kReadBytes) {
      uint32_t code = UnitAt(at);
      size_t length = 2;
      if (code >= 0xD800 && code < 0xDC00) {
        if (at + 4 > pending_.size()) break;
        const uint32_t low = UnitAt(at + 2);
        if (low < 0xDC00 || low > 0xDFFF) return Fail(at);
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        length = 4;
      } else if (code >= 0xDC00 && code < 0xE000) {
        return Fail(at);
      }
      AppendUtf8(code, out);
      at += length;
    }
    pending_.erase(0, at);
  }

  uint32_t UnitAt(size_t at) const {
    const auto first = static_cast<unsigned char>(pending_[at]);
    const auto second = static_cast<unsigned char>(pending_[at + 1]);
    return encoding_ == Encoding::kUtf16Big ? (first << 8 | second)
                                            : (second << 8 | first);
  }

  void Fail(size_t at) {
    pending_.erase(0, at);
    failure_ = absl::InvalidArgumentError("half a UTF-16 surrogate pair");
  }

  const std::unique_ptr<ByteSource> source_;
  Encoding encoding_ = Encoding::kUnknown;
  std::string pending_;
  absl::Status failure_;
};

}  // namespace

std::unique_ptr<ByteSource> DecodeText(std::unique_ptr<ByteSource> source) {
  return std::make_unique<DecodedSource>(std::move(source));
}

}  // namespace qantara::tools
