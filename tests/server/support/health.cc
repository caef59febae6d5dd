#include "tests/server/support/health.h"

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <future>

#include "server/core/wire_fields.h"

namespace qantara::server {

uint64_t HealthOf(const std::shared_ptr<grpc::Channel>& channel,
                  const std::string& service) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  std::string request;
  if (!service.empty()) {
    request = std::string(1, '\x0a') + static_cast<char>(service.size());
    request += service;
  }
  const grpc::Slice slice(request);
  const grpc::ByteBuffer bytes(&slice, 1);
  grpc::ByteBuffer response;
  std::promise<grpc::Status> done;
  stub.UnaryCall(&context, "/grpc.health.v1.Health/Check", grpc::StubOptions(),
                 &bytes, &response,
                 [&done](grpc::Status status) { done.set_value(status); });
  const grpc::Status status = done.get_future().get();
  if (!status.ok()) return 100 + status.error_code();
  grpc::Slice answer;
  if (!response.DumpToSingleSlice(&answer).ok()) return 0;
  const std::string text(answer.begin(), answer.end());
  WireFields fields(text);
  return fields.Next() ? fields.number() : 0;
}

}  // namespace qantara::server
