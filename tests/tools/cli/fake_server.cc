#include "tests/tools/cli/fake_server.h"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <algorithm>
#include <chrono>

#include "absl/strings/str_cat.h"

namespace qantara::tools {
namespace {

// How often a held stream looks whether its client is still there.
constexpr std::chrono::milliseconds kLook(5);

bool IsInvalid(const v1::CatalogLine& line) {
  return line.product().has_selling_price() &&
         line.product().selling_price().empty();
}

}  // namespace

void FakeCatalog::WaitUntilHeld() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [&] { return held_; });
}

void FakeCatalog::Release() {
  std::lock_guard<std::mutex> lock(mutex_);
  hold = false;
}

FakeCatalog::Stored FakeCatalog::Get(const std::string& import_id) {
  std::lock_guard<std::mutex> lock(mutex_);
  return imports_[import_id];
}

std::vector<std::string> FakeCatalog::ImportIds() {
  std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::string> ids;
  for (const auto& [id, stored] : imports_) ids.push_back(id);
  return ids;
}

grpc::Status FakeCatalog::ImportCatalog(
    grpc::ServerContext* context,
    grpc::ServerReaderWriter<v1::ImportCatalogResponse,
                             v1::ImportCatalogRequest>* stream) {
  v1::ImportCatalogRequest request;
  if (!stream->Read(&request)) return grpc::Status::OK;
  if (!refusal.ok()) return refusal;
  const std::string id = request.header().import_id();
  v1::ImportCatalogResponse response;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    Stored& stored = imports_[id];
    stored.header = request.header();
    ++stored.opened;
    response.mutable_opened()->set_next_line(stored.lines.size() + 1);
  }
  response.mutable_opened()->set_import_id(id);
  stream->Write(response);
  while (stream->Read(&request)) {
    if (request.has_batch()) {
      if (!TakeBatch(id, request.batch())) {
        return grpc::Status(grpc::StatusCode::UNAVAILABLE, "the test says so");
      }
      response.mutable_ack()->set_durable_line(Get(id).lines.size());
      stream->Write(response);
      continue;
    }
    std::unique_lock<std::mutex> lock(mutex_);
    imports_[id].ended = true;
    lock.unlock();
    *response.mutable_progress() = Describe(id);
    response.mutable_progress()->set_state(v1::IMPORT_STATE_RUNNING);
    stream->Write(response);
    lock.lock();
    held_ = hold;
    changed_.notify_all();
    while (hold && !context->IsCancelled()) changed_.wait_for(lock, kLook);
    if (hold) return grpc::Status::CANCELLED;
    lock.unlock();
    *response.mutable_summary() = Describe(id);
    stream->Write(response);
    return grpc::Status::OK;
  }
  return grpc::Status::OK;
}

// Returns whether the stream goes on.
bool FakeCatalog::TakeBatch(const std::string& import_id,
                            const v1::ImportBatch& batch) {
  std::lock_guard<std::mutex> lock(mutex_);
  Stored& stored = imports_[import_id];
  stored.most_lines_in_batch =
      std::max<uint32_t>(stored.most_lines_in_batch, batch.lines_size());
  for (int i = 0; i < batch.lines_size(); ++i) {
    if (batch.first_line() + i != stored.lines.size() + 1) continue;
    stored.lines.push_back(batch.lines(i));
    if (!break_at.empty() && stored.lines.size() == break_at.front()) {
      break_at.erase(break_at.begin());
      return false;
    }
  }
  return true;
}

v1::Import FakeCatalog::Describe(const std::string& import_id) {
  const Stored stored = Get(import_id);
  v1::Import import;
  import.set_connection(stored.header.connection());
  import.set_import_id(import_id);
  import.set_source_name(stored.header.source_name());
  import.set_received_lines(stored.lines.size());
  import.set_connection_state(connection_state);
  const uint32_t invalid =
      std::count_if(stored.lines.begin(), stored.lines.end(), IsInvalid);
  import.mutable_counts()->set_invalid(invalid);
  import.mutable_counts()->set_created(stored.lines.size() - invalid);
  import.set_state(stored.ended ? v1::IMPORT_STATE_FINISHED
                                : v1::IMPORT_STATE_OPEN);
  import.set_outcome(invalid > 0 ? v1::IMPORT_OUTCOME_WITH_PROBLEMS
                                 : v1::IMPORT_OUTCOME_CLEAN);
  return import;
}

