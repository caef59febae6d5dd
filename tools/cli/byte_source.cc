#include "tools/cli/byte_source.h"

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
  DescriptorSource(int descriptor, bool owned)
      : descriptor_(descriptor), owned_(owned) {}
  ~DescriptorSource() override {
    if (owned_) close(descriptor_);
  }
  DescriptorSource(const DescriptorSource&) = delete;
  DescriptorSource& operator=(const DescriptorSource&) = delete;

  absl::Status Read(std::string& out) override {
    out.resize(kReadBytes);
    ssize_t count;
    do {
      count = read(descriptor_, out.data(), out.size());
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
      out.clear();
      return absl::ErrnoToStatus(errno, "cannot read");
    }
    out.resize(static_cast<size_t>(count));
    return absl::OkStatus();
  }

 private:
  const int descriptor_;
  const bool owned_;
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

absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  auto source = std::make_unique<DescriptorSource>(descriptor, /*owned=*/true);
  struct stat status;
  if (fstat(descriptor, &status) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  }
  if (S_ISDIR(status.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is a directory, not a catalog file"));
  }
  return source;
}

std::unique_ptr<ByteSource> ReadDescriptor(int descriptor) {
  return std::make_unique<DescriptorSource>(descriptor, /*owned=*/false);
}

std::unique_ptr<ByteSource> ReadText(std::string text, size_t piece_bytes) {
  return std::make_unique<TextSource>(std::move(text), piece_bytes);
}

}  // namespace qantara::tools
