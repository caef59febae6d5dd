#include "tests/server/inventory/model/watch_world.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

constexpr int kMaxWatches = 100;

std::vector<ConnectionSettings> Settings(int connections) {
  std::vector<ConnectionSettings> settings(connections);
  for (int i = 0; i < connections; ++i) {
    settings[i].id = WatchWorld::ConnectionName(i);
  }
  return settings;
}

}  // namespace

WatchWorld::Running::Running(WatchWorld& world)
    : storage(std::move(Storage::Open("/data", world.clock_, world.env_.get()))
                  .value()),
      tables(storage->log(), storage->tables()),
      bus(storage->writer()),
      import_bytes(1 << 20),
      executor({.threads = 3, .waiting = 100}),
      tail(storage->log(), storage->tables()),
      core{world.connections_, world.clock_, storage->log(), tables, bus, tail,
           import_bytes,       executor,     timer},
      feeds(core),
      slots(kMaxWatches) {}

WatchWorld::Running::~Running() {
  timer.Stop();
  executor.Stop();
  storage->writer().Stop();
}

WatchWorld::WatchWorld(int connections)
    : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())),
      connections_(Settings(connections)),
      running_(std::make_unique<Running>(*this)) {}

WatchWorld::~WatchWorld() = default;

std::string WatchWorld::ConnectionName(int number) {
  return absl::StrCat("store-", number);
}

void WatchWorld::Restart() {
  running_ = nullptr;
  running_ = std::make_unique<Running>(*this);
}

}  // namespace qantara::server
