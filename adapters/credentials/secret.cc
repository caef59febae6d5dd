#include "adapters/credentials/secret.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "domain/digest.h"

namespace qantara::adapters {
namespace {

// Content, and which file it was in.
struct Content {
  std::string text;
  std::string identity;
};

absl::Status Unusable(const SecretPlace& place, absl::string_view why) {
  return absl::FailedPreconditionError(
      absl::StrCat("credential: ", place.ToText(), " ", why));
}

absl::StatusOr<Content> ReadVariable(const SecretPlace& place) {
  const char* value = std::getenv(place.name.c_str());
  if (value == nullptr) return Unusable(place, "is not set");
  return Content{value, ""};
}

absl::StatusOr<Content> ReadSecretFile(const SecretPlace& place) {
  // A named pipe would block for ever.
  const int file = open(place.name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    return Unusable(place, absl::StrCat("cannot be opened: ", strerror(errno)));
  }
  const absl::Cleanup close_file = [file] { close(file); };
  struct stat info = {};
  if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
    return Unusable(place, "is not a regular file");
  }
  std::string text(kMaxCredentialBytes + 1, '\0');
  size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = read(file, &text[size], text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return Unusable(place, absl::StrCat("cannot be read: ", strerror(errno)));
    }
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  if (size > kMaxCredentialBytes) return Unusable(place, "is too large");
  text.resize(size);
  return Content{std::move(text),
                 absl::StrCat(info.st_dev, " ", info.st_ino, " ",
                              info.st_mtim.tv_sec, " ", info.st_mtim.tv_nsec)};
}

}  // namespace

std::string SecretPlace::ToText() const {
  return absl::StrCat(kind == Kind::kFile ? "file " : "environment variable ",
                      name);
}

absl::StatusOr<Secret> ReadSecret(const SecretPlace& place) {
  const absl::StatusOr<Content> read = place.kind == SecretPlace::Kind::kFile
                                           ? ReadSecretFile(place)
                                           : ReadVariable(place);
  if (!read.ok()) return read.status();
  Secret secret;
  secret.value = std::string(absl::StripAsciiWhitespace(read->text));
  if (secret.value.empty()) return Unusable(place, "is empty");
  const bool printable =
      std::all_of(secret.value.begin(), secret.value.end(), [](char c) {
        return absl::ascii_isgraph(static_cast<unsigned char>(c));
      });
  // A line break would let the secret add headers of its own.
  if (!printable) {
    return Unusable(place, "holds a space or a character that is no ASCII");
  }
  secret.version =
      absl::StrCat(read->identity, " ", domain::Digest16(secret.value));
  return secret;
}

}  // namespace qantara::adapters