grpc::Status FakeCatalog::GetImport(grpc::ServerContext*,
                                    const v1::GetImportRequest* request,
                                    v1::GetImportResponse* response) {
  if (Get(request->import_id()).opened == 0) {
    return grpc::Status(grpc::StatusCode::NOT_FOUND, "no such import");
  }
  *response->mutable_catalog_import() = Describe(request->import_id());
  return grpc::Status::OK;
}

grpc::Status FakeCatalog::ListImports(grpc::ServerContext*,
                                      const v1::ListImportsRequest*,
                                      v1::ListImportsResponse* response) {
  for (const std::string& id : ImportIds()) {
    *response->add_imports() = Describe(id);
  }
  return grpc::Status::OK;
}

grpc::Status FakeCatalog::WatchImport(
    grpc::ServerContext*, const v1::WatchImportRequest* request,
    grpc::ServerWriter<v1::WatchImportResponse>* writer) {
  v1::WatchImportResponse response;
  *response.mutable_catalog_import() = Describe(request->import_id());
  writer->Write(response);
  return grpc::Status::OK;
}

grpc::Status FakeCatalog::ListImportItems(
    grpc::ServerContext*, const v1::ListImportItemsRequest* request,
    v1::ListImportItemsResponse* response) {
  const Stored stored = Get(request->import_id());
  const auto wanted = [&](v1::ItemState state) {
    return request->states().empty() ||
           std::count(request->states().begin(), request->states().end(),
                      state) > 0;
  };
  // One item a page, so that paging is tried.
  const size_t from =
      request->page_token().empty() ? 0 : std::stoul(request->page_token());
  for (size_t i = from; i < stored.lines.size(); ++i) {
    const bool invalid = IsInvalid(stored.lines[i]);
    const auto state =
        invalid ? v1::ITEM_STATE_INVALID : v1::ITEM_STATE_CREATED;
    if (!wanted(state)) continue;
    if (response->items_size() == 1) {
      response->set_next_page_token(absl::StrCat(i));
      break;
    }
    v1::ImportItem& item = *response->add_items();
    item.set_line(i + 1);
    item.set_sku(stored.lines[i].product().sku());
    item.set_state(state);
    if (!invalid) continue;
    item.set_reason(v1::ERROR_REASON_PRICE_INVALID);
    v1::ItemProblem& problem = *item.add_problems();
    problem.set_field("product.selling_price");
    problem.set_reason(v1::ERROR_REASON_PRICE_INVALID);
    problem.set_message("is blank");
  }
  return grpc::Status::OK;
}

grpc::Status FakeCatalog::VerifyImport(
    grpc::ServerContext*, const v1::VerifyImportRequest* request,
    grpc::ServerWriter<v1::VerifyImportResponse>* writer) {
  verify = *request;
  for (const auto& message : verification) writer->Write(message);
  return verification_end;
}

grpc::Status FakeProducts::UpdateProduct(
    grpc::ServerContext*, const v1::UpdateProductRequest* request,
    v1::UpdateProductResponse* response) {
  update = *request;
  *response = update_answer;
  return status;
}

grpc::Status FakeProducts::CreateProduct(
    grpc::ServerContext*, const v1::CreateProductRequest* request,
    v1::CreateProductResponse* response) {
  create = *request;
  *response->mutable_product() = product;
  response->set_created(true);
  return status;
}

grpc::Status FakeProducts::GetProduct(grpc::ServerContext*,
                                      const v1::GetProductRequest* request,
                                      v1::GetProductResponse* response) {
  get = *request;
  *response->mutable_product() = product;
  return status;
}

grpc::Status FakeProducts::ExplainProduct(
    grpc::ServerContext*, const v1::ExplainProductRequest* request,
    grpc::ServerWriter<v1::ExplainProductResponse>* writer) {
  explain = *request;
  if (!status.ok()) return status;
  for (const v1::ExplainProductResponse& response : story) {
    writer->Write(response);
  }
  return grpc::Status::OK;
}

grpc::Status FakeInventory::WatchInventory(
    grpc::ServerContext*, const v1::WatchInventoryRequest* request,
    grpc::ServerWriter<v1::WatchInventoryResponse>* writer) {
  const size_t call = requests.size();
  requests.push_back(*request);
  if (call < streams.size()) {
    for (const auto& message : streams[call]) writer->Write(message);
  }
  return grpc::Status(grpc::StatusCode::UNAVAILABLE, "the test says so");
}

