// The disk fails under a server that delivers, or the log lost its end: nothing
// is acknowledged or sent any more, and reading goes on.
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "adapters/http/curl_transport.h"
#include "adapters/system/system_clock.h"
#include "domain/digest.h"
#include "grpcpp/generic/generic_stub.h"
#include "qantara/v1/catalog_service.grpc.pb.h"
#include "qantara/v1/product_service.grpc.pb.h"
#include "rocksdb/env.h"
#include "server/new_gateway.h"
#include "server/server.h"
#include "store/rocksdb_event_log.h"
#include "tests/process/support/wait_until.h"
#include "tests/server/support/health.h"
#include "tests/server/support/import_client.h"
#include "tests/store/disk_image.h"
#include "tests/store/faulty_file_system.h"
#include "tools/simulator/qoyod_simulator.h"

namespace qantara::server {
namespace {

using Failing = store::FaultyFileSystem::Failing;
using Failure = store::FaultyFileSystem::Failure;

constexpr char kDirectory[] = "/data";
constexpr char kKeyVariable[] = "QANTARA_TEST_KEY";
constexpr char kImport[] = "spring";
constexpr uint32_t kBatch = 5;
// Requests that may be on their way when the disk fails, and their answers.
constexpr size_t kUnderWay = 8;
constexpr int kReads = 100;
// A disk that is to fail after a few writes has failed long before.
constexpr uint32_t kMostWrites = 1000;
constexpr absl::Duration kPatience = absl::Seconds(60);

// A server with delivery to a simulator, on files in memory that can fail.
class World {
 public:
  explicit World(const store::DiskImage& image = {})
      : memory_(store::EnvOf(image)),
        disk_(std::make_shared<store::FaultyFileSystem>(
            memory_->GetFileSystem())),
        env_(rocksdb::NewCompositeEnv(disk_)),
        transport_(clock_) {
    EXPECT_TRUE(qoyod_.Start(simulator::SimulatorOptions()).ok());
    ServerSettings settings;
    ConnectionSettings& connection = settings.connections.emplace_back();
    connection.id = "shop";
    connection.qoyod.base_url = qoyod_.base_url();
    connection.qoyod.credential.name = kKeyVariable;
    connection.requests_per_minute = 6000;
    settings.data_dir = kDirectory;
    settings.listen = "127.0.0.1:0";
    settings.env = env_.get();
    auto server = Server::Start(
        settings, clock_, NewGatewayFactory(clock_, transport_, kDirectory));
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    channel_ = grpc::CreateChannel(server_->address(),
                                   grpc::InsecureChannelCredentials());
    catalog_ = v1::CatalogService::NewStub(channel_);
  }

  store::FaultyFileSystem& disk() { return *disk_; }
  Server& server() { return *server_; }
  v1::CatalogService::Stub& catalog() { return *catalog_; }
  size_t requests() { return qoyod_.JournalEntries().size(); }
  std::vector<simulator::JournalEntry> journal() {
    return qoyod_.JournalEntries();
  }
  bool IsServing() { return HealthOf(channel_, "") == kServing; }

  grpc::Status GetImport(v1::Import* import) {
    grpc::ClientContext context;
    v1::GetImportRequest request;
    request.set_import_id(kImport);
    v1::GetImportResponse response;
    const grpc::Status status =
        catalog_->GetImport(&context, request, &response);
    *import = response.catalog_import();
    return status;
  }

  grpc::Status Create(const std::string& sku) {
    grpc::ClientContext context;
    v1::CreateProductRequest request;
    *request.mutable_product() = SampleLine(1).product();
    request.mutable_product()->set_sku(sku);
    request.set_wait(v1::WAIT_LEVEL_DURABLE);
    v1::CreateProductResponse response;
    return v1::ProductService::NewStub(channel_)->CreateProduct(
        &context, request, &response);
  }

  // Stops the server and returns what is on its disk.
  store::DiskImage Stop() {
    server_->Stop(absl::ZeroDuration());
    server_.reset();
    disk_->FailAfter(-1);
    return store::ImageOf(*memory_, kDirectory);
  }

