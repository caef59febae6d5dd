// The descriptor set that the build made, as bytes in the program.
#ifndef QANTARA_SERVER_REFLECTION_DESCRIPTOR_BYTES_H_
#define QANTARA_SERVER_REFLECTION_DESCRIPTOR_BYTES_H_

#include "absl/strings/string_view.h"

namespace qantara::server {

// A serialized google.protobuf.FileDescriptorSet with source info.
absl::string_view DescriptorBytes();

}  // namespace qantara::server

#endif  // QANTARA_SERVER_REFLECTION_DESCRIPTOR_BYTES_H_
