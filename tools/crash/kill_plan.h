// Which failpoint is killed next, and what was done already.
#ifndef TOOLS_CRASH_KILL_PLAN_H_
#define TOOLS_CRASH_KILL_PLAN_H_

#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace qantara::tools {

// Walks over all ordered pairs of failpoints: each kill is the second one of a
// pair and the first one of the next. What is done is kept in a file, a line
// each, so that a later run goes on. Thread-safe.
class KillPlan {
 public:
  // Attempts at a pair before it counts as one that cannot follow.
  static constexpr int kMaxMisses = 4;
  // Highest pass at which a failpoint kills that is passed often.
  static constexpr int kMaxPass = 4;

  using Pair = std::pair<std::string, std::string>;

  struct Step {
    std::string failpoint;
    int pass = 1;
    // Kill once while a request is under way, before this one.
    bool leave_request = false;
  };

  // What a world saw; counts only when that world was found right.
  struct Outcome {
    std::vector<std::string> kills;
    std::vector<Pair> pairs;
    std::vector<Pair> missed;
  };

  struct Options {
    std::vector<std::string> failpoints;
    int kills = 20;     // Of each failpoint, at least.
    bool pairs = true;  // Whether pairs are wanted too.
    std::string file;   // Of results; empty: nothing is kept.
    unsigned seed = 1;
  };

  explicit KillPlan(const Options& options);

  // The next kill after that of `last` in the same world; empty: the first one.
  // Nothing when all is done, or under way in another world.
  std::optional<Step> Next(const std::string& last);

  // Gives back what a world took and did not do, and keeps what it did.
  void Add(const Outcome& outcome);
  void GiveBack(const Pair& pair);

  // Kills of the failpoint that was killed least often, all kills, pairs done,
  // pairs wanted, and pairs that could not follow.
  struct Figures {
    int least = 0;
    int kills = 0;
    size_t pairs = 0;
    size_t pairs_wanted = 0;
    std::vector<Pair> never;
    bool done = false;
  };
  Figures figures();

 private:
  bool Wanted(const Pair& pair) const;
  size_t WantedAfter(const std::string& first) const;
  void Take(const std::string& line);
  Step StepTo(const std::string& failpoint, bool again);

  const Options options_;
  std::mutex mutex_;
  std::mt19937 random_;
  std::map<std::string, int> kills_;
  std::map<std::string, int> kills_taken_;
  std::set<Pair> done_;
  std::set<Pair> taken_;
  std::map<Pair, int> misses_;
};

}  // namespace qantara::tools

#endif  // TOOLS_CRASH_KILL_PLAN_H_
