#include "tools/cli/catalog/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace qantara::tools {
namespace {

class DescriptorSource final : public ByteSource {
 public:
  DescriptorSource(int descriptor, bool from_start)
      : descriptor_(descriptor), from_start_(from_start) {}

  absl::Status Read(std::string& out) override {
    out.resize(kReadBytes);
    ssize_t count;
    do {
      count = from_start_ ? pread(descriptor_, out.data(), out.size(), offset_)
                          : read(descriptor_, out.data(), out.size());
    } while (count < 0 && errno == EINTR);
    const int error = errno;
    out.resize(count < 0 ? 0 : static_cast<size_t>(count));
    if (count < 0) return absl::ErrnoToStatus(error, "cannot read");
    offset_ += count;
    return absl::OkStatus();
  }

 private:
  const int descriptor_;
  const bool from_start_;
  off_t offset_ = 0;
};

class TextSource final : public ByteSource {
 public:
  TextSource(std::string text, size_t piece_bytes)
      : text_(std::move(text)), piece_bytes_(piece_bytes) {}

  absl::Status Read(std::string& out) override {
    out = text_.substr(at_, std::min(piece_bytes_, kReadBytes));
    at_ += out.size();
    return absl::OkStatus();
  }

 private:
  const std::string text_;
  const size_t piece_bytes_;
  size_t at_ = 0;
};

}  // namespace

absl::StatusOr<int> OpenForReading(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  struct stat status;
  if (fstat(descriptor, &status) == 0 && !S_ISDIR(status.st_mode))
    return descriptor;
  close(descriptor);
  return absl::InvalidArgumentError(
      absl::StrCat(path, " is a directory, not a file"));
}

std::unique_ptr<ByteSource> ReadDescriptor(int descriptor) {
  return std::make_unique<DescriptorSource>(descriptor, /*from_start=*/false);
}

std::unique_ptr<ByteSource> ReadFromStart(int descriptor) {
  return std::make_unique<DescriptorSource>(descriptor, /*from_start=*/true);
}

std::unique_ptr<ByteSource> ReadText(std::string text, size_t piece_bytes) {
  return std::make_unique<TextSource>(std::move(text), piece_bytes);
}

}  // namespace qantara::tools
