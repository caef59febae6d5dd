#include "tools/crash/kill_plan.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"

namespace qantara::tools {
namespace {

// Reached only where a request was left without outcome.
bool NeedsOpenRequest(const std::string& failpoint) {
  return absl::StartsWith(failpoint, "interrupted_");
}

// Passed once after a start, or once for each path of delivery.
bool IsPassedOnce(const std::string& failpoint) {
  for (const char* begin :
       {"open_", "marker_replace", "catch_up_", "interrupted_", "update_",
        "settle_update_", "split_", "items_"}) {
    if (absl::StartsWith(failpoint, begin)) return true;
  }
  return false;
}

}  // namespace

KillPlan::KillPlan(const Options& options)
    : options_(options), random_(options.seed) {
  if (options_.file.empty()) return;
  std::ifstream file(options_.file);
  for (std::string line; std::getline(file, line);) Take(line);
}

void KillPlan::Take(const std::string& line) {
  std::istringstream words(line);
  std::string kind;
  Pair pair;
  words >> kind >> pair.first >> pair.second;
  if (kind == "kill") ++kills_[pair.first];
  if (kind == "pair") done_.insert(pair);
  if (kind == "missed") ++misses_[pair];
}

bool KillPlan::Wanted(const Pair& pair) const {
  const auto misses = misses_.find(pair);
  return options_.pairs && !done_.contains(pair) && !taken_.contains(pair) &&
         (misses == misses_.end() || misses->second < kMaxMisses);
}

size_t KillPlan::WantedAfter(const std::string& first) const {
  return std::count_if(options_.failpoints.begin(), options_.failpoints.end(),
                       [&](const std::string& second) {
                         return Wanted({first, second});
                       });
}

KillPlan::Step KillPlan::StepTo(const std::string& failpoint, bool again) {
  const int highest = again || IsPassedOnce(failpoint) ? 1 : kMaxPass;
  return {failpoint, std::uniform_int_distribution<int>(1, highest)(random_),
          NeedsOpenRequest(failpoint)};
}

std::optional<KillPlan::Step> KillPlan::Next(const std::string& last) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<std::string> all = options_.failpoints;
  std::shuffle(all.begin(), all.end(), random_);
  if (!last.empty()) {
    for (const std::string& second : all) {
      const Pair pair(last, second);
      if (!Wanted(pair)) continue;
      taken_.insert(pair);
      Step step = StepTo(second, misses_.contains(pair));
      // Another kill in between would make it another pair.
      step.leave_request = false;
      return step;
    }
  }
  // The one with the most to follow, then the one that was killed least.
  const auto best = std::max_element(
      all.begin(), all.end(), [&](const auto& one, const auto& other) {
        return WantedAfter(one) < WantedAfter(other);
      });
  if (WantedAfter(*best) > 0) {
    Step step = StepTo(*best, false);
    step.leave_request = true;
    return step;
  }
  for (const std::string& failpoint : all) {
    if (kills_[failpoint] + kills_taken_[failpoint] >= options_.kills) continue;
    ++kills_taken_[failpoint];
    return StepTo(failpoint, false);
  }
  return std::nullopt;
}

void KillPlan::GiveBack(const Pair& pair) {
  const std::lock_guard<std::mutex> lock(mutex_);
  taken_.erase(pair);
}

void KillPlan::Add(const Outcome& outcome) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::ostringstream text;
  for (const std::string& kill : outcome.kills) text << "kill " << kill << "\n";
  for (const auto& [first, second] : outcome.pairs) {
    text << "pair " << first << " " << second << "\n";
  }
  for (const auto& [first, second] : outcome.missed) {
    text << "missed " << first << " " << second << "\n";
    taken_.erase({first, second});
  }
  std::istringstream lines(text.str());
  for (std::string line; std::getline(lines, line);) Take(line);
  kills_taken_.clear();
  if (options_.file.empty()) return;
  std::ofstream(options_.file, std::ios::app) << text.str() << std::flush;
}

KillPlan::Figures KillPlan::figures() {
  const std::lock_guard<std::mutex> lock(mutex_);
  Figures figures;
  const size_t count = options_.failpoints.size();
  figures.pairs_wanted = options_.pairs ? count * count : 0;
  figures.least = kills_[options_.failpoints.front()];
  for (const std::string& failpoint : options_.failpoints) {
    figures.least = std::min(figures.least, kills_[failpoint]);
    figures.kills += kills_[failpoint];
  }
  figures.pairs = done_.size();
  for (const auto& [pair, count_missed] : misses_) {
    if (count_missed >= kMaxMisses && !done_.contains(pair)) {
      figures.never.push_back(pair);
    }
  }
  figures.done = figures.least >= options_.kills &&
                 (!options_.pairs ||
                  figures.pairs + figures.never.size() >= figures.pairs_wanted);
  return figures;
}

}  // namespace qantara::tools
