// Server reflection, for either version of its protocol.
#ifndef QANTARA_SERVER_REFLECTION_REFLECTION_SERVICE_H_
#define QANTARA_SERVER_REFLECTION_REFLECTION_SERVICE_H_

#include <grpcpp/support/server_callback.h>
#include <grpcpp/support/status.h>

#include <string>
#include <utility>
#include <vector>

#include "grpc/reflection/v1/reflection.grpc.pb.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"
#include "server/reflection/descriptor_catalog.h"

namespace qantara::server {

// Answers one question. `Request` and `Response` are those of one version; both
// have the same fields.
template <typename Request, typename Response>
Response AnswerReflection(const DescriptorCatalog& catalog,
                          const Request& request) {
  Response response;
  response.set_valid_host(request.host());
  *response.mutable_original_request() = request;
  const auto refuse = [&response](grpc::StatusCode code, const char* why) {
    response.mutable_error_response()->set_error_code(code);
    response.mutable_error_response()->set_error_message(why);
  };
  const auto give = [&](std::vector<std::string> files) {
    if (files.empty()) return refuse(grpc::NOT_FOUND, "not found");
    for (std::string& file : files) {
      response.mutable_file_descriptor_response()->add_file_descriptor_proto(
          std::move(file));
    }
  };
  switch (request.message_request_case()) {
    case Request::kFileByFilename:
      give(catalog.FileByName(request.file_by_filename()));
      break;
    case Request::kFileContainingSymbol:
      give(catalog.FileBySymbol(request.file_containing_symbol()));
      break;
    case Request::kListServices:
      for (const std::string& name : catalog.services()) {
        response.mutable_list_services_response()->add_service()->set_name(
            name);
      }
      break;
    case Request::kFileContainingExtension:
    case Request::kAllExtensionNumbersOfType:
      refuse(grpc::NOT_FOUND, "there are no extensions");
      break;
    default:
      refuse(grpc::INVALID_ARGUMENT, "no question");
  }
  return response;
}

// One call: question, answer, question. Deletes itself when it is done.
template <typename Request, typename Response>
class ReflectionReactor final
    : public grpc::ServerBidiReactor<Request, Response> {
 public:
  explicit ReflectionReactor(const DescriptorCatalog& catalog)
      : catalog_(catalog) {
    this->StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return this->Finish(grpc::Status::OK);
    response_ = AnswerReflection<Request, Response>(catalog_, request_);
    this->StartWrite(&response_);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return this->Finish(grpc::Status::OK);
    this->StartRead(&request_);
  }
  void OnDone() override { delete this; }

 private:
  const DescriptorCatalog& catalog_;
  Request request_;
  Response response_;
};

// The service; `Reflection` is the generated class of one version. Holds no
// state but the catalog, which must outlive it.
template <typename Reflection, typename Request, typename Response>
class ReflectionService final : public Reflection::CallbackService {
 public:
  explicit ReflectionService(const DescriptorCatalog& catalog)
      : catalog_(catalog) {}

  grpc::ServerBidiReactor<Request, Response>* ServerReflectionInfo(
      grpc::CallbackServerContext*) override {
    return new ReflectionReactor<Request, Response>(catalog_);
  }

 private:
  const DescriptorCatalog& catalog_;
};

using ReflectionV1 =
    ReflectionService<grpc::reflection::v1::ServerReflection,
                      grpc::reflection::v1::ServerReflectionRequest,
                      grpc::reflection::v1::ServerReflectionResponse>;
using ReflectionV1Alpha =
    ReflectionService<grpc::reflection::v1alpha::ServerReflection,
                      grpc::reflection::v1alpha::ServerReflectionRequest,
                      grpc::reflection::v1alpha::ServerReflectionResponse>;

}  // namespace qantara::server

#endif  // QANTARA_SERVER_REFLECTION_REFLECTION_SERVICE_H_
