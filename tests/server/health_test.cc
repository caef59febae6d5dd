// Health tells whether the server takes writes.
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>
#include <gtest/gtest.h>

#include <future>
#include <string>

#include "server/core/wire_fields.h"
#include "tests/server/support/running_server.h"

namespace qantara::server {
namespace {

// Values of grpc.health.v1.HealthCheckResponse.ServingStatus.
constexpr uint64_t kServing = 1;
constexpr uint64_t kNotServing = 2;

// Asks about a service; its state, or 100 plus the status code.
uint64_t HealthOf(RunningServer& server, const std::string& service) {
  grpc::GenericStub stub(server.channel());
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
  EXPECT_TRUE(response.DumpToSingleSlice(&answer).ok());
  const std::string text(answer.begin(), answer.end());
  WireFields fields(text);
  return fields.Next() ? fields.number() : 0;
}

TEST(Health, KnowsEveryService) {
  RunningServer server;
  for (const char* service :
       {"", "qantara.v1.CatalogService", "qantara.v1.ProductService",
        "qantara.v1.InventoryService"}) {
    EXPECT_EQ(HealthOf(server, service), kServing) << service;
  }
  EXPECT_EQ(HealthOf(server, "qantara.v1.Nothing"),
            100 + grpc::StatusCode::NOT_FOUND);
}

TEST(Health, IsNotServingOnceTheLogTakesNothingMore) {
  RunningServer server;
  server.server().storage().writer().Stop();
  while (HealthOf(server, "") == kServing) {
  }
  EXPECT_EQ(HealthOf(server, ""), kNotServing);
}

}  // namespace
}  // namespace qantara::server
