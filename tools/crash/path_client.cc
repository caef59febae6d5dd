#include "tools/crash/path_client.h"

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>

#include <algorithm>
#include <chrono>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace qantara::tools {
namespace {

constexpr char kConnection[] = "main";

void SetDeadline(grpc::ClientContext& context, absl::Duration timeout) {
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
}

v1::CatalogLine LineOf(const std::string& sku) {
  v1::CatalogLine line;
  line.mutable_product()->set_sku(sku);
  line.mutable_product()->set_name_en("Mug");
  line.mutable_product()->set_name_ar("كوب");
  line.mutable_product()->set_selling_price("25.00");
  return line;
}

std::vector<v1::ImportCatalogRequest> ImportOf(
    const std::string& import_id, const std::vector<std::string>& skus) {
  std::vector<v1::ImportCatalogRequest> requests(3);
  requests[0].mutable_header()->set_connection(kConnection);
  requests[0].mutable_header()->set_import_id(import_id);
  v1::ImportBatch& batch = *requests[1].mutable_batch();
  batch.set_first_line(1);
  for (const std::string& sku : skus) *batch.add_lines() = LineOf(sku);
  requests[2].mutable_end()->set_last_line(static_cast<uint32_t>(skus.size()));
  return requests;
}

std::vector<v1::ImportCatalogRequest> RequestsOf(const DeliveryPath& path) {
  std::vector<std::string> skus = path.created_skus();
  skus.push_back(path.refused_sku());
  skus.push_back(path.present_sku());
  return ImportOf(path.import_id(), skus);
}

v1::CreateProductRequest SingleOf(const DeliveryPath& path) {
  v1::CreateProductRequest request;
  request.set_connection(kConnection);
  request.set_request_id(path.single_id().substr(1));
  *request.mutable_product() = LineOf(path.single_sku()).product();
  request.set_wait(v1::WAIT_LEVEL_DURABLE);
  return request;
}

v1::UpdateProductRequest UpdateOf(const DeliveryPath& path) {
  v1::UpdateProductRequest request;
  request.set_connection(kConnection);
  request.set_request_id(path.update_id());
  request.mutable_key()->set_sku(path.base_sku());
  request.mutable_product()->set_selling_price(path.price());
  request.set_wait(v1::WAIT_LEVEL_DURABLE);
  return request;
}

std::string Text(const std::string& what, const grpc::Status& status) {
  return absl::StrCat(what, ": ", status.error_code(), " ",
                      status.error_message());
}

}  // namespace

std::string DeliveryPath::import_id() const {
  return absl::StrCat("path-", number);
}

std::vector<std::string> DeliveryPath::created_skus() const {
  return {absl::StrCat("A-", number), absl::StrCat("B-", number)};
}

std::string DeliveryPath::refused_sku() const {
  return absl::StrCat("BAD-", number);
}

std::string DeliveryPath::present_sku() const {
  return absl::StrCat("HERE-", number);
}

std::string DeliveryPath::single_sku() const {
  return absl::StrCat("ONE-", number);
}

std::string DeliveryPath::BaseSku(int number) {
  return absl::StrCat("BASE-", number);
}

std::string DeliveryPath::single_id() const {
  return absl::StrCat("~single-", number);
}

std::string DeliveryPath::update_id() const {
  return absl::StrCat("update-", number);
}

std::string DeliveryPath::price() const { return absl::StrCat(100 + number); }

PathClient::PathClient(const std::string& address) {
  grpc::ChannelArguments arguments;
  // A process before may have died at the same address: nothing of that
  // connection is taken over.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  const auto channel = grpc::CreateCustomChannel(
      address, grpc::InsecureChannelCredentials(), arguments);
  catalog_ = v1::CatalogService::NewStub(channel);
  products_ = v1::ProductService::NewStub(channel);
}

std::string PathClient::Send(DeliveryPath& path) {
  std::string problem = SendLines(path);
  if (problem.empty()) problem = SendUpdate(path);
  if (problem.empty()) problem = SendSingle(path);
  return problem;
}

