#include "tests/process/support/api_client.h"

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>

#include <chrono>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/process/support/must.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

constexpr int kReconnectMillis = 100;
constexpr uint32_t kPageSize = 1000;
constexpr absl::Duration kWriteTimeout = absl::Seconds(60);

void MustAnswer(const grpc::Status& status) {
  if (status.ok()) return;
  Must(absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                    status.error_message()));
}

// Asks again when the server went away during the call: a killed one is noticed
// only then.
grpc::Status Ask(
    const std::function<grpc::Status(grpc::ClientContext&)>& call) {
  grpc::Status status;
  WaitUntil(ApiClient::kReadTimeout, [&] {
    grpc::ClientContext context;
    ApiClient::Prepare(context);
    status = call(context);
    return status.error_code() != grpc::StatusCode::UNAVAILABLE;
  });
  return status;
}

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  return details;
}

}  // namespace

v1::ProductKey Sku(const std::string& sku) {
  v1::ProductKey key;
  key.set_sku(sku);
  return key;
}

std::string ReasonOf(const grpc::Status& status) {
  google::rpc::ErrorInfo info;
  const google::rpc::Status details = DetailsOf(status);
  for (const auto& detail : details.details()) {
    if (detail.UnpackTo(&info)) return info.reason();
  }
  return "";
}

std::vector<std::string> FieldsOf(const grpc::Status& status) {
  std::vector<std::string> fields;
  google::rpc::BadRequest bad;
  const google::rpc::Status details = DetailsOf(status);
  for (const auto& detail : details.details()) {
    if (!detail.UnpackTo(&bad)) continue;
    for (const auto& violation : bad.field_violations()) {
      fields.push_back(
          absl::StrCat(violation.field(), ": ", violation.description()));
    }
  }
  return fields;
}

ApiClient::ApiClient(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kReconnectMillis);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMillis);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMillis);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // A connection of its own, not one that another client of this process has.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel_ = grpc::CreateCustomChannel(
      address, grpc::InsecureChannelCredentials(), arguments);
  catalog_ = v1::CatalogService::NewStub(channel_);
  products_ = v1::ProductService::NewStub(channel_);
  inventory_ = v1::InventoryService::NewStub(channel_);
}

void ApiClient::Prepare(grpc::ClientContext& context, absl::Duration timeout) {
  context.set_wait_for_ready(true);
  context.set_deadline(std::chrono::system_clock::now() +
                       absl::ToChronoMilliseconds(timeout));
}

std::vector<v1::Import> ApiClient::Imports() {
  v1::ListImportsResponse response;
  MustAnswer(Ask([&](grpc::ClientContext& context) {
    return catalog_->ListImports(&context, {}, &response);
  }));
  return {response.imports().begin(), response.imports().end()};
}

v1::Import ApiClient::Import(const std::string& import_id) {
  v1::GetImportRequest request;
  request.set_import_id(import_id);
  v1::GetImportResponse response;
  MustAnswer(Ask([&](grpc::ClientContext& context) {
    return catalog_->GetImport(&context, request, &response);
  }));
  return std::move(*response.mutable_catalog_import());
}

std::vector<v1::ImportItem> ApiClient::Items(const std::string& import_id) {
  std::vector<v1::ImportItem> items;
  v1::ListImportItemsRequest request;
  request.set_import_id(import_id);
  request.set_page_size(kPageSize);
  do {
    v1::ListImportItemsResponse response;
    MustAnswer(Ask([&](grpc::ClientContext& context) {
      return catalog_->ListImportItems(&context, request, &response);
    }));
    items.insert(items.end(), response.items().begin(), response.items().end());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return items;
}

grpc::Status ApiClient::GetProduct(const std::string& sku,
                                   v1::MappedProduct* product) {
  v1::GetProductRequest request;
  *request.mutable_key() = Sku(sku);
  v1::GetProductResponse response;
  grpc::Status status = Ask([&](grpc::ClientContext& context) {
    return products_->GetProduct(&context, request, &response);
  });
  *product = std::move(*response.mutable_product());
  return status;
}

v1::MappedProduct ApiClient::Product(const std::string& sku) {
  v1::MappedProduct product;
  MustAnswer(GetProduct(sku, &product));
  return product;
}

grpc::Status ApiClient::Update(const v1::UpdateProductRequest& request,
                               v1::UpdateProductResponse* response) {
  grpc::ClientContext context;
  Prepare(context, kWriteTimeout);
  return products_->UpdateProduct(&context, request, response);
}

}  // namespace qantara::process
