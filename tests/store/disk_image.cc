#include "tests/store/disk_image.h"

#include <cstdlib>
#include <iostream>
#include <vector>

namespace qantara::store {
namespace {

void Must(const rocksdb::Status& status) {
  if (status.ok()) return;
  std::cerr << "a file in memory: " << status.ToString() << std::endl;
  std::abort();
}

}  // namespace

std::unique_ptr<rocksdb::Env> EnvOf(const DiskImage& image) {
  std::unique_ptr<rocksdb::Env> env(
      rocksdb::NewMemEnv(rocksdb::Env::Default()));
  for (const auto& [path, bytes] : image) {
    for (size_t slash = path.find('/', 1); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      Must(env->CreateDirIfMissing(path.substr(0, slash)));
    }
    Must(rocksdb::WriteStringToFile(env.get(), bytes, path));
  }
  return env;
}

DiskImage ImageOf(rocksdb::Env& env, const std::string& directory) {
  DiskImage image;
  std::vector<std::string> names;
  Must(env.GetChildren(directory, &names));
  for (const std::string& name : names) {
    // LOCK is empty, and not a file that can be read while it is held.
    if (name == "." || name == ".." || name == "LOCK") continue;
    const std::string path = directory + "/" + name;
    // In memory everything can be listed, and only a directory has names.
    std::vector<std::string> inner;
    if (env.GetChildren(path, &inner).ok() && !inner.empty()) {
      image.merge(ImageOf(env, path));
    } else {
      Must(rocksdb::ReadFileToString(&env, path, &image[path]));
    }
  }
  return image;
}

}  // namespace qantara::store
