#include "adapters/http/curl_transport.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/system/system_clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/adapters/support/awaited.h"
#include "tests/adapters/support/fake_clock.h"
#include "tests/adapters/support/scripted_server.h"

namespace qantara::adapters {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Then = ScriptedReply::Then;

// Long enough never to matter.
constexpr absl::Duration kPatience = absl::Seconds(60);

ScriptedServer::Script Always(std::string bytes, Then then = Then::kKeep) {
  return [bytes = std::move(bytes), then](const ReceivedRequest&) {
    return ScriptedReply{bytes, then};
  };
}

HttpRequest Get(std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  request.timeout = kPatience;
  return request;
}

HttpRequest Write(HttpMethod method, std::string url, std::string body) {
  HttpRequest request = Get(std::move(url));
  request.method = method;
  request.body = std::move(body);
  return request;
}

HttpResult Exchange(HttpTransport& transport, HttpRequest request) {
  Awaited<HttpResult> result;
  transport.Send(std::move(request), result.callback());
  return result.Wait();
}

class CurlTransportTest : public ::testing::Test {
 protected:
  HttpResult Send(HttpRequest request) {
    return Exchange(transport_, std::move(request));
  }

  SystemClock clock_;
  CurlTransport transport_{clock_};
};

TEST_F(CurlTransportTest, AnAnswerArrivesWithStatusHeadersAndBody) {
  ScriptedServer server(
      Always(Answer(201, "{\"a\":1}", "Retry-After: 7\r\nX-Thing:  b \r\n")));

  const HttpResult result =
      Send(Write(HttpMethod::kPost, server.Url("/p"), "body"));

  EXPECT_EQ(result.fate, HttpFate::kAnswered);
  EXPECT_EQ(result.status, 201);
  EXPECT_EQ(result.body, "{\"a\":1}");
  EXPECT_EQ(FindHeader(result.headers, "retry-after"), "7");
  EXPECT_EQ(FindHeader(result.headers, "x-thing"), "b");
  ASSERT_EQ(server.requests().size(), 1u);
  EXPECT_EQ(server.requests()[0].line, "POST /p HTTP/1.1");
  EXPECT_EQ(server.requests()[0].body, "body");
}

TEST_F(CurlTransportTest, PutSendsItsBodyAsPut) {
  ScriptedServer server(Always(Answer(200, "")));
  Send(Write(HttpMethod::kPut, server.Url("/p/1"), "x"));
  EXPECT_EQ(server.requests()[0].line, "PUT /p/1 HTTP/1.1");
  EXPECT_EQ(server.requests()[0].body, "x");
}

TEST_F(CurlTransportTest, ALargeBodyIsSentWithoutAskingFirst) {
  ScriptedServer server(Always(Answer(200, "")));
  const std::string body(3 << 20, 'x');
  Send(Write(HttpMethod::kPost, server.Url("/p"), body));
  ASSERT_EQ(server.requests().size(), 1u);
  EXPECT_EQ(server.requests()[0].body, body);
  EXPECT_THAT(server.requests()[0].head, Not(HasSubstr("Expect")));
}

TEST_F(CurlTransportTest, HeadersAreSent) {
  ScriptedServer server(Always(Answer(200, "")));
  HttpRequest request = Get(server.Url("/p?q%5Bsku_eq%5D=A%26B"));
  request.headers = {{"API-KEY", "k1"}};
  Send(std::move(request));
  EXPECT_EQ(server.requests()[0].line, "GET /p?q%5Bsku_eq%5D=A%26B HTTP/1.1");
  EXPECT_THAT(server.requests()[0].head, HasSubstr("API-KEY: k1\r\n"));
}

TEST_F(CurlTransportTest, AHeaderWithALineBreakIsNotSent) {
  ScriptedServer server(Always(Answer(200, "")));
  HttpRequest request = Get(server.Url("/"));
  request.headers = {{"API-KEY", "secret\r\nX: y"}};
  const HttpResult result = Send(std::move(request));
  EXPECT_EQ(result.fate, HttpFate::kWithheld);
  EXPECT_THAT(result.message, Not(HasSubstr("secret")));
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(CurlTransportTest, ReadsShareAConnectionAndEveryWriteHasItsOwn) {
  ScriptedServer server(Always(Answer(200, "{}")));
  Send(Get(server.Url("/1")));
  Send(Get(server.Url("/2")));
  Send(Write(HttpMethod::kPost, server.Url("/3"), "x"));
  Send(Write(HttpMethod::kPut, server.Url("/4"), "x"));
  Send(Write(HttpMethod::kPost, server.Url("/5"), "x"));
  Send(Get(server.Url("/6")));

  std::vector<int> connections;
  for (const ReceivedRequest& request : server.requests()) {
    connections.push_back(request.connection);
  }
  EXPECT_THAT(connections, ::testing::ElementsAre(0, 0, 1, 2, 3, 0));
}

TEST_F(CurlTransportTest, AWriteWithoutAnswerIsNotRepeatedEvenAfterARead) {
  ScriptedServer server([](const ReceivedRequest& request) {
    return absl::StartsWith(request.line, "GET")
               ? ScriptedReply{Answer(200, "{}"), Then::kKeep}
               : ScriptedReply{"", Then::kClose};
  });
  Send(Get(server.Url("/1")));

  const HttpResult result =
      Send(Write(HttpMethod::kPost, server.Url("/2"), "x"));

  EXPECT_EQ(result.fate, HttpFate::kMaybeSent);
  EXPECT_EQ(result.status, 0);
  // Another read proves that nothing else was under way.
  Send(Get(server.Url("/3")));
  EXPECT_EQ(server.requests().size(), 3u);
}

TEST_F(CurlTransportTest, ARefusedConnectionIsUnreachable) {
  const HttpResult result =
      Send(Write(HttpMethod::kPost,
                 absl::StrCat("http://127.0.0.1:", ClosedPort(), "/"), "x"));
  EXPECT_EQ(result.fate, HttpFate::kUnreachable);
  EXPECT_FALSE(result.message.empty());
}

TEST_F(CurlTransportTest, AHostThatDoesNotResolveIsUnreachable) {
  // No name server is asked: the label is too long to be a name.
  const HttpResult result = Send(
      Write(HttpMethod::kPut,
            absl::StrCat("http://", std::string(64, 'a'), ".invalid/"), "x"));
  EXPECT_EQ(result.fate, HttpFate::kUnreachable);
}

TEST_F(CurlTransportTest, AFailedTlsHandshakeIsUnreachable) {
  ScriptedServer server(Always(""), "this is no TLS\r\n");
  const HttpResult result =
      Send(Write(HttpMethod::kPost,
                 absl::StrCat("https://127.0.0.1:", server.port(), "/"), "x"));
  EXPECT_EQ(result.fate, HttpFate::kUnreachable);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(CurlTransportTest, OtherProtocolsAreNotSpoken) {
  EXPECT_EQ(Send(Get("file:///etc/hostname")).fate, HttpFate::kWithheld);
  EXPECT_EQ(Send(Get("not a url")).fate, HttpFate::kWithheld);
}

TEST_F(CurlTransportTest, AResetBeforeTheAnswerIsMaybeSent) {
  ScriptedServer server(Always("", Then::kReset));
  const HttpResult result = Send(Write(HttpMethod::kPut, server.Url("/"), "x"));
  EXPECT_EQ(result.fate, HttpFate::kMaybeSent);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(CurlTransportTest, ABrokenBodyIsMaybeSentAndKeepsTheStatus) {
  ScriptedServer server(
      Always("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"pro",
             Then::kClose));
  const HttpResult result =
      Send(Write(HttpMethod::kPost, server.Url("/"), "x"));
  EXPECT_EQ(result.fate, HttpFate::kMaybeSent);
  EXPECT_EQ(result.status, 201);
}

TEST_F(CurlTransportTest, AnUnfinishedChunkedBodyIsMaybeSent) {
  ScriptedServer server(
      Always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
             "4\r\n{\"a\"\r\n",
             Then::kClose));
  EXPECT_EQ(Send(Get(server.Url("/"))).fate, HttpFate::kMaybeSent);
}

TEST_F(CurlTransportTest, AChunkedBodyIsPutTogether) {
  ScriptedServer server(
      Always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
             "3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n"));
  const HttpResult result = Send(Get(server.Url("/")));
  EXPECT_EQ(result.fate, HttpFate::kAnswered);
  EXPECT_EQ(result.body, "{\"a\":1}");
}

TEST_F(CurlTransportTest, AnInterimAnswerIsNotTheAnswer) {
  ScriptedServer server(Always(absl::StrCat(
      "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n", Answer(200, "{}"))));
  const HttpResult result = Send(Get(server.Url("/")));
  EXPECT_EQ(result.status, 200);
  EXPECT_EQ(FindHeader(result.headers, "X-Early"), std::nullopt);
}

// `printf '{"products":[]}' | gzip -n`, written as hexadecimal digits.
constexpr char kGzip[] =
    "1f8b0800000000000003ab562a28ca4f294d2e2956b28a8ead05002647ca5e0f000000";

TEST_F(CurlTransportTest, ACompressedBodyIsUnpacked) {
  ScriptedServer server(Always(Answer(200, absl::HexStringToBytes(kGzip),
                                      "Content-Encoding: gzip\r\n")));
  const HttpResult result = Send(Get(server.Url("/")));
  EXPECT_EQ(result.fate, HttpFate::kAnswered);
  EXPECT_EQ(result.body, "{\"products\":[]}");
  EXPECT_THAT(server.requests()[0].head, HasSubstr("Accept-Encoding: gzip"));
}

TEST_F(CurlTransportTest, ARedirectIsAnAnswerAndNotFollowed) {
  ScriptedServer other(Always(Answer(200, "{}")));
  ScriptedServer server(Always(
      Answer(302, "", absl::StrCat("Location: ", other.Url("/"), "\r\n"))));
  EXPECT_EQ(Send(Get(server.Url("/"))).status, 302);
  EXPECT_EQ(Send(Write(HttpMethod::kPost, server.Url("/"), "x")).status, 302);
  EXPECT_EQ(other.connections(), 0);
}

TEST_F(CurlTransportTest, AnAnswerThatDoesNotComeInTimeIsMaybeSent) {
  ScriptedServer server(Always("", Then::kStall));
  HttpRequest request = Write(HttpMethod::kPost, server.Url("/"), "x");
  request.timeout = absl::Seconds(1);
  EXPECT_EQ(Send(std::move(request)).fate, HttpFate::kMaybeSent);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(CurlTransportTest, ABodyThatStallsIsMaybeSent) {
  ScriptedServer server(
      Always("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", Then::kStall));
  HttpRequest request = Get(server.Url("/"));
  request.timeout = absl::Seconds(1);
  EXPECT_EQ(Send(std::move(request)).fate, HttpFate::kMaybeSent);
}

TEST_F(CurlTransportTest, ATimeoutWhileConnectingIsUnreachable) {
  // The TLS hello is never answered: the request itself was not sent.
  ScriptedServer server(Always("", Then::kStall));
  HttpRequest request =
      Write(HttpMethod::kPost,
            absl::StrCat("https://127.0.0.1:", server.port(), "/"), "x");
  request.timeout = absl::Seconds(1);
  EXPECT_EQ(Send(std::move(request)).fate, HttpFate::kUnreachable);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(CurlTransportTest, ManyRequestsAtOnceAreEachAnsweredOnce) {
  ScriptedServer server([](const ReceivedRequest& request) {
    return ScriptedReply{Answer(200, request.line), Then::kKeep};
  });
  constexpr size_t kRequests = 200;
  Awaited<HttpResult> results;
  for (size_t i = 0; i < kRequests; ++i) {
    transport_.Send(Get(server.Url(absl::StrCat("/", i))), results.callback());
  }
  for (const HttpResult& result : results.WaitFor(kRequests)) {
    EXPECT_EQ(result.fate, HttpFate::kAnswered) << result.message;
  }
  EXPECT_EQ(server.requests().size(), kRequests);
}

TEST(CurlTransportBoundsTest, AnAnswerLargerThanTheBoundIsCutOff) {
  SystemClock clock;
  CurlTransportOptions options;
  options.transfer.max_body_bytes = 1000;
  CurlTransport transport(clock, options);
  ScriptedServer server(Always(Answer(200, std::string(1001, 'x'))));
  const HttpResult result = Exchange(transport, Get(server.Url("/")));
  EXPECT_EQ(result.fate, HttpFate::kMaybeSent);
  EXPECT_THAT(result.message, HasSubstr("1000 bytes"));
}

TEST(CurlTransportBoundsTest, TheBoundHoldsForWhatIsUnpacked) {
  SystemClock clock;
  CurlTransportOptions options;
  options.transfer.max_body_bytes = 10;
  CurlTransport transport(clock, options);
  ScriptedServer server(Always(Answer(200, absl::HexStringToBytes(kGzip),
                                      "Content-Encoding: gzip\r\n")));
  EXPECT_EQ(Exchange(transport, Get(server.Url("/"))).fate,
            HttpFate::kMaybeSent);
}

TEST(CurlTransportBoundsTest, HeadersBeyondTheBoundCutTheAnswerOff) {
  SystemClock clock;
  CurlTransportOptions options;
  options.transfer.max_header_bytes = 1000;
  CurlTransport transport(clock, options);
  ScriptedServer server(Always(Answer(
      200, "{}", absl::StrCat("X-Long: ", std::string(1000, 'x'), "\r\n"))));
  EXPECT_EQ(Exchange(transport, Get(server.Url("/"))).fate,
            HttpFate::kMaybeSent);
}

TEST(CurlTransportBoundsTest, ARequestBeyondTheQueueIsWithheld) {
  SystemClock clock;
  CurlTransportOptions options;
  options.max_in_flight = 1;
  options.max_queued = 1;
  CurlTransport transport(clock, options);
  ScriptedServer server(Always("", Then::kStall));
  Awaited<HttpResult> unanswered;
  transport.Send(Get(server.Url("/1")), unanswered.callback());
  server.WaitForConnections(1);
  transport.Send(Get(server.Url("/2")), unanswered.callback());

  EXPECT_EQ(Exchange(transport, Get(server.Url("/3"))).fate,
            HttpFate::kWithheld);
}

TEST(CurlTransportSendByTest, AfterTheSendByTimeNothingIsSent) {
  FakeClock clock;
  CurlTransport transport(clock);
  ScriptedServer server(Always(Answer(200, "{}")));
  HttpRequest request = Write(HttpMethod::kPost, server.Url("/"), "x");
  request.send_by_boot_millis = clock.BootMillis() - 1;
  EXPECT_EQ(Exchange(transport, std::move(request)).fate, HttpFate::kWithheld);
  EXPECT_EQ(server.connections(), 0);
}

TEST(CurlTransportSendByTest, AtTheSendByTimeItIsSent) {
  FakeClock clock;
  CurlTransport transport(clock);
  ScriptedServer server(Always(Answer(200, "{}")));
  HttpRequest request = Write(HttpMethod::kPost, server.Url("/"), "x");
  request.send_by_boot_millis = clock.BootMillis();
  EXPECT_EQ(Exchange(transport, std::move(request)).fate, HttpFate::kAnswered);
}

TEST(CurlTransportSendByTest, NothingIsSentWhenItPassesWhileConnecting) {
  FakeClock clock;
  CurlTransport transport(clock);
  ScriptedServer server(Always(Answer(200, "{}")));
  HttpRequest request = Write(HttpMethod::kPost, server.Url("/"), "x");
  // The first reading, before connecting, is in time; the second is not.
  request.send_by_boot_millis = clock.BootMillis();
  clock.AdvanceAtEachReading(1);
  const HttpResult result = Exchange(transport, std::move(request));
  EXPECT_EQ(result.fate, HttpFate::kWithheld);
  EXPECT_THAT(result.message, HasSubstr("while connecting"));
  EXPECT_TRUE(server.requests().empty());
}

TEST(CurlTransportEndTest, NoCallbackRunsAfterDestruction) {
  SystemClock clock;
  ScriptedServer server(Always("", Then::kStall));
  Awaited<HttpResult> results;
  {
    CurlTransportOptions options;
    options.max_in_flight = 1;
    CurlTransport transport(clock, options);
    transport.Send(Get(server.Url("/1")), results.callback());
    transport.Send(Get(server.Url("/2")), results.callback());
    server.WaitForConnections(1);
  }
  EXPECT_EQ(results.count(), 0u);
}

TEST(CurlTransportEndTest, ACallbackMaySendTheNextRequest) {
  SystemClock clock;
  ScriptedServer server(Always(Answer(200, "{}")));
  CurlTransport transport(clock);
  Awaited<HttpResult> second;
  transport.Send(Get(server.Url("/1")), [&](const HttpResult&) {
    transport.Send(Get(server.Url("/2")), second.callback());
  });
  EXPECT_EQ(second.Wait().fate, HttpFate::kAnswered);
}

}  // namespace
}  // namespace qantara::adapters