 private:
  const std::unique_ptr<rocksdb::Env> memory_;
  const std::shared_ptr<store::FaultyFileSystem> disk_;
  const std::unique_ptr<rocksdb::Env> env_;
  const adapters::SystemClock clock_;
  adapters::CurlTransport transport_;
  simulator::QoyodSimulator qoyod_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::CatalogService::Stub> catalog_;
};

std::vector<domain::EventRecordPtr> EventsOf(const store::DiskImage& image) {
  const auto env = store::EnvOf(image);
  store::RocksdbEventLog::Options options;
  options.directory = kDirectory;
  options.env = env.get();
  const auto log = store::RocksdbEventLog::Open(options);
  EXPECT_TRUE(log.ok()) << log.status();
  EXPECT_TRUE((*log)->Verify().ok());
  std::vector<domain::EventRecordPtr> events;
  while (events.size() < (*log)->head()) {
    const auto page = (*log)->Read(events.size(), {});
    if (!page.ok()) return {};
    events.insert(events.end(), page->begin(), page->end());
  }
  return events;
}

// Acknowledged lines are in the log, and every request that wrote was intended.
void ExpectHonest(const std::vector<domain::EventRecordPtr>& events,
                  uint32_t acknowledged,
                  const std::vector<simulator::JournalEntry>& journal) {
  uint32_t lines = 0;
  std::map<std::string, int> intended;
  for (const auto& record : events) {
    const events::v1::Event& event = record->event();
    lines += event.import_lines_accepted().lines_size();
    ++intended[event.create_intended().fingerprint()];
  }
  EXPECT_GE(lines, acknowledged);
  for (const simulator::JournalEntry& entry : journal) {
    if (entry.method == "GET") continue;
    EXPECT_GE(--intended[domain::Digest16(entry.body)], 0) << entry.body;
  }
}

// Lets the disk fail after so many operations and writes until the server
// refuses; returns how many lines and single products were acknowledged.
uint32_t WriteUntilRefused(World& world, int64_t operations,
                           const Failure& failure) {
  ImportClient client(world.catalog());
  EXPECT_TRUE(client.SendHeader(kImport));
  EXPECT_TRUE(client.SendLines(1, kBatch));
  EXPECT_TRUE(client.AwaitAck(kBatch));
  // Tables that the disk stops behind the log stay there until the next start:
  // this answer comes from tables that show the batch.
  v1::Import import;
  EXPECT_TRUE(world.GetImport(&import).ok());
  world.disk().FailAfter(operations, failure);
  uint32_t acknowledged = kBatch;
  grpc::Status status;
  while (status.ok() && acknowledged < kMostWrites) {
    status = world.Create(absl::StrCat("ONE-", acknowledged));
    if (status.ok()) ++acknowledged;
  }
  EXPECT_FALSE(status.ok()) << "the disk did not fail";
  client.Cancel();
  client.Drain();
  return acknowledged;
}

void ExpectOnlyReads(World& world) {
  ASSERT_TRUE(
      process::WaitUntil(kPatience, [&] { return !world.IsServing(); }));
  const size_t requests = world.requests();
  for (int i = 0; i < kReads; ++i) {
    v1::Import import;
    const grpc::Status read = world.GetImport(&import);
    ASSERT_TRUE(read.ok()) << read.error_message();
    EXPECT_EQ(import.received_lines(), kBatch);
  }
  EXPECT_EQ(world.Create("LATER").error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_LE(world.requests(), requests + kUnderWay);
  EXPECT_FALSE(world.IsServing());
}

void FailAndLook(const Failure& failure, int operations) {
  SCOPED_TRACE(absl::StrCat(failure.status.ToString(), " ", failure.part,
                            " after ", operations));
  World world;
  const uint32_t acknowledged = WriteUntilRefused(world, operations, failure);
  ExpectOnlyReads(world);
  const auto image = world.Stop();
  ExpectHonest(EventsOf(image), acknowledged, world.journal());
}

class DiskFailureTest : public ::testing::Test {
 protected:
  DiskFailureTest() { setenv(kKeyVariable, "qyd_test_key", 1); }
};

TEST_F(DiskFailureTest, NothingIsAcknowledgedOrSentAfterItAndReadingGoesOn) {
  const rocksdb::IOStatus broken = rocksdb::IOStatus::IOError("broken");
  const rocksdb::IOStatus full = rocksdb::IOStatus::NoSpace("full");
  for (const Failure& failure : {Failure{Failing::kAll, broken, "/log/"},
                                 Failure{Failing::kAll, full, "/log/"},
                                 Failure{Failing::kSyncs, broken, "/log/"},
                                 Failure{Failing::kOnce, broken, "/log/"},
                                 Failure{Failing::kOnce, broken, "/head"},
                                 // The whole disk: the tables too.
                                 Failure{Failing::kAll, full, ""}}) {
    // Beside one another: most of the time goes by in waiting for the health.
    std::vector<std::future<void>> worlds;
    for (const int operations : {0, 1, 2, 5}) {
      worlds.push_back(std::async(std::launch::async, [&failure, operations] {
        FailAndLook(failure, operations);
      }));
    }
    for (auto& world : worlds) world.get();
  }
}

TEST_F(DiskFailureTest, LogShorterThanItsMarkerIsServedForReadingOnly) {
  store::DiskImage image;
  {
    World world;
    ImportClient client(world.catalog());
    ASSERT_TRUE(client.SendHeader(kImport));
    ASSERT_TRUE(client.SendLines(1, kBatch));
    ASSERT_TRUE(client.SendEnd(kBatch));
    ASSERT_TRUE(client.Drain().ok());
    image = world.Stop();
  }
  std::string* wal = nullptr;
  for (auto& [path, bytes] : image) {
    if (absl::StrContains(path, "/log/") && absl::EndsWith(path, ".log")) {
      wal = &bytes;
    }
  }
  ASSERT_NE(wal, nullptr);
  wal->back() = static_cast<char>(wal->back() ^ 1);

  World world(image);
  const absl::Status writable = world.server().storage().log().writable();
  EXPECT_TRUE(absl::StrContains(writable.message(), "but its marker says"))
      << writable;
  EXPECT_FALSE(world.IsServing());
  ExpectOnlyReads(world);
  EXPECT_EQ(world.requests(), 0);
}

}  // namespace
}  // namespace qantara::server
