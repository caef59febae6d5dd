#include "server/poller/read_times.h"

#include <cmath>
#include <iterator>

#include "server/poller/remote_id_set.h"

namespace qantara::server {
namespace {

constexpr int64_t kSecond = 1000;

}  // namespace

void ReadTimes::Count(int64_t asked, int change) {
  const auto place = seconds_.try_emplace(asked / kSecond, 0).first;
  place->second += change;
  if (place->second == 0) seconds_.erase(place);
}

bool ReadTimes::Read(const std::string& id, int64_t asked) {
  const std::lock_guard lock(mutex_);
  const std::optional<uint64_t> number = NumberOfRemoteId(id);
  const auto take = [&](int64_t& last, bool is_new) {
    if (!is_new && last > asked) return false;
    if (!is_new) Count(last, -1);
    Count(asked, 1);
    last = asked;
    return true;
  };
  if (number.has_value()) {
    const auto [place, is_new] = numbers_.try_emplace(*number, asked);
    return take(place->second, is_new);
  }
  const auto [place, is_new] = texts_.try_emplace(id, asked);
  return take(place->second, is_new);
}

void ReadTimes::Forget(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto drop = [this](auto& times, const auto& key) {
    const auto place = times.find(key);
    if (place == times.end()) return;
    Count(place->second, -1);
    times.erase(place);
  };
  const std::optional<uint64_t> number = NumberOfRemoteId(id);
  if (number.has_value()) {
    drop(numbers_, *number);
  } else {
    drop(texts_, id);
  }
}

void ReadTimes::Complete() {
  const std::lock_guard lock(mutex_);
  complete_ = true;
}

std::optional<int64_t> ReadTimes::LastRead(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto find = [](const auto& times,
                       const auto& key) -> std::optional<int64_t> {
    const auto place = times.find(key);
    if (place == times.end()) return std::nullopt;
    return place->second;
  };
  const std::optional<uint64_t> number = NumberOfRemoteId(id);
  return number.has_value() ? find(numbers_, *number) : find(texts_, id);
}

int64_t ReadTimes::Since(double share) const {
  const size_t all = numbers_.size() + texts_.size();
  const auto wanted =
      static_cast<size_t>(std::ceil(share * static_cast<double>(all)));
  size_t seen = 0;
  for (auto second = seconds_.rbegin(); second != seconds_.rend(); ++second) {
    seen += second->second;
    if (seen >= wanted) return second->first * kSecond;
  }
  return 0;
}

std::optional<int64_t> ReadTimes::oldest() const {
  const std::lock_guard lock(mutex_);
  if (!complete_ || seconds_.empty()) return std::nullopt;
  return seconds_.begin()->first * kSecond;
}

std::optional<ReadTimes::Spread> ReadTimes::spread() const {
  const std::lock_guard lock(mutex_);
  if (!complete_ || seconds_.empty()) return std::nullopt;
  return Spread{Since(0.5), Since(0.99)};
}

size_t ReadTimes::size() const {
  const std::lock_guard lock(mutex_);
  return numbers_.size() + texts_.size();
}

}  // namespace qantara::server
