#include "tests/server/delivery/delivery_harness.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/credentials/credential_source.h"
#include "adapters/qoyod/qoyod_gateway.h"
#include "adapters/qwoty/qwoty_gateway.h"
#include "domain/find_product.h"
#include "domain/fold/fold.h"
#include "domain/item_state.h"
#include "domain/line.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "server/config/provider_traits.h"
#include "tests/process/support/wait_until.h"

namespace qantara::server {
namespace {

using domain::Table;

constexpr char kKeyVariable[] = "QANTARA_TEST_QOYOD_KEY";
constexpr char kTokenVariable[] = "QANTARA_TEST_QWOTY_TOKEN";
constexpr absl::Duration kPatience = absl::Seconds(60);
// Skipped after each look, which come every 5 ms.
constexpr int64_t kHurryMillis = 45;

}  // namespace

DeliveryHarness::DeliveryHarness(Options options)
    : options_(std::move(options)),
      env_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
  setenv(kKeyVariable, "qyd_test_key", 1);
  setenv(kTokenVariable, simulator::kQwotyTestToken, 1);
  EXPECT_TRUE(qoyod_.Start(simulator::SimulatorOptions()).ok());
  EXPECT_TRUE(env_->CreateDirIfMissing("/data").ok());
  Start();
}

DeliveryHarness::~DeliveryHarness() { Stop(); }

void DeliveryHarness::Start() {
  log_ = *store::RocksdbEventLog::Open({"/data", env_.get()});
  tables_ = *store::RocksdbTables::Open({"/data", env_.get()});
  writer_ = *store::Writer::Start(
      {*log_, *tables_, clock_, [](const auto& record, auto& view) {
         return domain::Fold(record, view);
       }});
  bus_ = std::make_unique<CommandBus>(*writer_);
  status_.SetState(v1::CONNECTION_STATE_ACTIVE);
  transport_ = std::make_unique<adapters::CurlTransport>(clock_);
  credentials_ = NewCredentials();
  gate_ = std::make_unique<OutboundGate>(
      OutboundGate::Options{kConnection, options_.requests_per_minute,
                            options_.max_in_flight},
      clock_, status_, metrics_, credentials_.get());
  index_ = std::make_unique<RemoteIndex>(Traits());
  gateway_ = NewGateway();
  worker_ = std::make_unique<DeliveryWorker>(DeliveryContext{
      kConnection, options_.bounds, *bus_, *log_, *tables_, clock_, *gateway_,
      *gate_, *index_, metrics_, [this] { sweeper_->Request(); }, nullptr, 0,
      false, Traits()});
  sweeper_ = std::make_unique<CatalogSweeper>(SweeperContext{
      kConnection, options_.poll_interval, *bus_, *tables_, clock_, *gateway_,
      *gate_, *index_, status_, [this] { worker_->Wake(); },
      options_.bounds.max_read_lag});
  subscription_ = writer_->feed().Subscribe(
      [this](absl::Span<const domain::EventRecordPtr> events) {
        for (const domain::EventRecordPtr& record : events) {
          const events::v1::Event& event = record->event();
          if (event.has_connection_paused()) {
            status_.SetPaused(true, record->position());
          }
          if (event.has_connection_resumed()) {
            status_.SetPaused(false, record->position());
          }
          if (event.has_parked_retried()) {
            worker_->LookAgain(record->position());
          }
        }
        worker_->Wake();
      });
  sweeper_->Start();
  worker_->Start();
}

domain::ProviderTraits DeliveryHarness::Traits() const {
  ConnectionSettings settings;
  if (options_.qwoty != nullptr) settings.qwoty.emplace();
  return TraitsOf(settings);
}

std::shared_ptr<adapters::Credentials> DeliveryHarness::NewCredentials() {
  using Options = adapters::CredentialOptions;
  if (options_.new_credentials != nullptr) {
    return options_.new_credentials(qoyod_.base_url(), clock_, *transport_);
  }
  Options key{Options::Place::kEnvironment, kKeyVariable};
  if (options_.qwoty != nullptr) {
    key.name = kTokenVariable;
    key.form = Options::Form::kBearer;
  }
  return std::make_shared<adapters::CredentialSource>(key);
}

std::unique_ptr<domain::ProductGateway> DeliveryHarness::NewGateway() {
  if (options_.qwoty == nullptr) {
    return std::make_unique<adapters::QoyodGateway>(
        adapters::QoyodOptions{BaseUrl()}, credentials_, clock_, *transport_);
  }
  adapters::QwotyOptions qwoty;
  qwoty.connection = kConnection;
  qwoty.address.base_url = options_.qwoty->base_url();
  return std::make_unique<adapters::QwotyGateway>(
      std::move(qwoty), credentials_, clock_, *transport_);
}

