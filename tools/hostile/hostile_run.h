// A run against a hostile provider, with kills, and what is left when all
// clients are through.
#ifndef TOOLS_HOSTILE_HOSTILE_RUN_H_
#define TOOLS_HOSTILE_HOSTILE_RUN_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/process/support/stage.h"
#include "tools/hostile/call_players.h"
#include "tools/hostile/hand_maker.h"
#include "tools/hostile/hostile_options.h"
#include "tools/hostile/import_player.h"
#include "tools/hostile/plan.h"
#include "tools/hostile/request_costs.h"
#include "tools/hostile/run_state.h"
#include "tools/simulator/json.h"

namespace qantara::tools {

// One thread, which must live until the end: the processes end with it.
class HostileRun {
 public:
  // Starts the programs; ends the program when that fails.
  explicit HostileRun(const HostileOptions& options);

  // Runs all clients against kills and faults until everything is settled or
  // time is over, and nothing is left that the provider may apply late.
  void Play();

  // Stops the server in good order; its data can be checked then.
  void StopServer();

  RunState& state() { return *state_; }
  const HostilePlan& plan() const { return plan_; }
  process::Stage& stage() { return *stage_; }
  const AnsweredUpdates& answered() const { return answered_; }
  const HandMaker& hand() const { return *hand_; }
  const std::vector<std::unique_ptr<ImportPlayer>>& imports() const {
    return imports_;
  }
  const RequestCosts& costs() const { return costs_; }
  // Requests that the provider saw until everything was settled.
  int64_t requests_seen() const { return requests_seen_; }
  int kills() const { return kills_; }
  // Of the restarts, those that found a request without recorded outcome.
  int kills_with_open_request() const { return kills_with_open_request_; }
  int bursts() const { return bursts_; }
  absl::Duration duration() const { return duration_; }
  // The simulator's switches, with how often each struck; those of the last
  // burst only.
  const simulator::Json& faults() const { return faults_; }

 private:
  void Disturb();
  void Kill();
  void ShowProgress();
  void WaitUntilSettled();
  void WaitUntilNothingIsLate();

  const HostileOptions options_;
  const HostilePlan plan_;
  std::unique_ptr<process::Stage> stage_;
  std::unique_ptr<RunState> state_;
  std::unique_ptr<HandMaker> hand_;
  std::vector<std::unique_ptr<ImportPlayer>> imports_;
  AnsweredUpdates answered_;
  RequestCosts costs_;
  int64_t requests_seen_ = 0;
  int kills_ = 0;
  int kills_with_open_request_ = 0;
  int bursts_ = 0;
  simulator::Json faults_;
  absl::Time begin_;
  absl::Duration duration_;
};

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_HOSTILE_RUN_H_
