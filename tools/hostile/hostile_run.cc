#include "tools/hostile/hostile_run.h"

#include <functional>
#include <iostream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/process/support/must.h"
#include "tests/process/support/temporary_directory.h"
#include "tests/process/support/wait_until.h"
#include "tools/hostile/provider_faults.h"

namespace qantara::tools {
namespace {

using process::Must;

constexpr absl::Duration kTick = absl::Milliseconds(20);
constexpr absl::Duration kProgressEvery = absl::Seconds(10);
constexpr absl::Duration kBurstAfterMin = absl::Seconds(8);
constexpr absl::Duration kBurstAfterMax = absl::Seconds(20);
constexpr uint32_t kPageSize = 1000;
constexpr absl::Duration kMetricsPatience = absl::Seconds(30);

std::unique_ptr<process::Stage> MakeStage(const HostileOptions& options,
                                          const HostilePlan& plan) {
  const process::TemporaryDirectory files;
  process::StageOptions stage = HostileStage(options);
  stage.simulator_flags = {
      "--seed",     absl::StrCat(options.seed),
      "--load",     files.Write("present.jsonl", PresentProducts(plan)),
      "--fixtures", files.Write("faults.json", HostileFaults(options, plan))};
  return std::make_unique<process::Stage>(stage);
}

// Also when the server does not answer.
bool HasOpenWrites(process::ApiClient& api) {
  v1::ListProductsRequest request;
  request.set_page_size(kPageSize);
  do {
    grpc::ClientContext context;
    process::ApiClient::Prepare(context);
    v1::ListProductsResponse response;
    if (!api.products().ListProducts(&context, request, &response).ok()) {
      return true;
    }
    for (const v1::MappedProduct& product : response.products()) {
      if (product.pending_updates() > 0 || product.write_open()) return true;
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return false;
}

}  // namespace

HostileRun::HostileRun(const HostileOptions& options)
    : options_(options),
      plan_(MakePlan(options_)),
      stage_(MakeStage(options_, plan_)),
      state_(std::make_unique<RunState>(options_, plan_, stage_->simulator(),
                                        stage_->server().address())),
      hand_(std::make_unique<HandMaker>(*state_)) {
  for (size_t i = 0; i < plan_.imports.size(); ++i) {
    imports_.push_back(std::make_unique<ImportPlayer>(*state_, *hand_, i));
  }
}

void HostileRun::Play() {
  begin_ = absl::Now();
  std::vector<std::thread> clients;
  const auto start = [&](std::function<void()> play) {
    ++state_->working;
    clients.emplace_back([this, play = std::move(play)] {
      play();
      --state_->working;
    });
  };
  for (const auto& import : imports_) start([&] { import->Play(); });
  for (size_t i = 0; i < options_.create_callers; ++i) {
    start([this, i] { PlayCreates(*state_, i); });
  }
  for (size_t i = 0; i < options_.update_callers; ++i) {
    start([this, i] { PlayUpdates(*state_, answered_, i); });
  }
  Disturb();
  for (std::thread& client : clients) client.join();
  WaitUntilSettled();
  WaitUntilNothingIsLate();
  duration_ = absl::Now() - begin_;
  const auto metrics = stage_->server().Metrics();
  if (metrics.ok()) costs_.AddLife(*metrics);
  requests_seen_ = state_->simulator.RequestsTotal();
}

// Kills, bursts of 429 and records made by hand, until all clients are through.
void HostileRun::Disturb() {
  Dice kills(options_.seed, "kills");
  Dice bursts(options_.seed, "bursts");
  const auto next_kill = [&] {
    return absl::Now() +
           kills.Between(options_.kill_after_min, options_.kill_after_max);
  };
  const auto next_burst = [&] {
    return absl::Now() + bursts.Between(kBurstAfterMin, kBurstAfterMax);
  };
  absl::Time kill_at = next_kill();
  absl::Time burst_at = next_burst();
  absl::Time show_at = absl::Now() + kProgressEvery;
  while (state_->working > 0) {
    absl::SleepFor(kTick);
    hand_->Work();
    if (absl::Now() >= burst_at) {
      state_->simulator.SetFaults(ThrottleBurst(bursts));
      ++bursts_;
      burst_at = next_burst();
    }
    if (absl::Now() >= kill_at) {
      Kill();
      kill_at = next_kill();
    }
    if (absl::Now() >= show_at) {
      ShowProgress();
      show_at = absl::Now() + kProgressEvery;
    }
  }
}

void HostileRun::Kill() {
  process::ServerProcess& server = stage_->server();
  const auto metrics = server.Metrics();
  server.Kill();
  if (metrics.ok()) costs_.AddLife(*metrics);
  Must(server.Start());
  ++kills_;
  absl::StatusOr<double> found;
  process::WaitUntil(kMetricsPatience, [&] {
    found = server.Metric("qantara_intents_recovered_total");
    return found.ok();
  });
  if (found.ok() && *found > 0) ++kills_with_open_request_;
}

void HostileRun::ShowProgress() {
  const simulator::Json state = state_->simulator.Admin("GET", "state");
  std::cerr << absl::StreamFormat(
                   "%4.0f s: %s records, %s requests, %d updates accepted, %d "
                   "kills, %d clients at work",
                   absl::ToDoubleSeconds(absl::Now() - begin_),
                   state.TextAt("products"), state.TextAt("requests_total"),
                   state_->updates_accepted.load(), kills_,
                   state_->working.load())
            << std::endl;
}

// The import of a call, and an update that was only recorded, may go on when
// their callers are through.
void HostileRun::WaitUntilSettled() {
  const bool settled = process::WaitUntil(state_->deadline - absl::Now(), [&] {
    if (!HasOpenWrites(stage_->api())) return true;
    absl::SleepFor(kTick);
    return false;
  });
  if (!settled) {
    state_->findings.Add(kFinishedInTime, "products have writes that are open");
  }
}

void HostileRun::WaitUntilNothingIsLate() {
  const bool done = process::WaitUntil(state_->deadline - absl::Now(), [&] {
    return state_->simulator.Admin("GET", "state").TextAt("late_waiting") ==
           "0";
  });
  if (!done) state_->findings.Add(kFinishedInTime, "late writes are waiting");
  // What is read from now on is read by the checks, when all rows show.
  faults_ = state_->simulator.Admin("GET", "faults");
  state_->simulator.ClearFaults();
  absl::SleepFor(HostileStage(options_).max_read_lag);
}

void HostileRun::StopServer() { Must(stage_->server().Stop()); }

}  // namespace qantara::tools
