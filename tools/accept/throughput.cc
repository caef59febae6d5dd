// Acceptance by command: how long an import takes at the budget of a real
// account, with and without polling, and how long an update waits meanwhile.

#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/process/support/import_stream.h"
#include "tests/process/support/stage.h"

ABSL_FLAG(int, items, 20000, "products of the import");
ABSL_FLAG(int, requests_per_minute, 300,
          "budget of the connection, and limit of the simulator");
ABSL_FLAG(int, latency_ms, 50, "delay of each answer");
ABSL_FLAG(int, poll_seconds, 30, "interval of polling, in the run with it");
ABSL_FLAG(std::string, binaries, ".",
          "directory with server/qantara_server, tools/qantara and "
          "tools/qoyod_simulator");

namespace qantara::process {
namespace {

constexpr int kPerChunk = 50;
constexpr uint32_t kBatch = 500;
constexpr double kRatioPolling = 1.5;
constexpr double kRatioQuiet = 1.05;
constexpr double kThrottledShare = 0.001;
constexpr absl::Duration kUpdateBound = absl::Seconds(2);
constexpr absl::Duration kPatience = absl::Minutes(30);
constexpr absl::Duration kBetweenUpdates = absl::Seconds(10);

struct Run {
  std::string title;
  int poll_seconds = 0;
  double ratio_bound = 0;
};

// Creates the product that is updated during the import.
void CreateFirst(Stage& stage) {
  ImportStream stream(stage.api());
  stream.WriteHeader("first", "main");
  stream.WriteLines(1, {GoodLine("UPDATED")});
  stream.WriteEnd();
  stream.Finish();
}

void Send(Stage& stage, int items) {
  ImportStream stream(stage.api(), kPatience);
  stream.WriteHeader("catalog", "main");
  for (uint32_t first = 1; first <= static_cast<uint32_t>(items);
       first += kBatch) {
    std::vector<v1::CatalogLine> lines;
    for (uint32_t i = 0; i < kBatch && first + i <= uint32_t(items); ++i) {
      lines.push_back(GoodLine(absl::StrCat("SKU-", first + i)));
    }
    stream.WriteLines(first, lines);
    stream.ReadUntilDurable(first + static_cast<uint32_t>(lines.size()) - 1);
  }
  stream.WriteEnd();
  // The call's end is not the import's, once all of it has arrived.
  const absl::Time limit = absl::Now() + kPatience;
  while (stage.api().Import("catalog").state() == v1::IMPORT_STATE_OPEN &&
         absl::Now() < limit) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  stream.BreakOff();
}

absl::Duration UpdateOnce(Stage& stage, int number) {
  v1::UpdateProductRequest request;
  *request.mutable_key() = Sku("UPDATED");
  request.mutable_product()->set_selling_price(absl::StrCat(100 + number));
  request.mutable_update_mask()->add_paths("selling_price");
  v1::UpdateProductResponse response;
  const absl::Time began = absl::Now();
  const grpc::Status status = stage.api().Update(request, &response);
  if (!status.ok() || response.state() != v1::UPDATE_STATE_APPLIED) {
    std::cout << "update: " << status.error_message() << "\n";
    return absl::InfiniteDuration();
  }
  return absl::Now() - began;
}

// Waits for the import's end, updating now and then; returns the longest
// update.
absl::Duration Follow(Stage& stage, absl::Time began) {
  absl::Duration longest = absl::ZeroDuration();
  absl::Time next = began + kBetweenUpdates;
  for (int number = 0; absl::Now() < began + kPatience;) {
    if (stage.api().Import("catalog").state() == v1::IMPORT_STATE_FINISHED) {
      return longest;
    }
    if (absl::Now() >= next) {
      longest = std::max(longest, UpdateOnce(stage, ++number));
      next += kBetweenUpdates;
    }
    absl::SleepFor(absl::Milliseconds(100));
  }
  return absl::InfiniteDuration();
}

struct Counts {
  std::map<std::string, int> requests;
  int throttled = 0;
  int total = 0;
};

Counts CountRequests(Stage& stage, int64_t after) {
  Counts counts;
  for (const simulator::Json& entry : stage.simulator().AdminLines(
           absl::StrCat("journal?body=0&limit=1000000&after=", after))) {
    std::string target = entry.TextAt("target");
    target = target.substr(0, target.find('?'));
    ++counts.requests[entry.TextAt("method") + " " + target];
    ++counts.total;
    if (entry.TextAt("status") == "429") ++counts.throttled;
  }
  return counts;
}

bool Measure(const Run& run) {
  const int rate = absl::GetFlag(FLAGS_requests_per_minute);
  const int items = absl::GetFlag(FLAGS_items);
  StageOptions options;
  options.binaries = absl::GetFlag(FLAGS_binaries);
  options.requests_per_minute = rate;
  options.poll_seconds = run.poll_seconds;
  options.simulator_flags = {"--latency_ms",
                             absl::StrCat(absl::GetFlag(FLAGS_latency_ms)),
                             "--requests_per_minute", absl::StrCat(rate)};
  Stage stage(options);
  CreateFirst(stage);
  const int64_t before = stage.simulator().RequestsTotal();
  const absl::Time began = absl::Now();
  Send(stage, items);
  const absl::Duration longest = Follow(stage, began);
  const double seconds = absl::ToDoubleSeconds(absl::Now() - began);
  const double ideal = std::ceil(double(items) / kPerChunk) / rate * 60;
  const Counts counts = CountRequests(stage, before);
  const double throttled = double(counts.throttled) / counts.total;
  const size_t held = stage.simulator().Products().size();
  std::cout << "== " << run.title << "\n";
  for (const auto& [kind, count] : counts.requests) {
    if (count > 2) std::cout << "  " << kind << ": " << count << "\n";
  }
  std::cout << items << " products in " << seconds << " s; " << ideal
            << " s needed at " << kPerChunk << " per request; ratio "
            << seconds / ideal << " (at most " << run.ratio_bound << ")\n"
            << "answered 429: " << counts.throttled << " of " << counts.total
            << "; longest update " << longest << "; records " << held << "\n";
  return seconds / ideal <= run.ratio_bound && throttled < kThrottledShare &&
         longest <= kUpdateBound && held == static_cast<size_t>(items) + 1;
}

}  // namespace
}  // namespace qantara::process

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("measures imports at a real account's budget");
  absl::ParseCommandLine(argc, argv);
  using qantara::process::Measure;
  bool good = Measure({"polling off", 0, qantara::process::kRatioQuiet});
  good = Measure({"polling on", absl::GetFlag(FLAGS_poll_seconds),
                  qantara::process::kRatioPolling}) &&
         good;
  std::cout << (good ? "good" : "BAD") << std::endl;
  return good ? 0 : 1;
}
