// Every method that the server offers, by its name.
#ifndef QANTARA_SERVER_GRPC_METHOD_ROUTER_H_
#define QANTARA_SERVER_GRPC_METHOD_ROUTER_H_

#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server_context.h>

#include <functional>
#include <string>

#include "absl/container/flat_hash_map.h"

namespace qantara::server {

// What one call does: made for it, and deletes itself when it is done.
using CallReactor = grpc::ServerGenericBidiReactor;

// The services that protoc generates are not used: gRPC keeps 160 bytes for
// each of their methods in every connection, which is most of what a client
// costs that only waits. Filled before the server starts, then only read.
class MethodRouter final : public grpc::CallbackGenericService {
 public:
  using Open = std::function<CallReactor*(grpc::CallbackServerContext&)>;

  // Has calls of `method` answered by what `open` returns; once per method.
  // `open` is called on gRPC's threads, which it must not block.
  void Add(const google::protobuf::MethodDescriptor& method, const Open& open);

  // A method that was not added ends with UNIMPLEMENTED.
  CallReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

 private:
  absl::flat_hash_map<std::string, Open> methods_;  // By path.
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_METHOD_ROUTER_H_
