// Messages as bytes on the wire, and back.
#ifndef QANTARA_SERVER_GRPC_MESSAGE_BYTES_H_
#define QANTARA_SERVER_GRPC_MESSAGE_BYTES_H_

#include <google/protobuf/message_lite.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <optional>

namespace qantara::server {

// The bytes in one piece; nothing when gRPC cannot give them.
std::optional<grpc::Slice> OneSlice(const grpc::ByteBuffer& bytes);

// Fills `message`; false when the bytes are no such message.
bool ParseBytes(const grpc::ByteBuffer& bytes,
                google::protobuf::MessageLite* message);

grpc::ByteBuffer BytesOf(const google::protobuf::MessageLite& message);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_MESSAGE_BYTES_H_
