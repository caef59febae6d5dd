// The table of effects: what each result means for each call.
#include "adapters/qoyod/qoyod_answer.h"

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/qoyod/qoyod_decode.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

using domain::CallReport;
using domain::Effect;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Sun, 06 Nov 1994 08:49:00 GMT.
const absl::Time kNow = absl::FromUnixSeconds(784111740);

constexpr v1::ErrorReason kNone = v1::ERROR_REASON_UNSPECIFIED;
constexpr v1::ErrorReason kCredentials = v1::ERROR_REASON_CREDENTIALS_NEEDED;
constexpr v1::ErrorReason kPermission = v1::ERROR_REASON_PERMISSION_DENIED;
constexpr v1::ErrorReason kUrl = v1::ERROR_REASON_BASE_URL_WRONG;
constexpr v1::ErrorReason kRejected = v1::ERROR_REASON_PROVIDER_REJECTED;
constexpr v1::ErrorReason kDown = v1::ERROR_REASON_PROVIDER_UNAVAILABLE;
constexpr v1::ErrorReason kOverloaded = v1::ERROR_REASON_OVERLOADED;

HttpResult Answered(int status, std::string body,
                    std::vector<HttpHeader> headers = {}) {
  return {HttpFate::kAnswered, status, std::move(headers), std::move(body), ""};
}

HttpResult Lost(HttpFate fate, int status = 0) {
  return {fate, status, {}, "{\"product", "why"};
}

// What one call is reported as: "nothing" is not_found, an empty list, absent.
struct Said {
  Effect effect;
  v1::ErrorReason reason;
  bool nothing = false;
};

bool operator==(const Said& a, const Said& b) {
  return a.effect == b.effect && a.reason == b.reason && a.nothing == b.nothing;
}

void PrintTo(const Said& said, std::ostream* os) {
  *os << static_cast<int>(said.effect) << " " << said.reason
      << (said.nothing ? " nothing" : "");
}

constexpr Said kUnknownDown = {Effect::kUnknown, kDown};
constexpr Said kDownNotApplied = {Effect::kNotApplied, kDown};
constexpr Said kWrongUrl = {Effect::kNotApplied, kUrl};
constexpr Said kNothing = {Effect::kConfirmed, kNone, true};
constexpr Said kGone = {Effect::kNotApplied, kNone, true};
constexpr Said kRefused = {Effect::kRefused, kRejected};
constexpr Said kReadRefused = {Effect::kNotApplied, kRejected};

struct Case {
  std::string name;
  HttpResult result;
  Said create;
  Said update;
  Said get;
  Said list;
};

void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

// The same for both writes, and for both reads.
Case Both(std::string name, HttpResult result, Said write, Said read) {
  return {std::move(name), std::move(result), write, write, read, read};
}

