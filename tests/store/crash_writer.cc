// Writes until it is killed; tells of each event once it is acknowledged.
//
//   crash_writer DIRECTORY
//
// Prints `ready`, then `POSITION TEXT` per event, in one write each.
#include <unistd.h>

#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "store/rocksdb_event_log.h"
#include "store/rocksdb_tables.h"
#include "store/writer.h"
#include "tests/store/fixed_clock.h"
#include "tests/store/sample_commands.h"

namespace qantara::store {
namespace {

constexpr int kInFlight = 64;

void Print(const std::string& line) {
  if (write(STDOUT_FILENO, line.data(), line.size()) < 0) _exit(1);
}

// Commands that are under way.
class Window {
 public:
  void Enter() {
    std::unique_lock<std::mutex> lock(mutex_);
    left_.wait(lock, [this] { return size_ < kInFlight; });
    ++size_;
  }

  void Leave() {
    const std::lock_guard<std::mutex> lock(mutex_);
    --size_;
    left_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable left_;
  int size_ = 0;
};

// Sets row `n` to the position of its event.
class SetToPosition : public QueuedCommand {
 public:
  explicit SetToPosition(Window& window) : window_(window) {}

  absl::StatusOr<domain::Events> Decide(
      const domain::TableReader&,
      const domain::DecisionContext& context) override {
    text_ = absl::StrCat("n=", context.next_position);
    return domain::Events{SamplePending(text_)};
  }

  void Done(const absl::Status& status, domain::Position position) override {
    if (!status.ok()) _exit(2);
    Print(absl::StrCat(position, " ", text_, "\n"));
    window_.Leave();
  }

  size_t bytes() const override { return sizeof(*this); }

 private:
  Window& window_;
  std::string text_;
};

int Run(const std::string& directory) {
  RocksdbEventLog::Options log_options;
  log_options.directory = directory;
  const auto log = RocksdbEventLog::Open(log_options);
  RocksdbTables::Options table_options;
  table_options.directory = directory;
  const auto tables = RocksdbTables::Open(table_options);
  if (!log.ok() || !tables.ok()) return 3;
  const FixedClock clock;
  const auto writer = Writer::Start({**log, **tables, clock, &SampleFold});
  if (!writer.ok() || !(*writer)->accepting().ok()) return 4;
  Print("ready\n");
  Window window;
  while (true) {
    window.Enter();
    (*writer)->Submit(std::make_unique<SetToPosition>(window));
  }
}

}  // namespace
}  // namespace qantara::store

int main(int argc, char** argv) {
  return argc == 2 ? qantara::store::Run(argv[1]) : 5;
}
