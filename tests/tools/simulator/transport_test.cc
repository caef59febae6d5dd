// How answers are lost, late, cut and held (fixtures F51, F54, F70 to F73).
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "tests/tools/simulator/simulator_fixture.h"

namespace qantara::simulator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using TransportTest = SimulatorFixture;

TEST_F(TransportTest, AnswerIsLostAfterApplyingOnAKeptConnection) {
  Set(R"({"lost_answer":{"methods":["POST"],"count":1}})");
  RawClient client(simulator_.port());
  EXPECT_EQ(client.Send("GET", "/2.0/products").status, 404);
  EXPECT_EQ(client.Send("POST", "/2.0/products", Batch({"A"})).ending,
            Ending::kClosed);
  ASSERT_TRUE(simulator_.WaitForRequests(2, kDeadlineMs));
  const JournalEntry entry = LastEntry();
  EXPECT_EQ(entry.fate, Fate::kLost);
  EXPECT_EQ(entry.served_before, 1);
  EXPECT_EQ(entry.applied.size(), 1);
  EXPECT_THAT(entry.faults, ElementsAre("lost_answer"));
  EXPECT_EQ(Post(Batch({"B"})).status, 200);
  EXPECT_EQ(simulator_.ProductCount(), 2);
}

TEST_F(TransportTest, AnswerIsLostByResetOrBehindAGateway) {
  Set(R"({"lost_answer":"reset"})");
  EXPECT_EQ(Post(Batch({"A"})).ending, Ending::kReset);
  Set(R"({"lost_answer":"502"})");
  const RawAnswer answer = Post(Batch({"B"}));
  EXPECT_EQ(answer.status, 502);
  EXPECT_THAT(answer.body, HasSubstr("<html>"));
  EXPECT_EQ(simulator_.ProductCount(), 2);
}

TEST_F(TransportTest, TimedOutAnswerKeepsTheConnectionOpen) {
  Set(R"({"lost_answer":"timeout"})");
  {
    RawClient client(simulator_.port());
    client.Start("POST", "/2.0/products", Batch({"A"}));
    // Applied long before the connection would end.
    EXPECT_TRUE(Eventually([&] { return simulator_.ProductCount() == 1; }));
  }
  // The client left: the connection ends without an answer.
  ASSERT_TRUE(simulator_.WaitForRequests(1, kDeadlineMs));
  EXPECT_EQ(LastEntry().fate, Fate::kLost);
}

TEST_F(TransportTest, SameSeedSameLosses) {
  const auto losses = [](uint64_t seed) {
    QoyodSimulator simulator;
    SimulatorOptions options;
    options.seed = seed;
    options.fixtures_json = R"({"lost_answer":{"rate":0.3}})";
    EXPECT_TRUE(simulator.Start(options).ok());
    std::string pattern;
    for (int i = 0; i < 60; ++i) {
      RawClient client(simulator.port());
      const RawAnswer answer = client.Send("GET", "/2.0/products");
      pattern += answer.ending == Ending::kComplete ? '.' : 'L';
    }
    return pattern;
  };
  EXPECT_EQ(losses(5), losses(5));
  EXPECT_NE(losses(5), losses(6));
  EXPECT_THAT(losses(5), HasSubstr("L"));
}

TEST_F(TransportTest, WriteIsAppliedAfterTheClientWasLeft) {
  Set(R"({"late_apply_ms":{"ms":50,"how":"close"}})");
  EXPECT_EQ(Post(Batch({"LATE"})).ending, Ending::kClosed);
  EXPECT_TRUE(Eventually([&] { return simulator_.ProductCount() == 1; }));
  simulator_.ResetFaults();
  EXPECT_THAT(Skus(Get("/products")), ElementsAre("LATE"));
  EXPECT_EQ(simulator_.JournalEntries().front().applied.size(), 1);
}

TEST_F(TransportTest, StoppingDropsWhatWouldBeAppliedLate) {
  Set(R"({"late_apply_ms":{"ms":3600000,"jitter_ms":3600000}})");
  EXPECT_EQ(Post(Batch({"LATE"})).ending, Ending::kClosed);
  EXPECT_THAT(simulator_.Admin("GET", "/_admin/state").body,
              HasSubstr(R"("late_waiting":1)"));
  simulator_.Stop();
  EXPECT_EQ(simulator_.ProductCount(), 0);
}

