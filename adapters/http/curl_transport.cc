#include "adapters/http/curl_transport.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "domain/ports/failpoints.h"

namespace qantara::adapters {
namespace {

// Longest sleep of the thread; a new request or the end wakes it at once.
constexpr int kMaxSleepMillis = 1000;
// Idle connections kept for reads.
constexpr long kMaxIdleConnections = 32;

CURLM* NewMulti() {
  // Once per process, before any thread uses libcurl.
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready != CURLE_OK) return nullptr;
  CURLM* multi = curl_multi_init();
  if (multi == nullptr) return nullptr;
  curl_multi_setopt(multi, CURLMOPT_PIPELINING,
                    static_cast<long>(CURLPIPE_NOTHING));
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kMaxIdleConnections);
  return multi;
}

// Keeps TLS sessions, so that the fresh connection of a write is cheaper. Only
// one thread uses it: it needs no locks.
CURLSH* NewShare() {
  CURLSH* share = curl_share_init();
  if (share != nullptr) {
    curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
  }
  return share;
}

HttpResult Withheld(std::string message) {
  HttpResult result;
  result.fate = HttpFate::kWithheld;
  result.message = std::move(message);
  return result;
}

}  // namespace

CurlTransport::CurlTransport(const domain::Clock& clock,
                             CurlTransportOptions options)
    : clock_(clock), options_(options), multi_(NewMulti()), share_(NewShare()) {
  if (multi_ != nullptr) thread_ = std::thread([this] { Run(); });
}

CurlTransport::~CurlTransport() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  if (multi_ != nullptr) curl_multi_wakeup(multi_);
  if (thread_.joinable()) thread_.join();
  for (auto& [handle, running] : running_) {
    curl_multi_remove_handle(multi_, handle);
  }
  running_.clear();
  curl_multi_cleanup(multi_);
  curl_share_cleanup(share_);
}

void CurlTransport::Send(HttpRequest request,
                         std::function<void(HttpResult)> done) {
  if (multi_ == nullptr) {
    done(Withheld("libcurl could not be started"));
    return;
  }
  bool full = false;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    full = queue_.size() >= options_.max_queued;
    if (!full) queue_.push_back({std::move(request), done});
  }
  if (full) {
    done(Withheld(absl::StrCat("more than ", options_.max_queued,
                               " requests are waiting")));
    return;
  }
  curl_multi_wakeup(multi_);
}

bool CurlTransport::stopping() {
  std::lock_guard<std::mutex> lock(mutex_);
  return stopping_;
}

void CurlTransport::Run() {
  while (!stopping()) {
    StartQueued();
    int still_running = 0;
    curl_multi_perform(multi_, &still_running);
    CompleteFinished();
    curl_multi_poll(multi_, nullptr, 0, kMaxSleepMillis, nullptr);
  }
}

void CurlTransport::StartQueued() {
  while (running_.size() < options_.max_in_flight) {
    Job job;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (stopping_ || queue_.empty()) return;
      job = std::move(queue_.front());
      queue_.pop_front();
    }
    Start(std::move(job));
  }
}

void CurlTransport::Start(Job job) {
  auto transfer = std::make_unique<CurlTransfer>(std::move(job.request), clock_,
                                                 options_.transfer, share_);
  const absl::Status ready = transfer->ready();
  if (!ready.ok()) {
    job.done(Withheld(std::string(ready.message())));
    return;
  }
  transfer->ReachWrite(domain::Failpoint::kRequestQueued);
  CURL* const handle = transfer->handle();
  running_[handle] = {std::move(transfer), std::move(job.done)};
  const CURLMcode code = curl_multi_add_handle(multi_, handle);
  if (code == CURLM_OK) return;
  const auto done = std::move(running_[handle].done);
  running_.erase(handle);
  done(Withheld(curl_multi_strerror(code)));
}

void CurlTransport::CompleteFinished() {
  std::vector<std::pair<CURL*, CURLcode>> finished;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg == CURLMSG_DONE) {
      finished.emplace_back(message->easy_handle, message->data.result);
    }
  }
  for (const auto& [handle, code] : finished) {
    const auto found = running_.find(handle);
    if (found == running_.end()) continue;
    curl_multi_remove_handle(multi_, handle);
    const Running running = std::move(found->second);
    running_.erase(found);
    if (stopping()) return;
    running.transfer->ReachWrite(domain::Failpoint::kRequestAnswered);
    running.done(running.transfer->TakeResult(code));
  }
  // The room that became free is used before the thread sleeps.
  if (!finished.empty()) curl_multi_wakeup(multi_);
}

}  // namespace qantara::adapters