grpc::Status FakeInventory::GetInventory(grpc::ServerContext*,
                                         const v1::GetInventoryRequest* request,
                                         v1::GetInventoryResponse* response) {
  get = *request;
  *response = get_answer;
  return status;
}

grpc::Status FakeInventory::ListInventory(
    grpc::ServerContext*, const v1::ListInventoryRequest* request,
    v1::ListInventoryResponse* response) {
  if (lists.size() < pages.size()) *response = pages[lists.size()];
  lists.push_back(*request);
  return status;
}

grpc::Status FakeInventory::RefreshInventory(
    grpc::ServerContext*, const v1::RefreshInventoryRequest* request,
    v1::RefreshInventoryResponse* response) {
  refresh = *request;
  *response = refresh_answer;
  return status;
}

grpc::Status FakeInventory::ListLocations(grpc::ServerContext*,
                                          const v1::ListLocationsRequest*,
                                          v1::ListLocationsResponse* response) {
  *response = locations;
  return status;
}

grpc::Status FakeOperations::GetStatus(grpc::ServerContext*,
                                       const v1::GetStatusRequest*,
                                       v1::GetStatusResponse* response) {
  *response = status_answer;
  return status;
}

grpc::Status FakeOperations::ListParked(grpc::ServerContext*,
                                        const v1::ListParkedRequest* request,
                                        v1::ListParkedResponse* response) {
  parked = *request;
  *response = parked_answer;
  return status;
}

grpc::Status FakeOperations::RetryParked(grpc::ServerContext*,
                                         const v1::RetryParkedRequest* request,
                                         v1::RetryParkedResponse* response) {
  retry = *request;
  response->set_request_id("made");
  return status;
}

grpc::Status FakeOperations::DiscardParked(
    grpc::ServerContext*, const v1::DiscardParkedRequest* request,
    v1::DiscardParkedResponse* response) {
  discard = *request;
  response->set_request_id("made");
  return status;
}

grpc::Status FakeOperations::ListUnknown(grpc::ServerContext*,
                                         const v1::ListUnknownRequest*,
                                         v1::ListUnknownResponse* response) {
  *response = unknown_answer;
  return status;
}

grpc::Status FakeOperations::PauseConnection(
    grpc::ServerContext*, const v1::PauseConnectionRequest* request,
    v1::PauseConnectionResponse* response) {
  pause = *request;
  response->mutable_status()->set_connection(request->connection());
  response->mutable_status()->set_state(v1::CONNECTION_STATE_PAUSED);
  return status;
}

grpc::Status FakeOperations::CheckConnection(
    grpc::ServerContext*, const v1::CheckConnectionRequest* request,
    v1::CheckConnectionResponse* response) {
  *response = check_answer;
  response->set_connection(request->connection());
  return status;
}

grpc::Status FakeOperations::TailEvents(
    grpc::ServerContext*, const v1::TailEventsRequest* request,
    grpc::ServerWriter<v1::TailEventsResponse>* writer) {
  tail = *request;
  for (const auto& response : tail_answer) writer->Write(response);
  return status;
}

grpc::Status FakeOperations::BackupLog(
    grpc::ServerContext*, const v1::BackupLogRequest* request,
    grpc::ServerWriter<v1::BackupLogResponse>* writer) {
  backup = *request;
  for (const auto& response : backup_answer) writer->Write(response);
  return status;
}

grpc::Status FakeOperations::VerifyLog(
    grpc::ServerContext*, const v1::VerifyLogRequest*,
    grpc::ServerWriter<v1::VerifyLogResponse>* writer) {
  for (const auto& response : verify_answer) writer->Write(response);
  return status;
}

FakeServer::FakeServer() : address("127.0.0.1:0") { Start(); }

FakeServer::~FakeServer() {
  server->Shutdown(std::chrono::system_clock::now());
}

void FakeServer::Restart(const std::function<void()>& meanwhile) {
  server->Shutdown(std::chrono::system_clock::now());
  server->Wait();
  server.reset();
  meanwhile();
  Start();
}

void FakeServer::Start() {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&catalog);
  builder.RegisterService(&products);
  builder.RegisterService(&inventory);
  builder.RegisterService(&operations);
  server = builder.BuildAndStart();
  address = absl::StrCat("127.0.0.1:", port);
}

}  // namespace qantara::tools