const Case kCases[] = {
    // No complete answer.
    Both("Unreachable", Lost(HttpFate::kUnreachable), kDownNotApplied,
         kDownNotApplied),
    Both("Withheld", Lost(HttpFate::kWithheld), kDownNotApplied,
         kDownNotApplied),
    Both("MaybeSent", Lost(HttpFate::kMaybeSent), kUnknownDown,
         kDownNotApplied),
    Both("CutOffCreated", Lost(HttpFate::kMaybeSent, 201), kUnknownDown,
         kDownNotApplied),
    Both("CutOffRefusal", Lost(HttpFate::kMaybeSent, 422), kUnknownDown,
         kDownNotApplied),
    // Success without what success brings.
    Both("Truncated200", Answered(200, R"({"product":{"id":1,"sku":"a)"),
         kUnknownDown, kDownNotApplied),
    Both("Empty200", Answered(200, ""), kUnknownDown, kDownNotApplied),
    Both("Html200", Answered(200, "<html></html>"), kUnknownDown,
         kDownNotApplied),
    Both("Sentence200", Answered(200, R"("done")"), kUnknownDown,
         kDownNotApplied),
    Both("OtherRoot200", Answered(200, R"({"customer":{"id":1}})"),
         kUnknownDown, kDownNotApplied),
    Both("Errors200", Answered(200, R"({"errors":{"sku":["taken"]}})"),
         kRefused, kReadRefused),
    Both("Error201", Answered(201, R"({"error":"Invalid resource"})"), kRefused,
         kReadRefused),
    Both("NoErrors200", Answered(200, R"({"errors":{}})"), kUnknownDown,
         kDownNotApplied),
    Both("Accepted202", Answered(202, R"({"product":{"id":1}})"), kUnknownDown,
         kDownNotApplied),
    Both("NoContent204", Answered(204, ""), kUnknownDown, kDownNotApplied),
    // Redirects.
    Both("Redirect301", Answered(301, ""), {Effect::kUnknown, kUrl}, kWrongUrl),
    Both("Redirect307", Answered(307, ""), {Effect::kUnknown, kUrl}, kWrongUrl),
    Both("NotModified304", Answered(304, ""), {Effect::kUnknown, kUrl},
         kWrongUrl),
    // Refusals.
    Both("BadRequest400", Answered(400, R"({"errors":"malformed"})"), kRefused,
         kReadRefused),
    Both("Unauthorized401", Answered(401, R"({"error":"Unauthorized"})"),
         {Effect::kNotApplied, kCredentials},
         {Effect::kNotApplied, kCredentials}),
    Both("UnauthorizedEmpty401", Answered(401, ""),
         {Effect::kNotApplied, kCredentials},
         {Effect::kNotApplied, kCredentials}),
    Both("PaymentRequired402", Answered(402, ""),
         {Effect::kNotApplied, kPermission},
         {Effect::kNotApplied, kPermission}),
    Both("Forbidden403", Answered(403, "no"),
         {Effect::kNotApplied, kPermission},
         {Effect::kNotApplied, kPermission}),
    Both("MethodNotAllowed405", Answered(405, ""), kWrongUrl, kWrongUrl),
    Both("RequestTimeout408", Answered(408, ""), kUnknownDown, kDownNotApplied),
    Both("Conflict409", Answered(409, ""), kUnknownDown, kDownNotApplied),
    Both("TooLarge413", Answered(413, ""), kRefused, kReadRefused),
    Both("NotListed418", Answered(418, ""), kUnknownDown, kDownNotApplied),
    Both("Refused422", Answered(422, R"({"errors":{"sku":["taken"]}})"),
         kRefused, kReadRefused),
    Both("RefusedEmpty422", Answered(422, ""), kRefused, kReadRefused),
    Both("Throttled429", Answered(429, ""), {Effect::kNotApplied, kOverloaded},
         {Effect::kNotApplied, kOverloaded}),
    Both("ServerError500", Answered(500, R"({"status":500,"error":"E"})"),
         kUnknownDown, kDownNotApplied),
    Both("BadGateway502", Answered(502, "<html></html>"), kUnknownDown,
         kDownNotApplied),
    Both("Unavailable503", Answered(503, ""), kUnknownDown, kDownNotApplied),
    // The 404s, by endpoint.
    {"Sentence404", Answered(404, R"("We found nothing")"), kWrongUrl, kGone,
     kNothing, kNothing},
    {"Raw404", Answered(404, "Product not found"), kWrongUrl, kGone, kNothing,
     kNothing},
    {"Arabic404", Answered(404, R"("لم نجد شيئا")"), kWrongUrl, kGone, kNothing,
     kNothing},
    {"Message404", Answered(404, R"({"message":"We found nothing"})"),
     kWrongUrl, kGone, kNothing, kNothing},
    {"InvalidId404", Answered(404, R"({"message":"Invalid  ID."})"), kWrongUrl,
     kGone, kNothing, kWrongUrl},
    {"Error404", Answered(404, R"({"error":"Product not found"})"), kWrongUrl,
     kGone, kNothing, kNothing},
    {"Empty404", Answered(404, ""), kWrongUrl, kGone, kNothing, kWrongUrl},
    {"UrlNotFound404", Answered(404, R"({"message":"URL not found"})"),
     kWrongUrl, kWrongUrl, kWrongUrl, kWrongUrl},
    {"UrlNotFoundText404", Answered(404, "URL not found"), kWrongUrl, kWrongUrl,
     kWrongUrl, kWrongUrl},
    {"Router404", Answered(404, R"({"status":404,"error":"Not Found"})"),
     kWrongUrl, kWrongUrl, kWrongUrl, kWrongUrl},
    {"UnknownJson404", Answered(404, R"({"code":7,"detail":"x"})"), kWrongUrl,
     kWrongUrl, kWrongUrl, kWrongUrl},
    {"List404", Answered(404, "[]"), kWrongUrl, kWrongUrl, kWrongUrl,
     kWrongUrl},
    {"Html404", Answered(404, "<html></html>"), kWrongUrl, kWrongUrl, kWrongUrl,
     kWrongUrl},
    {"WebServer404", Answered(404, "404 page not found"), kWrongUrl, kWrongUrl,
     kWrongUrl, kWrongUrl},
    {"CutOffJson404", Answered(404, R"({"message":"We fo)"), kWrongUrl,
     kWrongUrl, kWrongUrl, kWrongUrl},
};

