// Every request the simulated API has seen, in order, with what it changed.
#ifndef TOOLS_SIMULATOR_JOURNAL_H_
#define TOOLS_SIMULATOR_JOURNAL_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tools/simulator/http_message.h"
#include "tools/simulator/json.h"

namespace qantara::simulator {

// One change of the company's data.
struct AppliedChange {
  std::string action;  // "created" or "updated".
  int64_t id = 0;
  std::string sku;
  std::string uuid = {};  // In place of `id` where ids are texts.
};

struct JournalEntry {
  int64_t number = 0;  // From 1, in the order in which requests were read.
  int64_t time_ms = 0;
  std::string method;
  std::string target;
  std::string company;     // Empty: no valid credential.
  std::string credential;  // "api_key", "bearer", "raw" or "none".
  int64_t connection = 0;
  int64_t served_before = 0;
  size_t body_bytes = 0;
  std::string body_sha256;
  std::string body;  // Empty when it was too large to keep.
  std::vector<AppliedChange> applied;
  std::vector<std::string> faults;  // Switches that struck.
  std::vector<std::string> notes;
  int status = 0;  // Of the reply that was or would have been sent.
  Fate fate = Fate::kPending;

  Json ToJson(bool with_body) const;
};

// Thread-safe.
class Journal {
 public:
  // The oldest entries, and the oldest bodies, go when these are exceeded.
  static constexpr size_t kEntriesMax = 500'000;
  static constexpr size_t kBodyBytesMax = size_t{256} << 20;

  // Records a request that was just read and returns its number.
  int64_t Begin(const HttpRequest& request);

  // Changes the entry, if it is still kept.
  void Change(int64_t number, const std::function<void(JournalEntry&)>& change);

  // Entries with numbers above `after`, oldest first, at most `limit`.
  std::vector<JournalEntry> Read(int64_t after, size_t limit) const;

  // Requests seen, by "POST /products" (ids replaced by {id}).
  std::map<std::string, int64_t> Counts() const;

  // Replies by fate and by status.
  Json Totals() const;

  // Waits until `count` requests were seen and none of the first `count` is
  // pending. False after `timeout_ms`.
  bool WaitForRequests(int64_t count, int64_t timeout_ms) const;

  void Clear();

 private:
  JournalEntry* Find(int64_t number);

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  int64_t next_number_ = 1;
  std::deque<JournalEntry> entries_;
  std::map<std::string, int64_t> counts_;
  size_t body_bytes_ = 0;
  int64_t bodies_dropped_until_ = 0;  // Bodies up to this number are gone.
};

// "/2.0/products/12?q=1" as "/products/{id}"; other paths stay as they are.
std::string PathKind(absl::string_view path);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_JOURNAL_H_
