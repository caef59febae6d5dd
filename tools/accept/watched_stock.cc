// Acceptance by command: a large catalog with stock is swept while many watch.

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "qantara/v1/inventory_service.grpc.pb.h"
#include "qantara/v1/operations_service.grpc.pb.h"
#include "tests/process/support/must.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/wait_until.h"
#include "tools/accept/moved_figures.h"
#include "tools/benchmark/watch/watch_pool.h"

ABSL_FLAG(int, products, 100'000, "products with three figures each");
ABSL_FLAG(int, watchers, 100, "watchers");
ABSL_FLAG(int, rounds, 3, "how often 2 % of the products move");
ABSL_FLAG(int, poll_seconds, 5, "wanted interval of polling");
ABSL_FLAG(int, requests_per_minute, 6000, "budget of the connection");
ABSL_FLAG(int, memory_mib, 64,
          "how much more memory than an idle server it may use at most; 0: not "
          "judged");
ABSL_FLAG(std::string, binaries, ".",
          "directory with server/qantara_server, tools/qantara and "
          "tools/qoyod_simulator");

namespace qantara::process {
namespace {

using tools::Move;
using tools::MoveCheck;
using tools::WatchPool;

constexpr int kFiguresPerProduct = 3;
constexpr int kUnchangedSweeps = 2;
// Events of a sweep itself, however many products it read.
constexpr uint64_t kEventsPerSweep = 1;
constexpr int kConnections = 10;
constexpr int kReaders = 2;
constexpr absl::Duration kPatience = absl::Minutes(10);
constexpr absl::Duration kIdleSettle = absl::Seconds(2);
constexpr double kMib = 1024 * 1024;
constexpr char kWatchMethod[] = "/qantara.v1.InventoryService/WatchInventory";

// A figure of /proc/PID/status, in bytes; nothing when it cannot be read.
std::optional<double> ProcessBytes(pid_t pid, absl::string_view name) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/status"));
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> words =
        absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    double kib = 0;
    if (words.size() > 1 && words[0] == absl::StrCat(name, ":") &&
        absl::SimpleAtod(words[1], &kib)) {
      return kib * 1024;
    }
  }
  return std::nullopt;
}

// The simulator's catalog as a file that lives as long as the object.
class CatalogFile {
 public:
  explicit CatalogFile(int products) {
    std::ofstream file(path());
    file << tools::StockCatalog(products);
  }
  std::string path() const { return directory_.path() + "/catalog.jsonl"; }

 private:
  const TemporaryDirectory directory_;
};

StageOptions OptionsOf(const CatalogFile& catalog) {
  StageOptions options;
  options.binaries = absl::GetFlag(FLAGS_binaries);
  options.simulator_flags = {"--load", catalog.path()};
  options.requests_per_minute = absl::GetFlag(FLAGS_requests_per_minute);
  options.poll_seconds = absl::GetFlag(FLAGS_poll_seconds);
  options.request_timeout = absl::Seconds(10);
  return options;
}

// Memory of a server that has nothing to do and nothing to keep.
std::optional<double> IdleBytes() {
  StageOptions options;
  options.binaries = absl::GetFlag(FLAGS_binaries);
  Stage stage(options);
  absl::SleepFor(kIdleSettle);
  return ProcessBytes(stage.server().pid(), "VmRSS");
}

// One acceptance run.
class Trial {
 public:
  Trial()
      : idle_bytes_(IdleBytes()),
        catalog_(absl::GetFlag(FLAGS_products)),
        stage_(OptionsOf(catalog_)),
        operations_(v1::OperationsService::NewStub(stage_.api().channel())) {}

  bool Run() {
    if (!AwaitSweep(absl::InfinitePast())) return false;
    swept_bytes_ = ProcessBytes(stage_.server().pid(), "VmRSS");
    Say("the first sweep is complete");
    CheckSnapshot();
    OpenWatchers();
    for (int round = 0; round < absl::GetFlag(FLAGS_rounds); ++round) {
      MoveSome(round);
    }
    CheckUnchangedSweeps();
    CheckFaults();
    CheckMemory();
    for (const std::string& problem : problems_) {
      std::cout << "problem: " << problem << "\n";
    }
    return problems_.empty();
  }

 private:
  void Say(const std::string& what) {
    std::cout << absl::FormatTime("%H:%M:%S", absl::Now(),
                                  absl::LocalTimeZone())
              << "  " << what << "; server "
              << ProcessBytes(stage_.server().pid(), "VmRSS").value_or(0) / kMib
              << " MiB\n"
              << std::flush;
  }

  void Problem(const std::string& what) { problems_.push_back(what); }

  // When the last complete sweep began.
  std::optional<absl::Time> LastSweep() {
    grpc::ClientContext context;
    ApiClient::Prepare(context);
    v1::GetStatusResponse response;
    if (!operations_->GetStatus(&context, {}, &response).ok() ||
        response.connections_size() != 1 ||
        !response.connections(0).has_last_sweep_time()) {
      return std::nullopt;
    }
    const auto& time = response.connections(0).last_sweep_time();
    return absl::FromUnixSeconds(time.seconds()) +
           absl::Nanoseconds(time.nanos());
  }

  // Waits until a sweep that began after `time` is complete.
  bool AwaitSweep(absl::Time time) {
    const bool swept = WaitUntil(kPatience, [&] {
      const auto last = LastSweep();
      if (last.has_value() && *last > time) return true;
      absl::SleepFor(absl::Milliseconds(50));
      return false;
    });
    if (!swept) Problem("no complete sweep in time");
    return swept;
  }

  // Position that the tables show.
  uint64_t Position() {
    grpc::ClientContext context;
    ApiClient::Prepare(context);
    v1::ListInventoryRequest request;
    request.set_page_size(1);
    v1::ListInventoryResponse response;
    const grpc::Status status =
        stage_.api().inventory().ListInventory(&context, request, &response);
    if (!status.ok()) {
      Problem(absl::StrCat("ListInventory: ", status.error_message()));
    }
    return response.position();
  }

  void CheckSnapshot() {
    grpc::ClientContext context;
    ApiClient::Prepare(context, kPatience);
    const auto stream = stage_.api().inventory().WatchInventory(&context, {});
    v1::WatchInventoryResponse response;
    int rows = 0;
    // Product and location.
    absl::flat_hash_set<std::pair<std::string, std::string>> figures;
    while (stream->Read(&response) && !response.has_caught_up()) {
      rows += response.rows().levels_size();
      for (const v1::StockLevel& level : response.rows().levels()) {
        figures.emplace(level.remote_id(), level.location_id());
      }
    }
    if (!response.has_caught_up()) Problem("a snapshot did not end");
    context.TryCancel();
    stream->Finish();
    Say(absl::StrCat("a snapshot had ", rows, " figures"));
    const size_t expected =
        size_t(absl::GetFlag(FLAGS_products)) * kFiguresPerProduct;
    if (size_t(rows) != expected || figures.size() != expected) {
      Problem(absl::StrCat("a snapshot had ", rows, " figures, ",
                           figures.size(), " different ones, of ", expected));
    }
  }

  void OpenWatchers() {
    v1::WatchInventoryRequest request;
    request.set_start(v1::WATCH_START_NOW);
    WatchPool::Options options;
    options.address = stage_.server().address();
    options.dialect.method = kWatchMethod;
    options.dialect.request = request.SerializeAsString();
    options.dialect.scan = &tools::ScanInventory;
    options.watchers = absl::GetFlag(FLAGS_watchers);
    options.connections = kConnections;
    options.threads = kReaders;
    options.keep_messages = true;
    watchers_ = Must(WatchPool::Open(options));
    checks_.resize(static_cast<size_t>(watchers_->size()));
    Say(absl::StrCat(watchers_->size(), " watchers are open"));
  }

  // Returns how many moves have not arrived yet, at all watchers together.
  size_t TakeMessages() {
    size_t missing = 0;
    for (int i = 0; i < watchers_->size(); ++i) {
      MoveCheck& check = checks_[static_cast<size_t>(i)];
      check.Take(watchers_->TakeMessages(i));
      missing += check.missing();
    }
    return missing;
  }

  void MoveSome(int round) {
    const std::vector<Move> moves =
        tools::MovesOf(absl::GetFlag(FLAGS_products), round);
    for (MoveCheck& check : checks_) check.Expect(moves);
    stage_.simulator().Admin("POST", "stock", tools::StockBody(moves));
    const absl::Time moved = absl::Now();
    WaitUntil(kPatience, [this] { return TakeMessages() == 0; });
    // What comes twice would come with the next sweep.
    AwaitSweep(moved);
    AwaitSweep(absl::Now());
    const size_t missing = TakeMessages();
    if (missing > 0) Problem(absl::StrCat(missing, " moves did not arrive"));
    Say(absl::StrCat(moves.size(), " figures moved; each of ",
                     watchers_->size(), " watchers got ", watchers_->fewest(),
                     " to ", watchers_->most(), " changes so far"));
  }

  void CheckUnchangedSweeps() {
    const uint64_t before = Position();
    for (int sweep = 0; sweep < kUnchangedSweeps; ++sweep) {
      AwaitSweep(absl::Now());
    }
    const uint64_t events = Position() - before;
    // What the last of them invented has arrived when there was another one.
    AwaitSweep(absl::Now());
    TakeMessages();
    Say(absl::StrCat(kUnchangedSweeps, " sweeps without movement appended ",
                     events, " events"));
    if (events > kUnchangedSweeps * kEventsPerSweep) {
      Problem("sweeps without movement fill the log");
    }
  }

  // What came that should not have, in all rounds and sweeps.
  void CheckFaults() {
    for (const MoveCheck& check : checks_) {
      for (const std::string& fault : check.faults()) Problem(fault);
    }
  }

  void CheckMemory() {
    const auto peak = ProcessBytes(stage_.server().pid(), "VmHWM");
    if (!idle_bytes_.has_value() || !swept_bytes_.has_value() ||
        !peak.has_value()) {
      return Problem("the memory of a server cannot be read");
    }
    const double more = (*peak - *idle_bytes_) / kMib;
    std::cout << "memory: " << *idle_bytes_ / kMib
              << " MiB of a server that is idle and empty, "
              << *swept_bytes_ / kMib << " MiB after the first sweep, at most "
              << *peak / kMib << " MiB: " << more
              << " MiB more than the idle one, "
              << (*peak - *swept_bytes_) / kMib
              << " MiB more than before anybody watched\n";
    const int allowed = absl::GetFlag(FLAGS_memory_mib);
    if (allowed == 0) {
      std::cout << "memory is not judged\n";
    } else if (more > allowed) {
      Problem(absl::StrCat("more than ", allowed, " MiB above an idle server"));
    }
  }

  const std::optional<double> idle_bytes_;
  std::optional<double> swept_bytes_;
  const CatalogFile catalog_;
  Stage stage_;
  const std::unique_ptr<v1::OperationsService::Stub> operations_;
  std::unique_ptr<WatchPool> watchers_;
  std::vector<MoveCheck> checks_;
  std::vector<std::string> problems_;
};

}  // namespace
}  // namespace qantara::process

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("sweeps a large catalog while many watch");
  absl::ParseCommandLine(argc, argv);
  if (absl::GetFlag(FLAGS_products) < 1 || absl::GetFlag(FLAGS_watchers) < 1 ||
      absl::GetFlag(FLAGS_rounds) < 1 ||
      absl::GetFlag(FLAGS_poll_seconds) < 1) {
    std::cerr << "watched_stock: products, watchers, rounds and poll_seconds "
                 "are at least 1\n";
    return 2;
  }
  const bool good = qantara::process::Trial().Run();
  std::cout << (good ? "good" : "BAD") << std::endl;
  return good ? 0 : 1;
}
