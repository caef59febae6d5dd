// A directory of its own for one test.
#ifndef QANTARA_TESTS_STORE_TEMPORARY_DIRECTORY_H_
#define QANTARA_TESTS_STORE_TEMPORARY_DIRECTORY_H_

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "gtest/gtest.h"

namespace qantara::store {

// Made at once, removed when destroyed.
class TemporaryDirectory {
 public:
  TemporaryDirectory() : path_(::testing::TempDir() + "/store.XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) abort();
  }

  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_TEMPORARY_DIRECTORY_H_