class QoyodEffectTest : public ::testing::TestWithParam<Case> {
 protected:
  static void ExpectToldWhy(const CallReport& report) {
    EXPECT_EQ(report.http_status, GetParam().result.status);
    if (report.effect == Effect::kConfirmed) return;
    for (const v1::ItemProblem& problem : report.problems) {
      EXPECT_FALSE(problem.message().empty());
    }
    if (report.reason != kNone) {
      EXPECT_FALSE(report.problems.empty());
    }
  }
};

TEST_P(QoyodEffectTest, OfACreate) {
  const auto answer = ReadCreateAnswer(GetParam().result, kNow);
  EXPECT_EQ((Said{answer.report.effect, answer.report.reason}),
            GetParam().create);
  EXPECT_THAT(answer.records, IsEmpty());
  ExpectToldWhy(answer.report);
}

TEST_P(QoyodEffectTest, OfAnUpdate) {
  const auto answer =
      ReadRecordAnswer(QoyodCall::kUpdate, GetParam().result, "1", kNow);
  EXPECT_EQ(
      (Said{answer.report.effect, answer.report.reason, answer.not_found}),
      GetParam().update);
  EXPECT_FALSE(answer.record.has_value());
  ExpectToldWhy(answer.report);
}

TEST_P(QoyodEffectTest, OfAGet) {
  const auto answer =
      ReadRecordAnswer(QoyodCall::kGet, GetParam().result, "1", kNow);
  EXPECT_EQ(
      (Said{answer.report.effect, answer.report.reason, answer.not_found}),
      GetParam().get);
  EXPECT_FALSE(answer.record.has_value());
  ExpectToldWhy(answer.report);
}

TEST_P(QoyodEffectTest, OfAList) {
  const auto answer = ReadPageAnswer(GetParam().result, {}, kNow);
  // An empty page is what "nothing" looks like.
  EXPECT_EQ((Said{answer.report.effect, answer.report.reason,
                  answer.report.effect == Effect::kConfirmed}),
            GetParam().list);
  EXPECT_EQ(answer.row_count, 0u);
  ExpectToldWhy(answer.report);
}

