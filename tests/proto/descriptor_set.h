// The project's own protos, as compiled by protoc with their comments.
#ifndef QANTARA_TESTS_PROTO_DESCRIPTOR_SET_H_
#define QANTARA_TESTS_PROTO_DESCRIPTOR_SET_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace qantara::tests {

// Protos with source info. The files live as long as the set.
class DescriptorSet {
 public:
  // Reads a FileDescriptorSet that contains every import.
  //
  // Errors: kNotFound when the file cannot be opened; kDataLoss when it is no
  // descriptor set or a file of it does not link.
  static absl::StatusOr<DescriptorSet> Read(absl::string_view path);

  // The files whose package is `package` or below it, in the set's order.
  std::vector<const google::protobuf::FileDescriptor*> FilesOf(
      absl::string_view package) const;

 private:
  DescriptorSet()
      : pool_(std::make_unique<google::protobuf::DescriptorPool>()) {}

  std::unique_ptr<google::protobuf::DescriptorPool> pool_;
  std::vector<const google::protobuf::FileDescriptor*> files_;
};

}  // namespace qantara::tests

#endif  // QANTARA_TESTS_PROTO_DESCRIPTOR_SET_H_
