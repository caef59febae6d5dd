// The newest stock events of a connection, encoded once for all who watch.
#ifndef QANTARA_SERVER_INVENTORY_ENCODED_COMMITS_H_
#define QANTARA_SERVER_INVENTORY_ENCODED_COMMITS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "domain/ports/event_log.h"
#include "server/inventory/inventory_peer.h"

namespace qantara::server {

// One stock event. Thread-safe.
class StockCommit {
 public:
  // `ordinal`: number of stock events since somebody began to count.
  StockCommit(domain::EventRecordPtr record, std::string connection,
              uint64_t ordinal)
      : record_(std::move(record)),
        connection_(std::move(connection)),
        ordinal_(ordinal) {}

  const events::v1::EventRecord& record() const { return *record_; }
  domain::Position position() const { return record_->position(); }
  uint64_t ordinal() const { return ordinal_; }

  // As EncodeCommit returns them; encoded by the first who asks.
  const std::vector<EncodedMessage>& Messages() const;

 private:
  const domain::EventRecordPtr record_;
  const std::string connection_;
  const uint64_t ordinal_;
  mutable std::once_flag once_;
  mutable std::vector<EncodedMessage> messages_;
};

using StockCommitPtr = std::shared_ptr<const StockCommit>;

// Keeps the newest commits up to a number of bytes. Thread-safe.
class EncodedCommits {
 public:
  // Memory that commits may take, decoded and encoded.
  static constexpr size_t kMaxBytes = 16 << 20;
  // What one takes, in its stored bytes: some four times for the decoded event,
  // twice for the messages.
  static constexpr size_t kBytesFactor = 6;

  EncodedCommits(std::string connection, domain::Position begin)
      : connection_(std::move(connection)), begin_(begin) {}

  // Adds the next commit; earlier ones go where there are too many. The newest
  // one is kept whatever its size.
  void Add(domain::EventRecordPtr record);

  // Forgets everything: what is added from now on is above `position`.
  void Restart(domain::Position position);

  // What a look found.
  struct Found {
    // The commits may have begun above the position: ask the log.
    bool missing = false;
    // The first commit above the position; null: there is none yet.
    StockCommitPtr commit;
    // Ordinal of the newest commit.
    uint64_t newest_ordinal = 0;
    // Position of the newest commit; that of the beginning where there is none.
    domain::Position newest = 0;
  };
  Found After(domain::Position position) const;

 private:
  struct Entry {
    StockCommitPtr commit;
    size_t bytes;
  };

  const std::string connection_;
  mutable std::mutex mutex_;
  // All below are guarded by mutex_. Every commit above begin_ is kept.
  domain::Position begin_;
  std::deque<Entry> entries_;
  size_t bytes_ = 0;
  uint64_t ordinal_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_ENCODED_COMMITS_H_
