// A set of remote ids that takes little memory.
#ifndef QANTARA_SERVER_POLLER_REMOTE_ID_SET_H_
#define QANTARA_SERVER_POLLER_REMOTE_ID_SET_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"

namespace qantara::server {

// The number that `id` is the usual way to write of; nothing where it is none
// below 10^19. Different ids never have the same number.
inline std::optional<uint64_t> NumberOfRemoteId(absl::string_view id) {
  constexpr size_t kMaxDigits = 19;
  const bool plain = !id.empty() && id.size() <= kMaxDigits &&
                     id.find_first_not_of("0123456789") == id.npos &&
                     (id.front() != '0' || id.size() == 1);
  uint64_t number = 0;
  if (!plain || !absl::SimpleAtoi(id, &number)) return std::nullopt;
  return number;
}

// Some ten bytes for each id that is a number, a string for each other one.
// Not thread-safe.
class RemoteIdSet {
 public:
  // Returns whether the id was not there yet.
  bool Insert(const std::string& id) {
    const std::optional<uint64_t> number = NumberOfRemoteId(id);
    return number.has_value() ? numbers_.insert(*number).second
                              : texts_.insert(id).second;
  }
  bool Contains(absl::string_view id) const {
    const std::optional<uint64_t> number = NumberOfRemoteId(id);
    return number.has_value() ? numbers_.contains(*number)
                              : texts_.contains(id);
  }
  size_t size() const { return numbers_.size() + texts_.size(); }
  void Clear() {
    numbers_.clear();
    texts_.clear();
  }

 private:
  absl::flat_hash_set<uint64_t> numbers_;
  absl::flat_hash_set<std::string> texts_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_REMOTE_ID_SET_H_
