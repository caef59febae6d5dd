// Everything below the services, on RocksDB in memory, without gRPC.
#ifndef QANTARA_TESTS_SERVER_CORE_CORE_FIXTURE_H_
#define QANTARA_TESTS_SERVER_CORE_CORE_FIXTURE_H_

#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "adapters/system/system_clock.h"
#include "server/core/core.h"
#include "server/storage.h"

namespace qantara::server {

class CoreFixture : public ::testing::Test {
 protected:
  CoreFixture()
      : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())),
        storage_(*Storage::Open("/data", clock_, env_.get())),
        connections_(OneConnection()),
        tables_(storage_->log(), storage_->tables()),
        bus_(storage_->writer()),
        import_bytes_(8 << 20),
        executor_({.threads = 3, .waiting = 100}),
        tail_(storage_->log(), storage_->tables()),
        core_{connections_, clock_,        storage_->log(), tables_, bus_,
              tail_,        import_bytes_, executor_,       timer_} {}
  ~CoreFixture() override {
    timer_.Stop();
    executor_.Stop();
    storage_->writer().Stop();
  }

  // A sweep read one product.
  void Observe(const std::string& id, const std::string& quantity) {
    domain::RecordStock command;
    command.connection = "store";
    command.observe_time = absl::Now();
    v1::RemoteProduct& product = command.products.emplace_back();
    product.set_id(id);
    product.set_sku("SKU-" + id);
    product.set_track_quantity(true);
    product.set_stock_told(true);
    v1::LocationStock& stock = *product.add_stock();
    stock.set_location_id("main");
    stock.set_quantity(quantity);
    const auto executed = bus_.Execute(std::move(command));
    ASSERT_TRUE(executed.ok()) << executed.status();
  }

 private:
  static std::vector<ConnectionSettings> OneConnection() {
    std::vector<ConnectionSettings> settings(1);
    settings[0].id = "store";
    return settings;
  }

 protected:
  const std::unique_ptr<rocksdb::Env> env_;
  const adapters::SystemClock clock_;
  const std::unique_ptr<Storage> storage_;
  const Connections connections_;
  const FreshTables tables_;
  CommandBus bus_;
  ByteBudget import_bytes_;
  Executor executor_;
  Timer timer_;
  CommitTail tail_;
  Core core_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_CORE_CORE_FIXTURE_H_
