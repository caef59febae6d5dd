// A server for the command line: keeps imports in memory, delivers them at
// once, and breaks off where a test wants it.
#ifndef TESTS_TOOLS_CLI_FAKE_SERVER_H_
#define TESTS_TOOLS_CLI_FAKE_SERVER_H_

#include <grpcpp/server.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "qantara/v1/catalog_service.grpc.pb.h"
#include "qantara/v1/inventory_service.grpc.pb.h"
#include "qantara/v1/operations_service.grpc.pb.h"
#include "qantara/v1/product_service.grpc.pb.h"

namespace qantara::tools {

// What the fake server does with imports. A line whose selling price is empty
// is invalid; every other line is created.
class FakeCatalog final : public v1::CatalogService::Service {
 public:
  struct Stored {
    v1::ImportHeader header;
    std::vector<v1::CatalogLine> lines;
    bool ended = false;
    int opened = 0;
    uint32_t most_lines_in_batch = 0;
  };

  // Ends the stream with UNAVAILABLE each time that so many lines are there.
  std::vector<size_t> break_at;
  // Ends the stream at the first header with this.
  grpc::Status refusal;
  // Told in every progress.
  v1::ConnectionState connection_state = v1::CONNECTION_STATE_ACTIVE;
  // Leaves imports unfinished until their client goes away.
  bool hold = false;

  // What VerifyImport tells, and how it ends; its last request.
  std::vector<v1::VerifyImportResponse> verification;
  grpc::Status verification_end;
  v1::VerifyImportRequest verify;

  // Waits until a held import has its end.
  void WaitUntilHeld();

  // Ends `hold`.
  void Release();

  // Returns the import; empty when there is none.
  Stored Get(const std::string& import_id);
  std::vector<std::string> ImportIds();

  grpc::Status ImportCatalog(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::ImportCatalogResponse,
                               v1::ImportCatalogRequest>* stream) override;
  grpc::Status GetImport(grpc::ServerContext* context,
                         const v1::GetImportRequest* request,
                         v1::GetImportResponse* response) override;
  grpc::Status ListImports(grpc::ServerContext* context,
                           const v1::ListImportsRequest* request,
                           v1::ListImportsResponse* response) override;
  grpc::Status WatchImport(
      grpc::ServerContext* context, const v1::WatchImportRequest* request,
      grpc::ServerWriter<v1::WatchImportResponse>* writer) override;
  grpc::Status ListImportItems(grpc::ServerContext* context,
                               const v1::ListImportItemsRequest* request,
                               v1::ListImportItemsResponse* response) override;
  grpc::Status VerifyImport(
      grpc::ServerContext* context, const v1::VerifyImportRequest* request,
      grpc::ServerWriter<v1::VerifyImportResponse>* writer) override;

 private:
  v1::Import Describe(const std::string& import_id);
  bool TakeBatch(const std::string& import_id, const v1::ImportBatch& batch);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Stored> imports_;  // Guarded by mutex_.
  bool held_ = false;                      // Guarded by mutex_.
};

// Answers with what it was told to, and keeps the last request.
class FakeProducts final : public v1::ProductService::Service {
 public:
  v1::UpdateProductRequest update;
  v1::UpdateProductResponse update_answer;
  v1::CreateProductRequest create;
  v1::GetProductRequest get;
  v1::MappedProduct product;
  v1::ExplainProductRequest explain;
  std::vector<v1::ExplainProductResponse> story;
  grpc::Status status;

  grpc::Status UpdateProduct(grpc::ServerContext* context,
                             const v1::UpdateProductRequest* request,
                             v1::UpdateProductResponse* response) override;
  grpc::Status CreateProduct(grpc::ServerContext* context,
                             const v1::CreateProductRequest* request,
                             v1::CreateProductResponse* response) override;
  grpc::Status GetProduct(grpc::ServerContext* context,
                          const v1::GetProductRequest* request,
                          v1::GetProductResponse* response) override;
  grpc::Status ExplainProduct(
      grpc::ServerContext* context, const v1::ExplainProductRequest* request,
      grpc::ServerWriter<v1::ExplainProductResponse>* writer) override;
};

// Sends one scripted stream for each watch, then breaks off. Answers the other
// calls with what it was told to, and keeps their requests.
class FakeInventory final : public v1::InventoryService::Service {
 public:
  std::vector<std::vector<v1::WatchInventoryResponse>> streams;
  std::vector<v1::WatchInventoryRequest> requests;
  v1::GetInventoryRequest get;
  v1::GetInventoryResponse get_answer;
  std::vector<v1::ListInventoryRequest> lists;
  std::vector<v1::ListInventoryResponse> pages;
  v1::RefreshInventoryRequest refresh;
  v1::RefreshInventoryResponse refresh_answer;
  v1::ListLocationsResponse locations;
  grpc::Status status;

