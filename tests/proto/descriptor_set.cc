#include "tests/proto/descriptor_set.h"

#include <fstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

namespace qantara::tests {

using google::protobuf::FileDescriptor;

absl::StatusOr<DescriptorSet> DescriptorSet::Read(absl::string_view path) {
  std::ifstream input{std::string(path), std::ios::binary};
  if (!input) return absl::NotFoundError(absl::StrCat("cannot open ", path));
  google::protobuf::FileDescriptorSet protos;
  if (!protos.ParseFromIstream(&input)) {
    return absl::DataLossError(absl::StrCat(path, " is no descriptor set"));
  }
  DescriptorSet set;
  for (const auto& proto : protos.file()) {
    const FileDescriptor* file = set.pool_->BuildFile(proto);
    if (file == nullptr) {
      return absl::DataLossError(
          absl::StrCat(path, ": ", proto.name(), " does not link"));
    }
    set.files_.push_back(file);
  }
  return set;
}

std::vector<const FileDescriptor*> DescriptorSet::FilesOf(
    absl::string_view package) const {
  std::vector<const FileDescriptor*> found;
  for (const FileDescriptor* file : files_) {
    if (file->package() == package ||
        absl::StartsWith(file->package(), absl::StrCat(package, "."))) {
      found.push_back(file);
    }
  }
  return found;
}

}  // namespace qantara::tests