TEST_F(TransportTest, ServerFailuresAreAppliedOrNot) {
  Set(R"({"status_5xx":{"status":503}})");
  EXPECT_EQ(Post(Batch({"A"})).status, 503);
  EXPECT_EQ(simulator_.ProductCount(), 0);
  Set(R"({"status_5xx":{"status":500,"applied":true}})");
  EXPECT_EQ(Post(Batch({"A"})).body,
            R"({"status":500,"error":"Internal Server Error"})");
  EXPECT_EQ(simulator_.ProductCount(), 1);
  Set(R"({"status_5xx":{"body":"empty"}})");
  EXPECT_EQ(Get("/products").body, "");
}

TEST_F(TransportTest, HeldAnswersWaitForTheirRelease) {
  AdminPost("/_admin/hold", R"({"methods":["POST"],"path":"/products"})");
  RawClient first(simulator_.port());
  RawClient second(simulator_.port());
  first.Start("POST", "/2.0/products", Batch({"A"}));
  ASSERT_TRUE(simulator_.WaitForHeld(1, kDeadlineMs));
  second.Start("POST", "/2.0/products", Batch({"B"}));
  ASSERT_TRUE(simulator_.WaitForHeld(2, kDeadlineMs));
  // Applied already, and other requests go through.
  EXPECT_EQ(Skus(Get("/products")).size(), 2);
  AdminPost("/_admin/release", "{}");
  EXPECT_EQ(first.Finish().status, 200);
  EXPECT_FALSE(simulator_.WaitForHeld(2, 0));
  simulator_.Admin("DELETE", "/_admin/hold");
  EXPECT_EQ(second.Finish().status, 200);
}

TEST_F(TransportTest, HeldBeforeApplyingChangesNothingYet) {
  AdminPost("/_admin/hold", R"({"when":"before","methods":["POST"]})");
  RawClient client(simulator_.port());
  client.Start("POST", "/2.0/products", Batch({"A"}));
  ASSERT_TRUE(simulator_.WaitForHeld(1, kDeadlineMs));
  EXPECT_EQ(simulator_.ProductCount(), 0);
  simulator_.Admin("DELETE", "/_admin/hold");
  EXPECT_EQ(client.Finish().status, 200);
  EXPECT_EQ(simulator_.ProductCount(), 1);
}

TEST_F(TransportTest, BodiesAreCutStalledAndDamaged) {
  const std::string whole = Get("/taxes").body;
  Set(R"({"cut_body":{"after_bytes":20,"reset":false}})");
  const RawAnswer cut = Get("/taxes");
  EXPECT_EQ(cut.ending, Ending::kClosed);
  EXPECT_EQ(cut.body, whole.substr(0, 20));
  EXPECT_EQ(LastEntry().fate, Fate::kCut);
  Set(R"({"cut_body":20})");
  EXPECT_EQ(Get("/taxes").ending, Ending::kReset);
  Set(R"({"cut_body":false,"stall_body":{"ms":1,"after_bytes":5}})");
  EXPECT_EQ(Get("/taxes").body, whole);
  Set(R"({"stall_body":false,"chunked":true})");
  EXPECT_EQ(Get("/taxes").body, whole);
  Set(R"({"chunked":false,"bom":true})");
  EXPECT_EQ(Get("/taxes").body, "\xef\xbb\xbf" + whole);
  Set(R"({"bom":false,"truncated_json":7})");
  EXPECT_EQ(Get("/taxes").body, whole.substr(0, 7));
  Set(R"({"truncated_json":false,"wrong_content_type":"text/html"})");
  EXPECT_EQ(Get("/taxes").Header("Content-Type"), "text/html");
  Set(R"({"gzip":true})");
  EXPECT_EQ(Get("/taxes").Header("Content-Encoding"), "gzip");
  EXPECT_THAT(Get("/taxes").body, HasSubstr(whole));
}

TEST_F(TransportTest, BodiesAreEmptyOrEndAfterAStall) {
  Set(R"({"empty_body":{"count":1}})");
  EXPECT_EQ(Get("/taxes").body, "");
  Set(R"({"stall_body":{"ms":1,"after_bytes":5,"resume":false}})");
  const RawAnswer answer = Get("/taxes");
  EXPECT_EQ(answer.ending, Ending::kClosed);
  EXPECT_EQ(answer.body.size(), 5);
}