  grpc::Status WatchInventory(
      grpc::ServerContext* context, const v1::WatchInventoryRequest* request,
      grpc::ServerWriter<v1::WatchInventoryResponse>* writer) override;
  grpc::Status GetInventory(grpc::ServerContext* context,
                            const v1::GetInventoryRequest* request,
                            v1::GetInventoryResponse* response) override;
  grpc::Status ListInventory(grpc::ServerContext* context,
                             const v1::ListInventoryRequest* request,
                             v1::ListInventoryResponse* response) override;
  grpc::Status RefreshInventory(
      grpc::ServerContext* context, const v1::RefreshInventoryRequest* request,
      v1::RefreshInventoryResponse* response) override;
  grpc::Status ListLocations(grpc::ServerContext* context,
                             const v1::ListLocationsRequest* request,
                             v1::ListLocationsResponse* response) override;
};

// Answers with what it was told to, and keeps the last request.
class FakeOperations final : public v1::OperationsService::Service {
 public:
  v1::GetStatusResponse status_answer;
  v1::ListParkedRequest parked;
  v1::ListParkedResponse parked_answer;
  v1::RetryParkedRequest retry;
  v1::DiscardParkedRequest discard;
  v1::ListUnknownResponse unknown_answer;
  v1::PauseConnectionRequest pause;
  v1::CheckConnectionResponse check_answer;
  v1::TailEventsRequest tail;
  std::vector<v1::TailEventsResponse> tail_answer;
  std::vector<v1::VerifyLogResponse> verify_answer;
  v1::BackupLogRequest backup;
  std::vector<v1::BackupLogResponse> backup_answer;
  grpc::Status status;

  grpc::Status GetStatus(grpc::ServerContext* context,
                         const v1::GetStatusRequest* request,
                         v1::GetStatusResponse* response) override;
  grpc::Status ListParked(grpc::ServerContext* context,
                          const v1::ListParkedRequest* request,
                          v1::ListParkedResponse* response) override;
  grpc::Status RetryParked(grpc::ServerContext* context,
                           const v1::RetryParkedRequest* request,
                           v1::RetryParkedResponse* response) override;
  grpc::Status DiscardParked(grpc::ServerContext* context,
                             const v1::DiscardParkedRequest* request,
                             v1::DiscardParkedResponse* response) override;
  grpc::Status ListUnknown(grpc::ServerContext* context,
                           const v1::ListUnknownRequest* request,
                           v1::ListUnknownResponse* response) override;
  grpc::Status PauseConnection(grpc::ServerContext* context,
                               const v1::PauseConnectionRequest* request,
                               v1::PauseConnectionResponse* response) override;
  grpc::Status CheckConnection(grpc::ServerContext* context,
                               const v1::CheckConnectionRequest* request,
                               v1::CheckConnectionResponse* response) override;
  grpc::Status TailEvents(
      grpc::ServerContext* context, const v1::TailEventsRequest* request,
      grpc::ServerWriter<v1::TailEventsResponse>* writer) override;
  grpc::Status BackupLog(
      grpc::ServerContext* context, const v1::BackupLogRequest* request,
      grpc::ServerWriter<v1::BackupLogResponse>* writer) override;
  grpc::Status VerifyLog(
      grpc::ServerContext* context, const v1::VerifyLogRequest* request,
      grpc::ServerWriter<v1::VerifyLogResponse>* writer) override;
};

// All of them on one port of the loopback address.
struct FakeServer {
  FakeServer();
  ~FakeServer();

  // Goes away with every connection, and runs `meanwhile` before it comes back
  // on the same port. What the services hold stays.
  void Restart(const std::function<void()>& meanwhile);

  FakeCatalog catalog;
  FakeProducts products;
  FakeInventory inventory;
  FakeOperations operations;
  std::string address;
  std::unique_ptr<grpc::Server> server;

 private:
  void Start();
};

}  // namespace qantara::tools

#endif  // TESTS_TOOLS_CLI_FAKE_SERVER_H_
