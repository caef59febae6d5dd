// A client of ImportCatalog.
#ifndef QANTARA_TESTS_SERVER_SUPPORT_IMPORT_CLIENT_H_
#define QANTARA_TESTS_SERVER_SUPPORT_IMPORT_CLIENT_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <memory>
#include <string>
#include <vector>

#include "qantara/v1/catalog_service.grpc.pb.h"

namespace qantara::server {

// One call.
class ImportClient {
 public:
  explicit ImportClient(v1::CatalogService::Stub& stub)
      : call_(stub.ImportCatalog(&context_)) {}

  bool Send(const v1::ImportCatalogRequest& request) {
    return call_->Write(request);
  }
  bool SendHeader(const std::string& import_id,
                  const std::string& connection = "") {
    v1::ImportCatalogRequest request;
    request.mutable_header()->set_import_id(import_id);
    request.mutable_header()->set_connection(connection);
    return Send(request);
  }
  // Sends lines `first` to `last`: SKU-N, Product N.
  bool SendLines(uint32_t first, uint32_t last);
  bool SendEnd(uint32_t last_line = 0) {
    v1::ImportCatalogRequest request;
    request.mutable_end()->set_last_line(last_line);
    return Send(request);
  }
  void HalfClose() { call_->WritesDone(); }
  void Cancel() { context_.TryCancel(); }

  // Reads the next message; false at the end.
  bool Read(v1::ImportCatalogResponse* response) {
    return call_->Read(response);
  }
  // Reads until lines up to `line` are on disk.
  bool AwaitAck(uint32_t line);
  // Reads to the end of the call and keeps everything.
  grpc::Status Drain();

  const std::vector<v1::ImportCatalogResponse>& seen() const { return seen_; }
  // Items of all results that were read.
  std::vector<v1::ImportItem> Items() const;
  const v1::Import* Summary() const;

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::ImportCatalogRequest,
                                           v1::ImportCatalogResponse>>
      call_;
  std::vector<v1::ImportCatalogResponse> seen_;
};

// Line N of a sample catalog.
v1::CatalogLine SampleLine(uint32_t number);

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_SUPPORT_IMPORT_CLIENT_H_
