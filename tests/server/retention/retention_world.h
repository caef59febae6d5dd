// A store with changes of stock and the worker that cuts them, moved by a clock
// of their own.
#ifndef QANTARA_TESTS_SERVER_RETENTION_RETENTION_WORLD_H_
#define QANTARA_TESTS_SERVER_RETENTION_RETENTION_WORLD_H_

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "rocksdb/env.h"
#include "server/core/command_bus.h"
#include "server/retention/retention_worker.h"
#include "server/storage.h"
#include "tests/adapters/support/fake_clock.h"

namespace qantara::server {

// One process on a data directory, from its start to its end.
class RetentionWorld {
 public:
  static constexpr char kConnection[] = "shop";

  struct Options {
    std::string directory = "/data";
    // Null: the machine's own.
    rocksdb::Env* env = nullptr;
    RetentionLimits limits = {absl::Hours(1), {}};
    RetentionPace pace = {};
    // Time since the first process began.
    absl::Duration since_begin;
  };

  explicit RetentionWorld(const Options& options);
  ~RetentionWorld();

  // The provider told `quantity` for products `first` to `first + count - 1`.
  void Observe(int first, int count, int quantity,
               const std::string& connection = kConnection);
  // The clock goes on, the worker does nothing.
  void Pass(absl::Duration time);

  // The worker runs on a thread of its own from now on, instead of the
  // following.
  void Start() { worker_.Start(); }
  void Stop() { worker_.Stop(); }

  // The worker runs one step; or steps for so long by the clock.
  void Step();
  void Run(absl::Duration time);

  // The events of stock, such as `40x 2S 1P 1C`: that many that were cut, then
  // changes, parts of a snapshot, records of a cut. Others are left out.
  std::string Kinds() const;
  domain::Position CutPosition() const;
  // Bytes of the records of changes that are whole.
  uint64_t WholeBytes() const;
  // Every row of the tables of stock, by table and key.
  std::map<std::string, std::string> StockRows() const;
  // What is wrong with the log or with the tables; empty: nothing.
  std::string Problem();

  Storage& storage() { return *storage_; }
  uint64_t counted_cuts() const { return metrics_.cuts; }

 private:
  class CountedCuts : public RetentionMetrics {
   public:
    void CountCut(const std::string&,
                  const domain::CutResult& result) override {
      cuts += result.cut;
    }
    std::atomic<uint64_t> cuts{0};
  };

  adapters::FakeClock clock_;
  std::unique_ptr<Storage> storage_;
  CommandBus bus_;
  CountedCuts metrics_;
  RetentionWorker worker_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_RETENTION_RETENTION_WORLD_H_