INSTANTIATE_TEST_SUITE_P(All, QoyodEffectTest, ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

TEST(QoyodCreateAnswerTest, EveryFormOfSuccessIsConfirmed) {
  for (const int status : {200, 201}) {
    for (const char* body :
         {R"({"products":[{"id":1,"sku":"a"}]})", R"({"product":{"id":1}})",
          R"({"product":[{"id":1}]})",
          "\xef\xbb\xbf{\"product\":{\"id\":1}}"}) {
      const auto answer = ReadCreateAnswer(Answered(status, body), kNow);
      EXPECT_EQ(answer.report.effect, Effect::kConfirmed) << body;
      EXPECT_EQ(answer.report.http_status, status);
      ASSERT_EQ(answer.records.size(), 1u);
      EXPECT_EQ(answer.records[0].id(), "1");
    }
  }
}

TEST(QoyodCreateAnswerTest, ConfirmedRowsMayBeFewerThanSent) {
  const auto answer = ReadCreateAnswer(
      Answered(200, R"({"products":[{"sku":"no id"}]})"), kNow);
  EXPECT_EQ(answer.report.effect, Effect::kConfirmed);
  EXPECT_THAT(answer.records, IsEmpty());
}

TEST(QoyodRecordAnswerTest, AnotherRecordConfirmsNothing) {
  for (const char* body :
       {R"({"product":{"id":2}})", R"({"product":{"sku":"a"}})",
        R"({"product":[]})", R"({"products":[{"id":1},{"id":2}]})"}) {
    EXPECT_EQ(
        ReadRecordAnswer(QoyodCall::kUpdate, Answered(200, body), "1", kNow)
            .report.effect,
        Effect::kUnknown)
        << body;
    const auto get =
        ReadRecordAnswer(QoyodCall::kGet, Answered(200, body), "1", kNow);
    EXPECT_EQ(get.report.effect, Effect::kNotApplied) << body;
    EXPECT_FALSE(get.not_found);
  }
}

TEST(QoyodPageAnswerTest, RowsOutsideTheQueryAreLeftOutAndCounted) {
  const HttpResult result = Answered(
      200,
      R"({"products":[{"id":9,"sku":"a","category_id":7},{"id":10,"sku":"a"},)"
      R"({"id":100,"sku":"A","category_id":"7"},{"sku":"a"}]})");
  const auto ids = [&](const domain::ListQuery& query) {
    const auto answer = ReadPageAnswer(result, query, kNow);
    EXPECT_EQ(answer.row_count, 4u);
    std::string ids;
    for (const auto& record : answer.records) {
      absl::StrAppend(&ids, record.id(), " ");
    }
    return ids + (answer.filter_ignored ? "ignored" : "");
  };
  domain::ListQuery query;
  EXPECT_EQ(ids(query), "9 10 100 ");
  query.sku = "a";
  EXPECT_EQ(ids(query), "9 10 ") << "a filter that folds case is honoured";
  query.sku = "b";
  EXPECT_EQ(ids(query), "ignored");
  query.sku.reset();
  query.category_id = "7";
  EXPECT_EQ(ids(query), "9 100 ignored");
  query.category_id.reset();
  query.id_above = "9";
  EXPECT_EQ(ids(query), "10 100 ignored");
  query.id_above = "8";
  EXPECT_EQ(ids(query), "9 10 100 ");
}

TEST(QoyodIdsAnswerTest, NoCategoriesAreAnEmptyListAndNoTaxesAreAbsent) {
  const HttpResult nothing = Answered(
      404, R"("We could not retrieve your categories, we found nothing.")");
  const auto categories = ReadIdsAnswer(QoyodCall::kCategories, nothing, kNow);
  EXPECT_EQ(categories.report.effect, Effect::kConfirmed);
  EXPECT_FALSE(categories.absent);
  for (const HttpResult& result :
       {nothing, Answered(404, R"({"message":"URL not found"})")}) {
    const auto taxes = ReadIdsAnswer(QoyodCall::kTaxes, result, kNow);
    EXPECT_EQ(taxes.report.effect, Effect::kConfirmed);
    EXPECT_TRUE(taxes.absent);
  }
  const auto wrong = ReadIdsAnswer(QoyodCall::kCategories,
                                   Answered(404, "URL not found"), kNow);
  EXPECT_EQ(wrong.report.reason, kUrl);
  EXPECT_TRUE(wrong.absent);
}

TEST(QoyodIdsAnswerTest, RowsAreReadAndOtherAnswersAreNot) {
  const auto taxes =
      ReadIdsAnswer(QoyodCall::kTaxes,
                    Answered(200, R"({"taxes":[{"id":1},{"id":2}]})"), kNow);
  EXPECT_THAT(taxes.ids, ElementsAre("1", "2"));
  const auto none =
      ReadIdsAnswer(QoyodCall::kTaxes, Answered(200, R"({"taxes":[]})"), kNow);
  EXPECT_EQ(none.report.effect, Effect::kConfirmed);
  EXPECT_FALSE(none.absent);
  EXPECT_EQ(ReadIdsAnswer(QoyodCall::kCategories, Answered(200, "{}"), kNow)
                .report.effect,
            Effect::kNotApplied);
}

// Locations as `id: English/Arabic`, and `*` behind the default one, `?` behind
// one whose flag is not told.
std::string Locations(const std::string& body) {
  std::string text;
  const auto answer = ReadLocationsAnswer(Answered(200, body), kNow);
  if (answer.report.effect != Effect::kConfirmed) return "not confirmed";
  for (const domain::RemoteLocation& location : answer.locations) {
    absl::StrAppend(&text, location.id, ": ", location.name_en, "/",
                    location.name_ar,
                    !location.is_default.has_value() ? "?"
                    : *location.is_default           ? "*"
                                                     : "",
                    " ");
  }
  return text;
}

TEST(QoyodLocationsAnswerTest, RowsAreReadInEveryForm) {
  EXPECT_EQ(Locations(R"({"inventories":[
              {"id":3,"name":"Main","ar_name":"رئيسي","is_default":true},
              {"id":"4","name":"Shop","ar_name":null,"is_default":0},
              {"id":5,"name_en":"Web","name_ar":"ويب"},
              {"name":"without id"}]})"),
            "3: Main/رئيسي* 4: Shop/ 5: Web/ويب? ");
  EXPECT_EQ(Locations(R"({"data":[{"id":3}]})"), "3: /? ");
  EXPECT_EQ(Locations(R"({"inventories":[]})"), "");
  EXPECT_EQ(Locations(R"({"inventories":{"id":3}})"), "not confirmed");
  EXPECT_EQ(Locations("{}"), "not confirmed");
  EXPECT_EQ(Locations("<html>"), "not confirmed");
}