std::string PathClient::SendLines(DeliveryPath& path) {
  if (path.durable_lines == DeliveryPath::kLines) return "";
  grpc::ClientContext context;
  SetDeadline(context, kCallTimeout);
  const auto stream = catalog_->ImportCatalog(&context);
  bool written = true;
  for (const v1::ImportCatalogRequest& request : RequestsOf(path)) {
    written = written && stream->Write(request);
  }
  v1::ImportCatalogResponse response;
  while (path.durable_lines < DeliveryPath::kLines && stream->Read(&response)) {
    // Lines that were durable before are not acknowledged again.
    const uint32_t next = response.opened().next_line();
    path.durable_lines =
        std::max({path.durable_lines, response.ack().durable_line(),
                  next == 0 ? 0 : next - 1});
  }
  context.TryCancel();
  const grpc::Status status = stream->Finish();
  if (path.durable_lines == DeliveryPath::kLines) return "";
  return Text(path.import_id(), status);
}

std::string PathClient::SendSingle(DeliveryPath& path) {
  if (path.create_durable) return "";
  grpc::ClientContext context;
  SetDeadline(context, kCallTimeout);
  v1::CreateProductResponse response;
  const v1::CreateProductRequest request = SingleOf(path);
  const grpc::Status status =
      products_->CreateProduct(&context, request, &response);
  path.create_durable = status.ok();
  return status.ok() ? "" : Text(request.request_id(), status);
}

std::string PathClient::SendUpdate(DeliveryPath& path) {
  if (path.update_durable) return "";
  grpc::ClientContext context;
  SetDeadline(context, kCallTimeout);
  v1::UpdateProductResponse response;
  const v1::UpdateProductRequest request = UpdateOf(path);
  const grpc::Status status =
      products_->UpdateProduct(&context, request, &response);
  path.update_durable = status.ok();
  return status.ok() ? "" : Text(request.request_id(), status);
}

grpc::Status PathClient::Import(
    const std::vector<v1::ImportCatalogRequest>& requests,
    absl::Duration timeout) {
  grpc::ClientContext context;
  SetDeadline(context, timeout);
  const auto stream = catalog_->ImportCatalog(&context);
  for (const v1::ImportCatalogRequest& request : requests) {
    stream->Write(request);
  }
  stream->WritesDone();
  v1::ImportCatalogResponse response;
  while (stream->Read(&response)) {
  }
  return stream->Finish();
}

std::string PathClient::ImportBases(absl::Duration timeout) {
  std::vector<std::string> skus;
  skus.reserve(DeliveryPath::kBases);
  for (int i = 0; i < DeliveryPath::kBases; ++i) {
    skus.push_back(DeliveryPath::BaseSku(i));
  }
  const grpc::Status status = Import(ImportOf("bases", skus), timeout);
  return status.ok() ? "" : Text("bases", status);
}

std::string PathClient::Settle(const DeliveryPath& path,
                               absl::Duration timeout) {
  grpc::Status status = Import(RequestsOf(path), timeout);
  if (!status.ok()) return Text(path.import_id(), status);

  grpc::ClientContext update_context;
  SetDeadline(update_context, timeout);
  v1::UpdateProductRequest update = UpdateOf(path);
  update.set_wait(v1::WAIT_LEVEL_APPLIED);
  v1::UpdateProductResponse updated;
  status = products_->UpdateProduct(&update_context, update, &updated);
  if (!status.ok()) return Text(update.request_id(), status);

  grpc::ClientContext create_context;
  SetDeadline(create_context, timeout);
  v1::CreateProductRequest create = SingleOf(path);
  create.set_wait(v1::WAIT_LEVEL_APPLIED);
  v1::CreateProductResponse created;
  status = products_->CreateProduct(&create_context, create, &created);
  return status.ok() ? "" : Text(create.request_id(), status);
}

}  // namespace qantara::tools
