#include "adapters/http/observed_transport.h"

#include <vector>

#include "gtest/gtest.h"
#include "tests/adapters/support/fake_clock.h"
#include "tests/adapters/support/fake_transport.h"

namespace qantara::adapters {
namespace {

TEST(ObservedTransportTest, TellsWhatEndedBeforeTheCallbackRuns) {
  FakeTransport inner;
  FakeClock clock;
  std::vector<HttpObservation> seen;
  ObservedTransport transport(
      inner, clock,
      [&](const HttpObservation& observation) { seen.push_back(observation); });
  inner.withhold_answers = true;
  HttpRequest request;
  request.method = HttpMethod::kPut;
  request.endpoint = "products/{id}";
  request.body = "b";
  int status = 0;
  transport.Send(request, [&](const HttpResult& result) {
    EXPECT_EQ(seen.size(), 1u);
    status = result.status;
  });
  EXPECT_TRUE(seen.empty());
  clock.Advance(250);
  inner.kept[0]({HttpFate::kAnswered, 422, {}, "", ""});

  EXPECT_EQ(status, 422);
  EXPECT_EQ(inner.requests[0].body, "b");
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].method, HttpMethod::kPut);
  EXPECT_EQ(seen[0].endpoint, "products/{id}");
  EXPECT_EQ(seen[0].fate, HttpFate::kAnswered);
  EXPECT_EQ(seen[0].status, 422);
  EXPECT_EQ(seen[0].duration, absl::Milliseconds(250));
}

}  // namespace
}  // namespace qantara::adapters
