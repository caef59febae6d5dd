#include "tools/simulator/journal.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

constexpr size_t kUuidSize = 36;

Json Strings(const std::vector<std::string>& list) {
  Json array = Json::Array();
  for (const std::string& text : list) array.Append(Json::String(text));
  return array;
}

}  // namespace

std::string PathKind(absl::string_view path) {
  path = path.substr(0, path.find('?'));
  absl::ConsumePrefix(&path, "/api");
  absl::ConsumePrefix(&path, "/2.0");
  std::string kind;
  for (absl::string_view part : absl::StrSplit(path, '/', absl::SkipEmpty())) {
    // Numbers, and UUIDs, which may begin with a letter.
    const bool is_id = absl::ascii_isdigit(part[0]) ||
                       (part.size() == kUuidSize && part[8] == '-');
    absl::StrAppend(&kind, "/", is_id ? "{id}" : part);
  }
  return kind;
}

Json JournalEntry::ToJson(bool with_body) const {
  Json json = Json::Object();
  json.Add("number", Json::Integer(number));
  json.Add("time", Json::String(TimeText(time_ms, false)));
  json.Add("method", Json::String(method));
  json.Add("target", Json::String(target));
  json.Add("company", Json::String(company));
  json.Add("credential", Json::String(credential));
  json.Add("connection", Json::Integer(connection));
  json.Add("served_before", Json::Integer(served_before));
  json.Add("body_bytes", Json::Integer(static_cast<int64_t>(body_bytes)));
  json.Add("body_sha256", Json::String(body_sha256));
  if (with_body) json.Add("body", Json::String(body));
  Json changes = Json::Array();
  for (const AppliedChange& change : applied) {
    Json one = Json::Object();
    one.Add("action", Json::String(change.action));
    one.Add("id", change.uuid.empty() ? Json::Integer(change.id)
                                      : Json::String(change.uuid));
    one.Add("sku", Json::String(change.sku));
    changes.Append(std::move(one));
  }
  json.Add("applied", std::move(changes));
  json.Add("status", Json::Integer(status));
  json.Add("answer", Json::String(FateName(fate)));
  json.Add("faults", Strings(faults));
  json.Add("notes", Strings(notes));
  return json;
}

int64_t Journal::Begin(const HttpRequest& request) {
  JournalEntry entry;
  entry.time_ms = NowMs();
  entry.method = request.method;
  entry.target = request.target;
  entry.connection = request.connection;
  entry.served_before = request.served_before;
  entry.body_bytes = request.body.size();
  entry.body_sha256 = Sha256Hex(request.body);
  entry.body = request.body;

  const std::lock_guard<std::mutex> lock(mutex_);
  entry.number = next_number_++;
  body_bytes_ += entry.body.size();
  ++counts_[absl::StrCat(request.method, " ", PathKind(request.path))];
  entries_.push_back(std::move(entry));
  while (body_bytes_ > kBodyBytesMax &&
         bodies_dropped_until_ + 1 < next_number_) {
    if (JournalEntry* oldest = Find(++bodies_dropped_until_)) {
      body_bytes_ -= oldest->body.size();
      oldest->body = std::string();
    }
  }
  if (entries_.size() > kEntriesMax) {
    body_bytes_ -= entries_.front().body.size();
    entries_.pop_front();
  }
  changed_.notify_all();
  return next_number_ - 1;
}

JournalEntry* Journal::Find(int64_t number) {
  if (entries_.empty() || number < entries_.front().number ||
      number > entries_.back().number) {
    return nullptr;
  }
  return &entries_[static_cast<size_t>(number - entries_.front().number)];
}

void Journal::Change(int64_t number,
                     const std::function<void(JournalEntry&)>& change) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (JournalEntry* entry = Find(number)) {
    change(*entry);
    changed_.notify_all();
  }
}

std::vector<JournalEntry> Journal::Read(int64_t after, size_t limit) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<JournalEntry> read;
  if (entries_.empty()) return read;
  const int64_t first = entries_.front().number;
  size_t at = after < first ? 0 : static_cast<size_t>(after - first) + 1;
  for (; at < entries_.size() && read.size() < limit; ++at) {
    read.push_back(entries_[at]);
  }
  return read;
}

std::map<std::string, int64_t> Journal::Counts() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return counts_;
}

Json Journal::Totals() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::map<std::string, int64_t> fates;
  std::map<std::string, int64_t> statuses;
  for (const JournalEntry& entry : entries_) {
    ++fates[std::string(FateName(entry.fate))];
    ++statuses[absl::StrCat(entry.status)];
  }
  Json json = Json::Object();
  Json answers = Json::Object();
  for (const auto& [name, count] : fates) {
    answers.Add(name, Json::Integer(count));
  }
  Json by_status = Json::Object();
  for (const auto& [name, count] : statuses) {
    by_status.Add(name, Json::Integer(count));
  }
  json.Add("total", Json::Integer(next_number_ - 1));
  json.Add("answers", std::move(answers));
  json.Add("statuses", std::move(by_status));
  return json;
}

bool Journal::WaitForRequests(int64_t count, int64_t timeout_ms) const {
  std::unique_lock<std::mutex> lock(mutex_);
  return changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms), [&] {
    if (next_number_ <= count) return false;
    return std::none_of(
        entries_.begin(), entries_.end(), [&](const JournalEntry& entry) {
          return entry.number <= count && entry.fate == Fate::kPending;
        });
  });
}

void Journal::Clear() {
  const std::lock_guard<std::mutex> lock(mutex_);
  entries_.clear();
  counts_.clear();
  next_number_ = 1;
  body_bytes_ = 0;
  bodies_dropped_until_ = 0;
}

}  // namespace qantara::simulator
