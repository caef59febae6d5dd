// What should not be so, by check.
#ifndef TOOLS_HOSTILE_FINDINGS_H_
#define TOOLS_HOSTILE_FINDINGS_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace qantara::tools {

// Thread-safe.
class Findings {
 public:
  // Sentences that are kept of each check; all are counted.
  static constexpr size_t kKept = 10;

  struct Found {
    int64_t count = 0;
    std::vector<std::string> first;
  };

  void Add(const std::string& check, std::string sentence) {
    const std::lock_guard lock(mutex_);
    Found& found = found_[check];
    ++found.count;
    if (found.first.size() < kKept) found.first.push_back(std::move(sentence));
  }

  Found Of(const std::string& check) const {
    const std::lock_guard lock(mutex_);
    const auto found = found_.find(check);
    return found == found_.end() ? Found() : found->second;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Found> found_;
};

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_FINDINGS_H_
