#include "tools/simulator/answer_faults.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

constexpr int64_t kCutBytesDefault = 10;
constexpr int64_t kStallMsDefault = 1000;

void Delay(ApiCall& call, Delivery* delivery) {
  const auto hit = call.Hit("latency_ms");
  if (!hit) return;
  const double share = MixedFraction(call.world.faults.seed(), "jitter",
                                     absl::StrCat(call.journal_number));
  delivery->delay_ms +=
      hit->Number("ms", 0) +
      static_cast<int64_t>(share * hit->Fraction("jitter_ms", 0));
}

// Bodies that no client should trust.
void Damage(ApiCall& call, HttpReply* reply) {
  if (call.Hit("empty_body")) reply->body.clear();
  if (const auto hit = call.Hit("truncated_json")) {
    const int64_t keep =
        hit->Number("bytes", static_cast<int64_t>(reply->body.size() / 2));
    if (static_cast<size_t>(keep) < reply->body.size()) {
      reply->body.resize(static_cast<size_t>(keep));
    }
  }
  if (call.Hit("bom")) reply->body.insert(0, "\xef\xbb\xbf");
  if (const auto hit = call.Hit("wrong_content_type")) {
    reply->content_type = hit->Text("content_type", "text/html");
  }
  if (call.Hit("chunked")) reply->delivery.chunked = true;
  if (call.Hit("gzip")) reply->delivery.gzip = true;
}

void Cut(ApiCall& call, Delivery* delivery) {
  if (const auto hit = call.Hit("stall_body")) {
    delivery->body_bytes =
        static_cast<size_t>(hit->Number("after_bytes", kCutBytesDefault));
    delivery->stall_ms = hit->Number("ms", kStallMsDefault);
    delivery->resume = hit->Flag("resume", true);
  }
  if (const auto hit = call.Hit("cut_body")) {
    delivery->body_bytes =
        static_cast<size_t>(hit->Number("after_bytes", kCutBytesDefault));
    delivery->resume = false;
    delivery->reset = hit->Flag("reset", true);
  }
}

void Lose(ApiCall& call, HttpReply* reply) {
  const auto hit = call.Hit("lost_answer");
  if (!hit) return;
  const std::string how = hit->Text("how", "close");
  if (how == "502" || how == "504") {
    const int64_t delay_ms = reply->delivery.delay_ms;
    *reply = ServerFailure(how == "502" ? 502 : 504, "html");
    reply->delivery.delay_ms = delay_ms;
    return;
  }
  reply->delivery.send = false;
  reply->delivery.reset = how == "reset";
  if (how == "timeout") {
    reply->delivery.delay_ms = hit->Number("ms", kWithheldMs);
  }
}

}  // namespace

void DressAnswer(ApiCall& call, HttpReply* reply) {
  Delay(call, &reply->delivery);
  Damage(call, reply);
  Cut(call, &reply->delivery);
  Lose(call, reply);
}

}  // namespace qantara::simulator