TEST_F(TransportTest, SlowAnswersAreAppliedWhenTheClientHasLeft) {
  // Longer than the test may take: only leaving ends the wait.
  Set(R"({"latency_ms":3600000})");
  RawClient(simulator_.port()).Start("POST", "/2.0/products", Batch({"A"}));
  ASSERT_TRUE(simulator_.WaitForRequests(1, kDeadlineMs));
  EXPECT_EQ(LastEntry().fate, Fate::kClientGone);
  EXPECT_EQ(simulator_.ProductCount(), 1);
  Set(R"({"latency_ms":{"ms":1,"jitter_ms":5},"processing_ms":1})");
  EXPECT_EQ(Post(Batch({"B"})).status, 200);
  EXPECT_THAT(LastEntry().faults, ElementsAre("processing_ms", "latency_ms"));
}

TEST_F(TransportTest, ConnectionsEndBeforeAnythingIsRead) {
  Set(R"({"close_before_reading":{"methods":["POST"]}})");
  EXPECT_NE(Post(Batch({"A"})).ending, Ending::kComplete);
  EXPECT_EQ(simulator_.JournalEntries().size(), 0);
  EXPECT_EQ(Get("/taxes").status, 200);
  Set(R"({"close_before_reading":false,"reset_on_accept":{"count":1}})");
  EXPECT_NE(Get("/taxes").ending, Ending::kComplete);
  EXPECT_EQ(Get("/taxes").status, 200);
}

TEST_F(TransportTest, ConnectingIsRefusedForAWhile) {
  RawClient kept(simulator_.port());
  EXPECT_EQ(kept.Send("GET", "/2.0/taxes").status, 200);
  AdminPost("/_admin/refuse", R"({"ms":300})");
  EXPECT_TRUE(
      Eventually([&] { return Get("/taxes").ending == Ending::kRefused; }));
  EXPECT_EQ(kept.Send("GET", "/2.0/taxes").status, 200);
  EXPECT_TRUE(Eventually([&] { return Get("/taxes").status == 200; }));
}

TEST_F(TransportTest, BudgetIsPerCompanyAndRetryAfterTellsWhen) {
  Set(R"({"rate_limit":{"requests_per_minute":2,"window_ms":3600000}})");
  EXPECT_EQ(Get("/taxes").status, 200);
  EXPECT_EQ(Get("/taxes").status, 200);
  const RawAnswer answer = Get("/taxes");
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.Header("Retry-After"), "3600");
  EXPECT_EQ(simulator_.State().TextAt("throttled"), "1");
}

TEST_F(TransportTest, ThrottlingSaysAnythingInRetryAfter) {
  for (const std::string value : {"0", "99999999", "soon"}) {
    Set(absl::StrCat(R"({"throttle":")", value, "\"}"));
    EXPECT_EQ(Post(Batch({"A"})).Header("Retry-After"), value);
  }
  Set(R"({"throttle":"date"})");
  EXPECT_TRUE(absl::EndsWith(Get("/taxes").Header("Retry-After"), " GMT"));
  Set(R"({"throttle":"missing"})");
  EXPECT_EQ(Get("/taxes").Header("Retry-After"), "");
  EXPECT_EQ(simulator_.ProductCount(), 0);
}

TEST_F(TransportTest, RedirectsAndWrongBases) {
  Set(R"({"redirect":{"status":301,"location":"http://other.invalid/2.0"}})");
  const RawAnswer answer = Get("/products");
  EXPECT_EQ(answer.status, 301);
  EXPECT_EQ(answer.Header("Location"), "http://other.invalid/2.0/products");
  simulator_.ResetFaults();
  for (const char* path : {"/products", "/2.0", "/2.0/", "/2.0x/products",
                           "/2.0/product_categories", "/"}) {
    const RawAnswer wrong = Call("GET", path);
    EXPECT_EQ(wrong.status, 404) << path;
    EXPECT_EQ(wrong.body, R"({"message":"URL not found"})") << path;
  }
  EXPECT_EQ(Call("GET", "/api/2.0/taxes").status, 200);
}

TEST_F(TransportTest, HostileRequestsAreRefused) {
  EXPECT_EQ(Call("GET", "no-slash").status, 400);
  EXPECT_EQ(Call("", "/2.0/products").status, 404);
  EXPECT_NE(Call("GET", "/" + std::string(70'000, 'x')).ending,
            Ending::kComplete);
  EXPECT_EQ(Get("/taxes").status, 200);
}

}  // namespace
}  // namespace qantara::simulator
