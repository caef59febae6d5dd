// Every method of the protos is served, and takes bytes that are no message.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "qantara/v1/catalog_service.pb.h"
#include "qantara/v1/inventory_service.pb.h"
#include "qantara/v1/operations_service.pb.h"
#include "qantara/v1/product_service.pb.h"
#include "tests/server/support/running_server.h"

namespace qantara::server {
namespace {

using Method = google::protobuf::MethodDescriptor;

std::string PathOf(const Method& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

std::vector<const Method*> AllMethods() {
  std::vector<const Method*> methods;
  for (const auto* file : {v1::GetImportRequest::descriptor()->file(),
                           v1::GetInventoryRequest::descriptor()->file(),
                           v1::GetStatusRequest::descriptor()->file(),
                           v1::GetProductRequest::descriptor()->file()}) {
    for (int i = 0; i < file->service_count(); ++i) {
      for (int k = 0; k < file->service(i)->method_count(); ++k) {
        methods.push_back(file->service(i)->method(k));
      }
    }
  }
  return methods;
}

class EveryMethodTest : public ::testing::Test {
 protected:
  // Sends one message and nothing more, and waits for the end of the call.
  grpc::Status Call(const std::string& path, const std::string& bytes) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(60));
    grpc::CompletionQueue queue;
    const auto call = stub_.PrepareCall(&context, path, &queue);
    call->StartCall(nullptr);
    Next(queue);
    const grpc::Slice slice(bytes);
    call->WriteLast(grpc::ByteBuffer(&slice, 1), {}, nullptr);
    Next(queue);
    grpc::Status status;
    call->Finish(&status, nullptr);
    Next(queue);
    queue.Shutdown();
    return status;
  }

  static void Next(grpc::CompletionQueue& queue) {
    void* tag;
    bool ok;
    ASSERT_TRUE(queue.Next(&tag, &ok));
  }

  RunningServer server_;
  grpc::GenericStub stub_{server_.channel()};
};

TEST_F(EveryMethodTest, IsServed) {
  ASSERT_GE(AllMethods().size(), 22);
  for (const Method* method : AllMethods()) {
    SCOPED_TRACE(method->full_name());
    // A string field whose text ends too early.
    const grpc::Status status = Call(PathOf(*method), "\x0a\x05qa");
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(Describe(status),
                ::testing::StartsWith("INVALID_ARGUMENT MESSAGE_MALFORMED"));
  }
}

TEST_F(EveryMethodTest, OneThatDoesNotExistIsNamed) {
  const grpc::Status status =
      Call("/qantara.v1.ProductService/DropProduct", "");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(status.error_message(),
            "there is no method /qantara.v1.ProductService/DropProduct");
}

// Cancelled before, while and after the request arrives.
TEST_F(EveryMethodTest, MayBeCancelledAtAnyTime) {
  for (const Method* method : AllMethods()) {
    SCOPED_TRACE(method->full_name());
    for (int steps = 0; steps < 3; ++steps) {
      grpc::ClientContext context;
      grpc::CompletionQueue queue;
      const auto call = stub_.PrepareCall(&context, PathOf(*method), &queue);
      call->StartCall(nullptr);
      if (steps > 0) {
        Next(queue);
        const grpc::ByteBuffer empty = grpc::ByteBuffer(nullptr, 0);
        call->WriteLast(empty, {}, nullptr);
      }
      if (steps > 1) Next(queue);
      context.TryCancel();
      if (steps < 2) Next(queue);
      grpc::Status status;
      call->Finish(&status, nullptr);
      Next(queue);
      queue.Shutdown();
    }
  }
  // Still there.
  v1::ListImportsResponse imports;
  grpc::ClientContext context;
  EXPECT_TRUE(server_.catalog().ListImports(&context, {}, &imports).ok());
}

}  // namespace
}  // namespace qantara::server
