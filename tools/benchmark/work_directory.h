// A directory for one server.
#ifndef QANTARA_TOOLS_BENCHMARK_WORK_DIRECTORY_H_
#define QANTARA_TOOLS_BENCHMARK_WORK_DIRECTORY_H_

#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace qantara::tools {

// Removed with the object.
class WorkDirectory {
 public:
  // Errors: kInternal.
  static absl::StatusOr<std::unique_ptr<WorkDirectory>> Make(
      const std::string& parent) {
    std::string path = absl::StrCat(parent, "/bench-XXXXXX");
    if (mkdtemp(path.data()) == nullptr) {
      return absl::InternalError(absl::StrCat("no directory in ", parent));
    }
    return std::make_unique<WorkDirectory>(std::move(path));
  }

  explicit WorkDirectory(std::string path) : path_(std::move(path)) {}
  ~WorkDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  WorkDirectory(const WorkDirectory&) = delete;
  WorkDirectory& operator=(const WorkDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_WORK_DIRECTORY_H_
