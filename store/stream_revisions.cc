#include "store/stream_revisions.h"

namespace qantara::store {

std::optional<domain::Revision> StreamRevisions::Find(
    absl::string_view stream) {
  const auto found = entries_.find(stream);
  if (found == entries_.end()) return std::nullopt;
  order_.splice(order_.begin(), order_, found->second);
  return found->second->second;
}

void StreamRevisions::Set(absl::string_view stream, domain::Revision revision) {
  if (Find(stream).has_value()) {
    order_.front().second = revision;
    return;
  }
  order_.emplace_front(std::string(stream), revision);
  entries_[order_.front().first] = order_.begin();
  if (order_.size() <= capacity_) return;
  entries_.erase(order_.back().first);
  order_.pop_back();
}

}  // namespace qantara::store