TEST(QoyodLocationsAnswerTest, TooManyAreNoAnswer) {
  std::string body = R"({"inventories":[{"id":1})";
  for (size_t i = 0; i < kMaxLocations; ++i) body += R"(,{"id":2})";
  EXPECT_EQ(Locations(body + "]}"), "not confirmed");
}

TEST(QoyodLocationsAnswerTest, WithoutTheListingNothingIsKnown) {
  for (const char* body :
       {R"({"message":"URL not found"})", R"("We found nothing.")", ""}) {
    const auto answer = ReadLocationsAnswer(Answered(404, body), kNow);
    EXPECT_EQ(answer.report.effect, Effect::kConfirmed);
    EXPECT_TRUE(answer.absent);
  }
  const auto failed = ReadLocationsAnswer(Answered(500, ""), kNow);
  EXPECT_EQ(failed.report.effect, Effect::kNotApplied);
  EXPECT_FALSE(failed.absent);
}

TEST(QoyodRetryAfterTest, IsToldFor429And503Only) {
  const auto wait = [](int status, std::vector<HttpHeader> headers) {
    return ReadCreateAnswer(Answered(status, "", std::move(headers)), kNow)
        .report.retry_after;
  };
  EXPECT_EQ(wait(429, {{"Retry-After", "7"}}), absl::Seconds(7));
  EXPECT_EQ(wait(503, {{"retry-after", "0"}}), absl::ZeroDuration());
  EXPECT_EQ(wait(429, {}), std::nullopt);
  EXPECT_EQ(wait(429, {{"Retry-After", "soon"}}), std::nullopt);
  EXPECT_EQ(wait(500, {{"Retry-After", "7"}}), std::nullopt);
  const HttpHeader date = {"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"};
  EXPECT_EQ(wait(429, {date}), absl::Seconds(37));
  // The server's own clock counts where it tells it.
  EXPECT_EQ(wait(429, {{"Date", "Sun, 06 Nov 1994 08:49:30 GMT"}, date}),
            absl::Seconds(7));
}

TEST(QoyodRedirectTest, OnlyTheHostIsTold) {
  const auto answer = ReadCreateAnswer(
      Answered(307, "",
               {{"Location", "https://user:pw@other.example/2.0?key=k1"}}),
      kNow);
  ASSERT_EQ(answer.report.problems.size(), 1u);
  EXPECT_EQ(answer.report.problems[0].message(),
            "HTTP 307: redirected to other.example");
}

}  // namespace
}  // namespace qantara::adapters
