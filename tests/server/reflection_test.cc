// Reflection shows every service, with its comments, in both versions.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/descriptor_database.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "grpc/reflection/v1/reflection.grpc.pb.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"
#include "tests/server/support/running_server.h"

namespace qantara::server {
namespace {

// Asks one question.
template <typename Reflection, typename Response, typename Request>
Response Ask(RunningServer& server, const Request& request) {
  const auto stub = Reflection::NewStub(server.channel());
  grpc::ClientContext context;
  const auto call = stub->ServerReflectionInfo(&context);
  call->Write(request);
  call->WritesDone();
  Response response;
  EXPECT_TRUE(call->Read(&response));
  EXPECT_TRUE(call->Finish().ok());
  return response;
}

namespace v1r = grpc::reflection::v1;
namespace v1a = grpc::reflection::v1alpha;

v1r::ServerReflectionResponse AskV1(
    RunningServer& server, const v1r::ServerReflectionRequest& request) {
  return Ask<v1r::ServerReflection, v1r::ServerReflectionResponse>(server,
                                                                   request);
}

template <typename Response>
std::vector<std::string> Names(const Response& response) {
  std::vector<std::string> names;
  for (const auto& service : response.list_services_response().service()) {
    names.push_back(service.name());
  }
  return names;
}

const char* const kServices[] = {
    "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
    "qantara.v1.CatalogService",
    "qantara.v1.InventoryService",
    "qantara.v1.OperationsService",
    "qantara.v1.ProductService",
};

TEST(Reflection, ListsEveryServiceInBothVersions) {
  RunningServer server;
  v1r::ServerReflectionRequest request;
  request.set_list_services("");
  EXPECT_THAT(Names(AskV1(server, request)),
              ::testing::ElementsAreArray(kServices));
  v1a::ServerReflectionRequest older;
  older.set_list_services("");
  EXPECT_THAT(Names(Ask<v1a::ServerReflection, v1a::ServerReflectionResponse>(
                  server, older)),
              ::testing::ElementsAreArray(kServices));
}

TEST(Reflection, ServesFilesThatLinkAndCarryComments) {
  RunningServer server;
  for (const char* service : kServices) {
    v1r::ServerReflectionRequest request;
    request.set_file_containing_symbol(service);
    const auto response = AskV1(server, request);
    const auto& files =
        response.file_descriptor_response().file_descriptor_proto();
    ASSERT_GT(files.size(), 0) << service;
    google::protobuf::SimpleDescriptorDatabase database;
    for (const std::string& bytes : files) {
      google::protobuf::FileDescriptorProto file;
      ASSERT_TRUE(file.ParseFromString(bytes));
      EXPECT_GT(file.source_code_info().location_size(), 0) << file.name();
      database.Add(file);
    }
    const google::protobuf::DescriptorPool pool(&database);
    const auto* found = pool.FindServiceByName(service);
    ASSERT_NE(found, nullptr) << service;
    google::protobuf::SourceLocation location;
    ASSERT_TRUE(found->GetSourceLocation(&location));
    EXPECT_FALSE(location.leading_comments.empty()) << service;
  }
}

TEST(Reflection, FindsMessagesFieldsMethodsAndFiles) {
  RunningServer server;
  for (const char* symbol :
       {"qantara.v1.Product", "qantara.v1.Product.sku",
        "qantara.v1.CatalogService.ImportCatalog", "qantara.v1.ItemState",
        "google.rpc.ErrorInfo", "google.protobuf.Timestamp"}) {
    v1r::ServerReflectionRequest request;
    request.set_file_containing_symbol(symbol);
    EXPECT_TRUE(AskV1(server, request).has_file_descriptor_response())
        << symbol;
  }
  v1r::ServerReflectionRequest file;
  file.set_file_by_filename("qantara/v1/product.proto");
  EXPECT_TRUE(AskV1(server, file).has_file_descriptor_response());
  v1r::ServerReflectionRequest unknown;
  unknown.set_file_containing_symbol("qantara.v1.Nothing");
  EXPECT_EQ(AskV1(server, unknown).error_response().error_code(),
            grpc::StatusCode::NOT_FOUND);
}

}  // namespace
}  // namespace qantara::server