void DeliveryHarness::Stop() {
  if (worker_ == nullptr) return;
  subscription_.reset();
  worker_->Stop();
  sweeper_->Stop();
  gateway_.reset();
  transport_.reset();
  worker_.reset();
  sweeper_.reset();
  writer_->Stop();
  writer_.reset();
  tables_.reset();
  log_.reset();
}

void DeliveryHarness::Import(const std::string& import_id,
                             const std::vector<v1::CatalogLine>& lines,
                             v1::ExistingPolicy policy) {
  domain::OpenImport open{kConnection, import_id, "test", policy, false};
  ASSERT_TRUE(bus_->Execute(open).ok());
  domain::AcceptLines accept{kConnection, import_id, 0, {}};
  for (const v1::CatalogLine& line : lines) {
    accept.lines.push_back(
        domain::ParseLine(line.SerializeAsString(), Traits().rules));
  }
  const auto accepted = bus_->Execute(std::move(accept));
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  ASSERT_TRUE(bus_->Execute(domain::EndImport{kConnection, import_id, 0}).ok());
}

tables::v1::ImportRow DeliveryHarness::Finish(const std::string& import_id) {
  tables::v1::ImportRow row;
  Await(absl::StrCat("import ", import_id), [&] {
    // The tables may be a moment behind the command that opened it.
    const auto found = domain::FindRow<tables::v1::ImportRow>(
        *tables_, Table::kImports, domain::TextKey(kConnection, import_id));
    if (!found.ok() || !found->has_value()) return false;
    row = **found;
    return domain::IsFinished(row);
  });
  return row;
}

std::string DeliveryHarness::BaseUrl() const {
  const std::string url = qoyod_.base_url();
  return options_.wrong_base_url ? url.substr(0, url.rfind('/')) : url;
}

void DeliveryHarness::AwaitState(v1::ConnectionState state) {
  Await(v1::ConnectionState_Name(state),
        [&] { return status_.state() == state; });
}

void DeliveryHarness::Await(const std::string& what,
                            const std::function<bool()>& done) {
  const auto look = [&] {
    if (done()) return true;
    if (options_.hurry) {
      clock_.Skip(kHurryMillis);
      worker_->Wake();
    }
    return false;
  };
  ASSERT_TRUE(process::WaitUntil(kPatience, look))
      << "waited in vain for " << what;
}

void DeliveryHarness::AwaitThrottled() {
  Await("a throttled request", [&] {
    const double rate = status_.requests_per_minute();
    return rate > 0 && rate < options_.requests_per_minute;
  });
}

void DeliveryHarness::AwaitSwept() {
  Await("a sweep", [&] {
    const auto row = domain::FindRow<tables::v1::ConnectionRow>(
        *tables_, Table::kConnections, domain::TextKey(kConnection));
    return row.ok() && row->has_value() && (*row)->swept();
  });
}

tables::v1::ItemRow DeliveryHarness::Item(const std::string& import_id,
                                          uint32_t line) {
  return *domain::GetRow<tables::v1::ItemRow>(
      *tables_, Table::kItems, domain::ItemKey(kConnection, import_id, line));
}

tables::v1::ProductRow DeliveryHarness::Product(const std::string& sku) {
  auto row = domain::FindProduct(*tables_, kConnection,
                                 {domain::ProductSelector::Kind::kSku, sku});
  EXPECT_TRUE(row.ok()) << row.status();
  return row.value_or(tables::v1::ProductRow());
}

tables::v1::UpdateRow DeliveryHarness::FinishUpdate(uint64_t update) {
  tables::v1::UpdateRow row;
  Await(absl::StrCat("update ", update), [&] {
    auto found = domain::FindRow<tables::v1::UpdateRow>(
        *tables_, Table::kUpdates, domain::NumberKey(kConnection, update));
    if (!found.ok() || !found->has_value()) return false;
    row = **found;
    return row.state() >= v1::UPDATE_STATE_APPLIED;
  });
  return row;
}

v1::CatalogLine Line(const std::string& sku, const std::string& price) {
  v1::CatalogLine line;
  line.mutable_product()->set_sku(sku);
  line.mutable_product()->set_name_en(absl::StrCat("Product ", sku));
  line.mutable_product()->set_name_ar("منتج");
  line.mutable_product()->set_selling_price(price);
  return line;
}

std::vector<v1::CatalogLine> Lines(const std::string& prefix, int count) {
  std::vector<v1::CatalogLine> lines;
  for (int i = 1; i <= count; ++i) {
    lines.push_back(Line(absl::StrCat(prefix, i)));
  }
  return lines;
}

}  // namespace qantara::server
