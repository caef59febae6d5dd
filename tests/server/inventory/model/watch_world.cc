#include "tests/server/inventory/model/watch_world.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/fold/fold.h"
#include "domain/status_macros.h"
#include "store/rebuild.h"

namespace qantara::server {
namespace {

constexpr int kMaxWatches = 100;
// Dead processes that may not have ended yet.
constexpr size_t kMostBurials = 4;
constexpr absl::Duration kPatience = absl::Seconds(60);

std::vector<ConnectionSettings> Settings(int connections) {
  std::vector<ConnectionSettings> settings(connections);
  for (int i = 0; i < connections; ++i) {
    settings[i].id = WatchWorld::ConnectionName(i);
  }
  return settings;
}

}  // namespace

WatchWorld::Running::Running(WatchWorld& world,
                             std::shared_ptr<ProcessFiles> own_files,
                             std::unique_ptr<rocksdb::Env> own_env,
                             std::unique_ptr<Storage> own_storage)
    : files(std::move(own_files)),
      env(std::move(own_env)),
      storage(std::move(own_storage)),
      mortal_tables(storage->tables(), *files),
      tables(storage->log(), mortal_tables, [this] { return files->dead(); }),
      bus(storage->writer()),
      import_bytes(1 << 20),
      executor({.threads = 3, .waiting = 100}),
      tail(storage->log(), mortal_tables),
      core{world.connections_, world.clock_, storage->log(), tables, bus, tail,
           import_bytes,       executor,     timer},
      feeds(core),
      slots(kMaxWatches) {}

WatchWorld::Running::~Running() {
  timer.Stop();
  executor.Stop();
  storage->writer().Stop();
}

WatchWorld::WatchWorld(const Options& options)
    : options_(options),
      disk_(rocksdb::NewMemEnv(rocksdb::Env::Default())),
      connections_(Settings(options.connections)),
      running_(Start(std::nullopt).value()) {}

WatchWorld::~WatchWorld() {
  for (std::thread& burial : burials_) burial.join();
}

std::string WatchWorld::ConnectionName(int number) {
  return absl::StrCat("store-", number);
}

absl::StatusOr<std::unique_ptr<WatchWorld::Running>> WatchWorld::Start(
    std::optional<ProcessFiles::Plan> killed) {
  auto files = std::make_shared<ProcessFiles>(disk_->GetFileSystem());
  auto env = rocksdb::NewCompositeEnv(files);
  const bool may_die = killed.has_value();
  files->KillLater(std::move(killed));
  auto storage = Storage::Open("/data", clock_, env.get());
  if (may_die) files->Kill();
  if (files->dead()) return std::unique_ptr<Running>();
  QANTARA_RETURN_IF_ERROR(storage.status());
  QANTARA_RETURN_IF_ERROR((*storage)->log().writable());
  if (options_.keeps_writes_in_memory) files->KeepWritesInMemory();
  return std::make_unique<Running>(*this, std::move(files), std::move(env),
                                   *std::move(storage));
}

void WatchWorld::Restart() {
  running_ = nullptr;
  running_ = Start(std::nullopt).value();
}

absl::Status WatchWorld::Revive(std::optional<ProcessFiles::Plan> killed,
                                std::function<void()> left) {
  running_->files->Kill();
  Bury(std::move(left));
  if (killed.has_value()) {
    QANTARA_RETURN_IF_ERROR(Start(std::move(killed)).status());
  }
  QANTARA_ASSIGN_OR_RETURN(running_, Start(std::nullopt));
  return absl::OkStatus();
}

void WatchWorld::Bury(std::function<void()> left) {
  if (burials_.size() == kMostBurials) {
    burials_.front().join();
    burials_.pop_front();
  }
  burials_.emplace_back(
      [left = std::move(left), dead = std::move(running_)]() mutable {
        left();
        dead = nullptr;
      });
}

std::string WatchWorld::Problem() {
  const auto verified = storage().log().Verify();
  if (!verified.ok()) return verified.status().ToString();
  if (!storage().tables().WaitFor(storage().log().head(), kPatience)) {
    return "the tables do not catch up";
  }
  const std::unique_ptr<rocksdb::Env> env(
      rocksdb::NewMemEnv(rocksdb::Env::Default()));
  const auto fresh = store::RocksdbTables::Open(
      {.directory = "/fresh", .env = env.get(), .fold_version = 1});
  if (!fresh.ok()) return fresh.status().ToString();
  const auto report = store::CompareRebuild(storage().log(), storage().tables(),
                                            **fresh, &domain::Fold, 1);
  if (!report.ok()) return report.status().ToString();
  if (report->difference_count == 0) return "";
  return absl::StrCat(report->difference_count, " rows differ, the first in ",
                      static_cast<int>(report->differences[0].table));
}

}  // namespace qantara::server
