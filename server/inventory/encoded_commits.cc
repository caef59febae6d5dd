#include "server/inventory/encoded_commits.h"

#include <algorithm>

#include "server/inventory/commit_encoder.h"

namespace qantara::server {

const std::vector<EncodedMessage>& StockCommit::Messages() const {
  std::call_once(once_,
                 [this] { messages_ = EncodeCommit(*record_, connection_); });
  return messages_;
}

void EncodedCommits::Add(domain::EventRecordPtr record) {
  const size_t bytes = kBytesFactor * record->ByteSizeLong();
  const std::lock_guard lock(mutex_);
  entries_.push_back({std::make_shared<StockCommit>(std::move(record),
                                                    connection_, ++ordinal_),
                      bytes});
  bytes_ += bytes;
  while (bytes_ > kMaxBytes && entries_.size() > 1) {
    begin_ = entries_.front().commit->position();
    bytes_ -= entries_.front().bytes;
    entries_.pop_front();
  }
}

void EncodedCommits::Restart(domain::Position position) {
  std::deque<Entry> old;
  const std::lock_guard lock(mutex_);
  begin_ = std::max(begin_, position);
  if (!entries_.empty()) {
    begin_ = std::max(begin_, entries_.back().commit->position());
  }
  bytes_ = 0;
  ++ordinal_;
  old.swap(entries_);
}

EncodedCommits::Found EncodedCommits::After(domain::Position position) const {
  const std::lock_guard lock(mutex_);
  Found found;
  found.missing = position < begin_;
  found.newest_ordinal = ordinal_;
  found.newest = entries_.empty() ? begin_ : entries_.back().commit->position();
  if (found.missing) return found;
  const auto next =
      std::upper_bound(entries_.begin(), entries_.end(), position,
                       [](domain::Position wanted, const Entry& entry) {
                         return wanted < entry.commit->position();
                       });
  if (next != entries_.end()) found.commit = next->commit;
  return found;
}

}  // namespace qantara::server
