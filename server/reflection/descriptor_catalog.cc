#include "server/reflection/descriptor_catalog.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "server/reflection/descriptor_bytes.h"

namespace qantara::server {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FileDescriptorProto;

std::string Joined(const std::string& scope, const std::string& name) {
  return scope.empty() ? name : absl::StrCat(scope, ".", name);
}

}  // namespace

DescriptorCatalog::DescriptorCatalog(absl::string_view descriptor_set) {
  google::protobuf::FileDescriptorSet set;
  if (!set.ParseFromArray(descriptor_set.data(),
                          static_cast<int>(descriptor_set.size()))) {
    return;
  }
  for (const FileDescriptorProto& file : set.file()) AddFile(file);
  std::sort(services_.begin(), services_.end());
}

const DescriptorCatalog& DescriptorCatalog::BuiltIn() {
  static const auto* const catalog = new DescriptorCatalog(DescriptorBytes());
  return *catalog;
}

void DescriptorCatalog::AddFile(const FileDescriptorProto& file) {
  File& entry = files_[file.name()];
  entry.bytes = file.SerializeAsString();
  entry.imports.assign(file.dependency().begin(), file.dependency().end());
  for (const DescriptorProto& message : file.message_type()) {
    AddMessage(file.name(), file.package(), message);
  }
  for (const EnumDescriptorProto& enumeration : file.enum_type()) {
    AddEnum(file.name(), file.package(), enumeration);
  }
  for (const auto& service : file.service()) {
    const std::string name = Joined(file.package(), service.name());
    services_.push_back(name);
    file_of_symbol_[name] = file.name();
    for (const auto& method : service.method()) {
      file_of_symbol_[Joined(name, method.name())] = file.name();
    }
  }
}

void DescriptorCatalog::AddMessage(const std::string& file,
                                   const std::string& scope,
                                   const DescriptorProto& message) {
  const std::string name = Joined(scope, message.name());
  file_of_symbol_[name] = file;
  for (const auto& field : message.field()) {
    file_of_symbol_[Joined(name, field.name())] = file;
  }
  for (const auto& oneof : message.oneof_decl()) {
    file_of_symbol_[Joined(name, oneof.name())] = file;
  }
  for (const DescriptorProto& nested : message.nested_type()) {
    AddMessage(file, name, nested);
  }
  for (const EnumDescriptorProto& enumeration : message.enum_type()) {
    AddEnum(file, name, enumeration);
  }
}

void DescriptorCatalog::AddEnum(const std::string& file,
                                const std::string& scope,
                                const EnumDescriptorProto& enumeration) {
  file_of_symbol_[Joined(scope, enumeration.name())] = file;
  // Values live beside their enumeration, as in C++.
  for (const auto& value : enumeration.value()) {
    file_of_symbol_[Joined(scope, value.name())] = file;
  }
}

std::vector<std::string> DescriptorCatalog::FileByName(
    absl::string_view name) const {
  std::vector<std::string> all;
  std::vector<std::string> waiting = {std::string(name)};
  absl::flat_hash_set<std::string> seen;
  while (!waiting.empty()) {
    const std::string next = std::move(waiting.back());
    waiting.pop_back();
    const auto found = files_.find(next);
    if (found == files_.end() || !seen.insert(next).second) continue;
    all.push_back(found->second.bytes);
    waiting.insert(waiting.end(), found->second.imports.begin(),
                   found->second.imports.end());
  }
  return all;
}

std::vector<std::string> DescriptorCatalog::FileBySymbol(
    absl::string_view symbol) const {
  const auto found = file_of_symbol_.find(symbol);
  if (found == file_of_symbol_.end()) return {};
  return FileByName(found->second);
}

}  // namespace qantara::server
