// Log, tables and writer for many runs of the model, each on a connection of
// its own.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_WORLD_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_WORLD_H_

#include <rocksdb/env.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/system/system_clock.h"
#include "server/core/core.h"
#include "server/core/slots.h"
#include "server/inventory/stock_feed.h"
#include "server/storage.h"
#include "tests/server/inventory/model/mortal_tables.h"
#include "tests/server/inventory/model/process_files.h"

namespace qantara::server {

// A disk and the processes that use it, one after the other. One thread uses
// it.
class WatchWorld {
 public:
  struct Options {
    int connections = 1;
    // A planted bug: see ProcessFiles.
    bool keeps_writes_in_memory = false;
  };

  explicit WatchWorld(const Options& options);
  ~WatchWorld();

  static std::string ConnectionName(int number);

  // Closes everything and opens it again. No watch may be open.
  void Restart();

  // The process lives until its files say otherwise.
  ProcessFiles& files() { return *running_->files; }
  bool dead() const { return running_->files->dead(); }

  // Kills the process, if it lives, and starts the next one on what it left.
  // With `killed` that one is killed some changes after its start, which may be
  // while it is opening its files, and another follows. `left` ends the watches
  // of the dead one; it runs on another thread, while the next one lives.
  //
  // After an error nothing runs: the world is of no use any more.
  absl::Status Revive(std::optional<ProcessFiles::Plan> killed,
                      std::function<void()> left);

  Storage& storage() { return *running_->storage; }
  const domain::TableStore& tables() { return running_->mortal_tables; }
  CommandBus& bus() { return running_->bus; }
  StockFeeds& feeds() { return running_->feeds; }
  Slots& slots() { return running_->slots; }
  const domain::Clock& clock() const { return clock_; }

  // What is wrong with the log, or with the tables beside it; empty: nothing.
  std::string Problem();

 private:
  struct Running {
    Running(WatchWorld& world, std::shared_ptr<ProcessFiles> own_files,
            std::unique_ptr<rocksdb::Env> own_env,
            std::unique_ptr<Storage> own_storage);
    ~Running();

    const std::shared_ptr<ProcessFiles> files;
    const std::unique_ptr<rocksdb::Env> env;
    std::unique_ptr<Storage> storage;
    MortalTables mortal_tables;
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

  absl::StatusOr<std::unique_ptr<Running>> Start(
      std::optional<ProcessFiles::Plan> killed);
  // Lets what is left of a killed process end beside its successors.
  void Bury(std::function<void()> left);

  const Options options_;
  const std::unique_ptr<rocksdb::Env> disk_;
  const adapters::SystemClock clock_;
  const Connections connections_;
  std::unique_ptr<Running> running_;
  std::deque<std::thread> burials_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_WORLD_H_
