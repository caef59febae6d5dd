// The descriptors of every service of this server, with their comments.
//
// Descriptors compiled into C++ carry no comments, so these come from a
// descriptor set that the build made with source info.
#ifndef QANTARA_SERVER_REFLECTION_DESCRIPTOR_CATALOG_H_
#define QANTARA_SERVER_REFLECTION_DESCRIPTOR_CATALOG_H_

#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace qantara::server {

// Fixed after construction. Thread-safe.
class DescriptorCatalog {
 public:
  // `descriptor_set` is a serialized google.protobuf.FileDescriptorSet.
  explicit DescriptorCatalog(absl::string_view descriptor_set);

  // The set that the build made.
  static const DescriptorCatalog& BuiltIn();

  // Full names of all services.
  const std::vector<std::string>& services() const { return services_; }

  // The file and all that it imports, serialized, the file first. Empty when
  // there is no such file.
  std::vector<std::string> FileByName(absl::string_view name) const;

  // The same for the file that declares a message, field, enumeration, value,
  // service or method, by its full name.
  std::vector<std::string> FileBySymbol(absl::string_view symbol) const;

 private:
  void AddMessage(const std::string& file, const std::string& scope,
                  const google::protobuf::DescriptorProto& message);
  void AddEnum(const std::string& file, const std::string& scope,
               const google::protobuf::EnumDescriptorProto& enumeration);
  void AddFile(const google::protobuf::FileDescriptorProto& file);

  struct File {
    std::string bytes;
    std::vector<std::string> imports;
  };
  absl::flat_hash_map<std::string, File> files_;
  absl::flat_hash_map<std::string, std::string> file_of_symbol_;
  std::vector<std::string> services_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_REFLECTION_DESCRIPTOR_CATALOG_H_
