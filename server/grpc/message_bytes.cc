#include "server/grpc/message_bytes.h"

namespace qantara::server {

std::optional<grpc::Slice> OneSlice(const grpc::ByteBuffer& bytes) {
  grpc::Slice slice;
  if (!bytes.TrySingleSlice(&slice).ok() &&
      !bytes.DumpToSingleSlice(&slice).ok()) {
    return std::nullopt;
  }
  return slice;
}

bool ParseBytes(const grpc::ByteBuffer& bytes,
                google::protobuf::MessageLite* message) {
  const std::optional<grpc::Slice> slice = OneSlice(bytes);
  return slice.has_value() &&
         message->ParseFromArray(slice->begin(),
                                 static_cast<int>(slice->size()));
}

grpc::ByteBuffer BytesOf(const google::protobuf::MessageLite& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace qantara::server
