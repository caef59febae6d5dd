#include "tools/simulator/api.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/simulator/answer_faults.h"
#include "tools/simulator/credentials.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kLateMsDefault = 1000;
// More requests than this are not applied late but refused.
constexpr size_t kLateMax = 5000;

// 429 when the company's budget is used up or the switch says so.
std::optional<HttpReply> Throttled(ApiCall& call, const ProviderApi& provider) {
  if (const auto hit = call.Hit("rate_limit")) {
    const int64_t requests = hit->Number("requests_per_minute", 300);
    int64_t wait_ms = 0;
    if (requests > 0) {
      const std::lock_guard<std::mutex> lock(call.company->mutex);
      wait_ms = call.company->limit.Take(NowMs(), requests,
                                         hit->Number("window_ms", kMinuteMs));
    }
    if (wait_ms > 0) {
      HttpReply reply = provider.Refuse(call, 429);
      const std::string seconds = absl::StrCat((wait_ms + 999) / 1000);
      AddRetryAfter(hit->Text("retry_after", seconds), &reply);
      return reply;
    }
  }
  if (const auto hit = call.Hit("throttle")) {
    HttpReply reply = provider.Refuse(call, 429);
    AddRetryAfter(hit->Text("retry_after", "1"), &reply);
    return reply;
  }
  return std::nullopt;
}

// An answer that comes before anything is applied.
std::optional<HttpReply> Refused(ApiCall& call, const ProviderApi& provider) {
  if (call.company == nullptr || call.Hit("unauthorized")) {
    return provider.Refuse(call, 401);
  }
  if (auto reply = Throttled(call, provider)) return reply;
  if (const auto hit = call.Hit("forbidden")) {
    HttpReply reply = provider.Refuse(call, 403);
    if (hit->Has("body")) reply.body = hit->Text("body", "");
    return reply;
  }
  if (const auto hit = call.Hit("redirect")) {
    HttpReply reply;
    reply.status = static_cast<int>(hit->Number("status", 307));
    reply.headers.emplace_back(
        "Location",
        hit->Text("location", "https://legacy.invalid/api/2.0") + call.path);
    return reply;
  }
  return std::nullopt;
}

}  // namespace

Api::~Api() {
  for (std::thread& thread : late_) thread.join();
}

HttpReply Api::Answer(const HttpRequest& request) {
  ApiCall call(&world_, request);
  call.journal_number = world_.journal.Begin(request);
  call.path = provider_.PathBelowBase(request.path);
  call.parameters = ParseQuery(request.query);
  call.arabic = absl::StartsWithIgnoreCase(request.Header("LOCALE"), "ar");
  HttpReply reply = Decide(call);
  Record(call, reply.status);
  if (!call.path.empty()) {
    world_.hold.Pass(HoldPoint::kAfterApply, request.method, call.path);
    DressAnswer(call, &reply);
    Record(call, reply.status);
  }
  reply.journal_number = call.journal_number;
  reply.headers.emplace_back("x-request-id",
                             absl::StrCat("sim-", call.journal_number));
  return reply;
}

HttpReply Api::Decide(ApiCall& call) {
  if (provider_.IsOpen(call.request)) return provider_.Answer(call);
  if (call.path.empty()) return provider_.Refuse(call, 404);
  Authenticate(call);
  if (auto reply = Refused(call, provider_)) return *reply;
  world_.hold.Pass(HoldPoint::kBeforeApply, call.request.method, call.path);
  if (const auto hit = call.Hit("processing_ms")) {
    world_.waiter.Sleep(hit->Number("ms", 0));
  }
  if (call.request.method != "GET") {
    if (const auto late = call.Hit("late_apply_ms")) {
      return ApplyLate(call, *late);
    }
  }
  // One decision whether it strikes; `applied` says on which side.
  const auto failure = call.Hit("status_5xx");
  HttpReply reply;
  if (!failure || failure->Flag("applied", false))
    reply = provider_.Answer(call);
  if (failure) {
    reply = ServerFailure(static_cast<int>(failure->Number("status", 500)),
                          failure->Text("body", "json"));
  }
  return reply;
}

HttpReply Api::ApplyLate(ApiCall& call, const FaultParameters& late) {
  const double share = MixedFraction(world_.faults.seed(), "late",
                                     absl::StrCat(call.journal_number));
  const int64_t ms =
      late.Number("ms", kLateMsDefault) +
      static_cast<int64_t>(share * late.Fraction("jitter_ms", 0));
  const std::lock_guard<std::mutex> lock(mutex_);
  if (late_.size() >= kLateMax) return ServerFailure(503, "json");
  ++world_.late_waiting;
  late_.emplace_back([this, ms, copy = call]() mutable {
    if (!world_.waiter.Sleep(ms)) return;
    const HttpReply reply = provider_.Answer(copy);
    copy.notes.push_back("applied after the client was left");
    Record(copy, reply.status);
    --world_.late_waiting;
  });
  HttpReply reply = ServerFailure(504, "html");
  const std::string how = late.Text("how", "close");
  if (how != "504") reply.delivery.send = false;
  if (how == "timeout") reply.delivery.delay_ms = kWithheldMs;
  return reply;
}

void Api::Record(const ApiCall& call, int status) {
  world_.journal.Change(call.journal_number, [&](JournalEntry& entry) {
    if (call.company != nullptr) entry.company = call.company->name;
    entry.credential = call.credential;
    // A late application may have been recorded in the meantime.
    if (!call.applied.empty()) entry.applied = call.applied;
    for (const std::string& name : call.struck) {
      if (std::find(entry.faults.begin(), entry.faults.end(), name) ==
          entry.faults.end()) {
        entry.faults.push_back(name);
      }
    }
    if (!call.notes.empty()) entry.notes = call.notes;
    entry.status = status;
  });
}

}  // namespace qantara::simulator
