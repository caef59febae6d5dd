#include "adapters/credentials/token_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "adapters/json/json_reader.h"
#include "rapidjson/stringbuffer.h"
#include "rapidjson/writer.h"

namespace qantara::adapters {
namespace {

constexpr size_t kMaxFileBytes = 256 << 10;
constexpr mode_t kFileMode = 0600;
constexpr mode_t kFolderMode = 0700;
constexpr char kFormat[] = "1";

absl::Status Unusable(absl::string_view path, absl::string_view why) {
  return absl::FailedPreconditionError(
      absl::StrCat("credential: file ", path, " ", why));
}

absl::Status Failed(absl::string_view path, absl::string_view step) {
  return absl::UnavailableError(absl::StrCat(
      "credential: file ", path, " cannot be ", step, ": ", strerror(errno)));
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

std::string ToJson(const StoredTokens& tokens) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  const auto member = [&writer](const char* name, const std::string& value) {
    writer.Key(name);
    writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  writer.StartObject();
  member("format", kFormat);
  member("origin", tokens.origin);
  member("refresh_token", tokens.refresh_token);
  member("access_token", tokens.access_token);
  if (tokens.expires.has_value()) {
    member("expires", absl::StrCat(absl::ToUnixSeconds(*tokens.expires)));
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::optional<StoredTokens> FromJson(absl::string_view text) {
  const absl::StatusOr<rapidjson::Document> json = ParseJson(text);
  if (!json.ok()) return std::nullopt;
  const auto member = [&json](absl::string_view name) {
    const rapidjson::Value* value = FindMember(*json, name);
    return value == nullptr ? "" : TextOf(*value).value_or("");
  };
  StoredTokens tokens;
  tokens.origin = member("origin");
  tokens.refresh_token = member("refresh_token");
  tokens.access_token = member("access_token");
  int64_t seconds = 0;
  if (absl::SimpleAtoi(member("expires"), &seconds)) {
    tokens.expires = absl::FromUnixSeconds(seconds);
  }
  if (member("format") != kFormat || tokens.refresh_token.empty() ||
      tokens.access_token.empty()) {
    return std::nullopt;
  }
  return tokens;
}

// Reads up to `limit` bytes; nothing on an error.
std::optional<std::string> ReadAll(int file, size_t limit) {
  std::string text(limit, '\0');
  size_t size = 0;
  while (size < limit) {
    const ssize_t got = read(file, &text[size], limit - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  text.resize(size);
  return text;
}

bool WriteAll(int file, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t put = write(file, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    text.remove_prefix(static_cast<size_t>(put));
  }
  return true;
}

absl::Status SyncFolder(const std::string& folder) {
  const int handle = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return Failed(folder, "opened");
  const absl::Cleanup close_folder = [handle] { close(handle); };
  return fsync(handle) == 0 ? absl::OkStatus() : Failed(folder, "synced");
}

absl::Status WriteSynced(const std::string& path, absl::string_view text) {
  const int file =
      open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
           kFileMode);
  if (file < 0) return Failed(path, "made");
  const absl::Cleanup close_file = [file] { close(file); };
  // A file that was left behind may have another mode.
  if (fchmod(file, kFileMode) != 0) return Failed(path, "made private");
  if (!WriteAll(file, text)) return Failed(path, "written");
  return fsync(file) == 0 ? absl::OkStatus() : Failed(path, "synced");
}

}  // namespace

TokenFile::TokenFile(std::string path) : path_(std::move(path)) {}

TokenFile::~TokenFile() {
  if (lock_ >= 0) close(lock_);
}

absl::StatusOr<std::optional<StoredTokens>> TokenFile::Open() {
  const std::string folder = FolderOf(path_);
  std::error_code made;  // Whether it worked shows below.
  std::filesystem::create_directories(FolderOf(folder), made);
  if (mkdir(folder.c_str(), kFolderMode) == 0) {
    const absl::Status synced = SyncFolder(FolderOf(folder));
    if (!synced.ok()) return Unusable(folder, synced.message());
  } else if (errno != EEXIST) {
    return Unusable(folder, absl::StrCat("cannot be made: ", strerror(errno)));
  }
  if (lock_ < 0) {
    const std::string name = path_ + ".lock";
    const int lock = open(name.c_str(),
                          O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kFileMode);
    if (lock < 0) {
      return Unusable(name, absl::StrCat("cannot be made: ", strerror(errno)));
    }
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
      close(lock);
      return Unusable(path_, "is in use by another process");
    }
    lock_ = lock;
  }
  const int file = open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0 && errno == ENOENT) return std::nullopt;
  if (file < 0) {
    return Unusable(path_, absl::StrCat("cannot be opened: ", strerror(errno)));
  }
  const absl::Cleanup close_file = [file] { close(file); };
  const std::optional<std::string> text = ReadAll(file, kMaxFileBytes);
  std::optional<StoredTokens> tokens;
  if (text.has_value()) tokens = FromJson(*text);
  if (!tokens.has_value()) {
    return Unusable(path_,
                    "is damaged: remove it, and put a new refresh token into "
                    "the file that the configuration names");
  }
  return tokens;
}

absl::Status TokenFile::Save(const StoredTokens& tokens) {
  const std::string temporary = path_ + ".new";
  absl::Status written = WriteSynced(temporary, ToJson(tokens));
  if (written.ok() && rename(temporary.c_str(), path_.c_str()) != 0) {
    written = Failed(path_, "replaced");
  }
  if (!written.ok()) {
    unlink(temporary.c_str());
    return written;
  }
  return SyncFolder(FolderOf(path_));
}

}  // namespace qantara::adapters
