#include "tests/process/support/temporary_directory.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "tests/process/support/must.h"

namespace qantara::process {
namespace {

std::string Parent() {
  for (const char* name : {"TEST_TMPDIR", "TMPDIR"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return "/tmp";
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() : path_(Parent() + "/process.XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) {
    Must(absl::ErrnoToStatus(errno, "mkdtemp"));
  }
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryDirectory::Write(absl::string_view name,
                                      absl::string_view content) const {
  std::string path = absl::StrCat(path_, "/", name);
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  if (!file) Must(absl::UnavailableError(absl::StrCat("cannot write ", path)));
  return path;
}

std::string TemporaryDirectory::Replace(absl::string_view name,
                                        absl::string_view content) const {
  const std::string path = absl::StrCat(path_, "/", name);
  std::filesystem::rename(Write(absl::StrCat(name, ".new"), content), path);
  return path;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace qantara::process
