// Log, tables and writer for many runs of the model, each on a connection of
// its own.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_WORLD_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_WORLD_H_

#include <rocksdb/env.h>

#include <memory>
#include <string>

#include "adapters/system/system_clock.h"
#include "server/core/core.h"
#include "server/core/slots.h"
#include "server/inventory/stock_feed.h"
#include "server/storage.h"

namespace qantara::server {

// One thread uses it.
class WatchWorld {
 public:
  explicit WatchWorld(int connections);
  ~WatchWorld();

  static std::string ConnectionName(int number);

  // Closes everything and opens it again. No watch may be open.
  void Restart();

  Storage& storage() { return *running_->storage; }
  CommandBus& bus() { return running_->bus; }
  StockFeeds& feeds() { return running_->feeds; }
  Slots& slots() { return running_->slots; }

 private:
  struct Running {
    explicit Running(WatchWorld& world);
    ~Running();

    std::unique_ptr<Storage> storage;
    FreshTables tables;
    CommandBus bus;
    ByteBudget import_bytes;
    Executor executor;
    Timer timer;
    CommitTail tail;
    Core core;
    StockFeeds feeds;
    Slots slots;
  };

  const std::unique_ptr<rocksdb::Env> env_;
  const adapters::SystemClock clock_;
  const Connections connections_;
  std::unique_ptr<Running> running_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_WORLD_H_
