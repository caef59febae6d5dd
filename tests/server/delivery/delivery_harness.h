// A whole delivery path in one process: log and tables in memory, writer,
// worker, sweeper, the real gateway, and the simulator on loopback.
#ifndef QANTARA_TESTS_SERVER_DELIVERY_DELIVERY_HARNESS_H_
#define QANTARA_TESTS_SERVER_DELIVERY_DELIVERY_HARNESS_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/credentials/credentials.h"
#include "adapters/http/curl_transport.h"
#include "adapters/system/system_clock.h"
#include "domain/ports/product_gateway.h"
#include "qantara/tables/v1/rows.pb.h"
#include "rocksdb/env.h"
#include "server/core/command_bus.h"
#include "server/core/connection_status.h"
#include "server/delivery/delivery_worker.h"
#include "server/poller/catalog_sweeper.h"
#include "store/rocksdb_event_log.h"
#include "store/rocksdb_tables.h"
#include "store/writer.h"
#include "tools/simulator/qoyod_simulator.h"
#include "tools/simulator/qwoty_simulator.h"

namespace qantara::server {

// The machine's clock, which the test can set forward, as after a suspension.
class SkippingClock : public adapters::SystemClock {
 public:
  int64_t BootMillis() const override {
    return SystemClock::BootMillis() + skipped_.load();
  }
  void Skip(int64_t millis) { skipped_ += millis; }

 private:
  std::atomic<int64_t> skipped_{0};
};

// Counts what delivery tells.
class CountingMetrics : public DeliveryMetrics {
 public:
  void CountRequest(const std::string&, absl::string_view operation,
                    int) override {
    const std::lock_guard lock(mutex_);
    ++requests_[std::string(operation)];
  }
  void CountIntentsRecovered(const std::string&, int intents) override {
    recovered += intents;
  }
  void SetUnknownItems(const std::string&, int) override {}

  // Requests of that kind that were answered, or were not.
  int CountOf(const std::string& operation) {
    const std::lock_guard lock(mutex_);
    return requests_[operation];
  }

  int recovered = 0;

 private:
  std::mutex mutex_;
  std::map<std::string, int> requests_;  // Guarded by mutex_.
};

// The parts that live as long as a process does.
class DeliveryHarness {
 public:
  struct Options {
    DeliveryBounds bounds = {absl::Milliseconds(700), absl::Milliseconds(200),
                             absl::Milliseconds(100)};
    double requests_per_minute = 60'000;
    std::optional<absl::Duration> poll_interval;
    // Without the version segment, as in `https://api.qoyod.com`.
    bool wrong_base_url = false;
    int max_in_flight = 4;
    // While the test waits, time runs some ten times as fast: for long pauses.
    // Not for faults that take time themselves, which run on the machine's.
    bool hurry = false;
    // Present: the provider is this Qwoty, which was started.
    simulator::QwotySimulator* qwoty = nullptr;
    // Makes, at each start, what the gateway shows to the simulator at the base
    // URL; by default its key, from a variable.
    std::function<std::shared_ptr<adapters::Credentials>(
        const std::string&, const domain::Clock&, adapters::HttpTransport&)>
        new_credentials;
  };

  DeliveryHarness() : DeliveryHarness(Options()) {}
  explicit DeliveryHarness(Options options);
  ~DeliveryHarness();

  // Starts the parts of a process on what is stored; Stop drops them in the
  // middle of what they do.
  void Start();
  void Stop();

  // Imports `lines` as one catalog; does not wait for their delivery.
  void Import(const std::string& import_id,
              const std::vector<v1::CatalogLine>& lines,
              v1::ExistingPolicy policy = v1::EXISTING_POLICY_LINK);
  // Waits until the import is finished and returns its row.
  tables::v1::ImportRow Finish(const std::string& import_id);

  tables::v1::ItemRow Item(const std::string& import_id, uint32_t line);
  tables::v1::ProductRow Product(const std::string& sku);
  tables::v1::UpdateRow FinishUpdate(uint64_t update);

  // Waits until the connection is in that state.
  void AwaitState(v1::ConnectionState state);

  // Waits for `what`, which `done` tells; fails after a minute.
  void Await(const std::string& what, const std::function<bool()>& done);

  // Waits until the provider has lowered the rate.
  void AwaitThrottled();

  // Waits until the catalog was swept completely.
  void AwaitSwept();

  CommandBus& bus() { return *bus_; }
  simulator::QoyodSimulator& qoyod() { return qoyod_; }
  CountingMetrics& metrics() { return metrics_; }
  ConnectionStatus& status() { return status_; }
  const domain::TableStore& tables() { return *tables_; }
  const domain::EventLog& log() { return *log_; }
  SkippingClock& clock() { return clock_; }
  domain::ProductGateway& gateway() { return *gateway_; }
  OutboundGate& gate() { return *gate_; }

  static constexpr char kConnection[] = "shop";

 private:
  std::string BaseUrl() const;
  std::shared_ptr<adapters::Credentials> NewCredentials();
  std::unique_ptr<domain::ProductGateway> NewGateway();
  domain::ProviderTraits Traits() const;

  const Options options_;
  std::unique_ptr<rocksdb::Env> env_;
  SkippingClock clock_;
  simulator::QoyodSimulator qoyod_;
  CountingMetrics metrics_;
  ConnectionStatus status_;

  std::unique_ptr<store::RocksdbEventLog> log_;
  std::unique_ptr<store::RocksdbTables> tables_;
  std::unique_ptr<store::Writer> writer_;
  std::unique_ptr<CommandBus> bus_;
  std::shared_ptr<adapters::Credentials> credentials_;
  std::unique_ptr<OutboundGate> gate_;
  std::unique_ptr<RemoteIndex> index_;
  std::unique_ptr<DeliveryWorker> worker_;
  std::unique_ptr<CatalogSweeper> sweeper_;
  std::unique_ptr<adapters::CurlTransport> transport_;
  std::unique_ptr<domain::ProductGateway> gateway_;
  std::unique_ptr<store::CommitFeed::Subscription> subscription_;
};

// A line with a SKU, an English name and a selling price.
v1::CatalogLine Line(const std::string& sku,
                     const std::string& price = "25.00");

// Lines PREFIX1 to PREFIXn.
std::vector<v1::CatalogLine> Lines(const std::string& prefix, int count);

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_DELIVERY_DELIVERY_HARNESS_H_
