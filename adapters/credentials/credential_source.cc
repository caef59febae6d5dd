#include "adapters/credentials/credential_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace qantara::adapters {
namespace {

absl::Status Unusable(absl::string_view what, absl::string_view why) {
  return absl::FailedPreconditionError(
      absl::StrCat("credential: ", what, " ", why));
}

absl::StatusOr<std::string> ReadVariable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) {
    return Unusable(absl::StrCat("environment variable ", name), "is not set");
  }
  return std::string(value);
}

absl::StatusOr<std::string> ReadSecretFile(const std::string& path) {
  const std::string what = absl::StrCat("file ", path);
  // A named pipe would block for ever.
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    return Unusable(what, absl::StrCat("cannot be opened: ", strerror(errno)));
  }
  const absl::Cleanup close_file = [file] { close(file); };
  struct stat info = {};
  if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
    return Unusable(what, "is not a regular file");
  }
  std::string content(kMaxCredentialBytes + 1, '\0');
  size_t size = 0;
  while (size < content.size()) {
    const ssize_t got = read(file, &content[size], content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return Unusable(what, absl::StrCat("cannot be read: ", strerror(errno)));
    }
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  if (size > kMaxCredentialBytes) return Unusable(what, "is too large");
  content.resize(size);
  return content;
}

Credential InForm(const std::string& secret, CredentialOptions::Form form) {
  switch (form) {
    case CredentialOptions::Form::kAuthorizationRaw:
      return {"Authorization", secret, secret};
    case CredentialOptions::Form::kBearer:
      return {"Authorization", absl::StrCat("Bearer ", secret), secret};
    case CredentialOptions::Form::kApiKey:
      break;
  }
  return {"API-KEY", secret, secret};
}

}  // namespace

CredentialSource::CredentialSource(CredentialOptions options)
    : options_(std::move(options)) {}

absl::StatusOr<Credential> CredentialSource::Current() const {
  const bool is_file = options_.place == CredentialOptions::Place::kFile;
  const absl::StatusOr<std::string> read =
      is_file ? ReadSecretFile(options_.name) : ReadVariable(options_.name);
  if (!read.ok()) return read.status();
  const std::string what =
      absl::StrCat(is_file ? "file " : "environment variable ", options_.name);
  const std::string secret(absl::StripAsciiWhitespace(*read));
  if (secret.empty()) return Unusable(what, "is empty");
  const bool printable = std::all_of(secret.begin(), secret.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c));
  });
  // A line break would let the secret add headers of its own.
  if (!printable) {
    return Unusable(what, "holds a space or a character that is no ASCII");
  }
  return InForm(secret, options_.form);
}

}  // namespace qantara::adapters
