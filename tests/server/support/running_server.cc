#include "tests/server/support/running_server.h"

#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::server {

RunningServer::RunningServer(std::vector<std::string> connections)
    : connections_(std::move(connections)),
      env_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
  Start();
}

RunningServer::~RunningServer() { server_->Stop(absl::ZeroDuration()); }

void RunningServer::Start() {
  ServerSettings settings;
  for (const std::string& id : connections_) {
    ConnectionSettings connection;
    connection.id = id;
    settings.connections.push_back(std::move(connection));
  }
  settings.data_dir = "/data";
  settings.listen = "127.0.0.1:0";
  settings.env = env_.get();
  auto server = Server::Start(settings, clock_, nullptr);
  ASSERT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
  channel_ = grpc::CreateChannel(server_->address(),
                                 grpc::InsecureChannelCredentials());
  catalog_ = v1::CatalogService::NewStub(channel_);
  products_ = v1::ProductService::NewStub(channel_);
  inventory_ = v1::InventoryService::NewStub(channel_);
}

void RunningServer::Restart() {
  server_->Stop(absl::ZeroDuration());
  server_.reset();
  Start();
}

void RunningServer::CreateAll(const std::string& import_id, uint32_t lines) {
  const auto tables = server_->core().tables.Get();
  ASSERT_TRUE(tables.ok()) << tables.status();
  domain::SettleItems command;
  command.settled.set_connection(connections_[0]);
  for (uint32_t line = 1; line <= lines; ++line) {
    const auto row = domain::GetRow<tables::v1::ItemRow>(
        **tables, domain::Table::kItems,
        domain::ItemKey(connections_[0], import_id, line));
    ASSERT_TRUE(row.ok()) << row.status();
    if (row->state() != v1::ITEM_STATE_QUEUED) continue;
    auto& outcome = *command.settled.add_items();
    outcome.mutable_item()->set_import_id(import_id);
    outcome.mutable_item()->set_line(line);
    outcome.mutable_item()->set_product_id(row->product_id());
    outcome.mutable_item()->set_previous_position(row->last_position());
    outcome.set_state(v1::ITEM_STATE_LINKED);
    outcome.mutable_remote()->set_id(absl::StrCat(1000 + line));
    outcome.mutable_remote()->set_sku(row->sku());
    outcome.mutable_desired()->set_sku(row->sku());
  }
  const auto executed = bus().Execute(std::move(command));
  ASSERT_TRUE(executed.ok()) << executed.status();
}

void RunningServer::Observe(const std::vector<v1::RemoteProduct>& products,
                            const std::vector<std::string>& gone_ids) {
  domain::RecordStock command;
  command.connection = connections_[0];
  command.products = products;
  command.gone_ids = gone_ids;
  command.observe_time = absl::Now();
  const auto executed = bus().Execute(std::move(command));
  ASSERT_TRUE(executed.ok()) << executed.status();
}

v1::RemoteProduct StockOf(const std::string& id, const std::string& sku,
                          const std::string& location,
                          const std::string& quantity) {
  v1::RemoteProduct product;
  product.set_id(id);
  product.set_sku(sku);
  product.set_track_quantity(true);
  product.set_stock_told(true);
  if (!quantity.empty()) {
    v1::LocationStock& stock = *product.add_stock();
    stock.set_location_id(location);
    stock.set_name_en("Main");
    stock.set_quantity(quantity);
  }
  return product;
}

std::string Describe(const grpc::Status& status) {
  std::string text = absl::StatusCodeToString(
      static_cast<absl::StatusCode>(status.error_code()));
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  for (const auto& any : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    if (any.UnpackTo(&info)) absl::StrAppend(&text, " ", info.reason());
    if (!any.UnpackTo(&bad)) continue;
    for (const auto& violation : bad.field_violations()) {
      absl::StrAppend(&text, " ", violation.field());
    }
  }
  return text;
}

}  // namespace qantara::server
