#include "adapters/qwoty/qwoty_answer.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "adapters/json/json_reader.h"
#include "adapters/qwoty/qwoty_decode.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

using domain::Effect;
using ::testing::ElementsAre;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

// The answer of specification 004.
constexpr char kSpecified[] = R"({"success": true, "data": {
  "id": "880e8400-e29b-41d4-a716-446655440003",
  "product_parent_id": "550e8400-e29b-41d4-a716-446655440000",
  "workspace_id": "990e8400-e29b-41d4-a716-446655440004",
  "name": "Premium Widget", "api_name": "premium_widget",
  "reference": "PROD-001",
  "description": "High-quality widget for professional use",
  "is_active": true, "is_default": true,
  "catalog_ids": ["660e8400-e29b-41d4-a716-446655440001"],
  "category_ids": ["770e8400-e29b-41d4-a716-446655440002"],
  "product_ids": ["880e8400-e29b-41d4-a716-446655440003"],
  "settings": {"unit_per_pack": 1, "product_type": null,
    "recurrence_type": "one_off"},
  "shipping": {"weight": 2.50, "weight_unit": "kg", "height": 10,
    "length": 30, "width": 20, "length_unit": "cm",
    "country_of_origin": "FR", "harmonized_system_code": "8471.30"},
  "inventory": {"sku": "WID-PRE-001"},
  "identifiers": {"crm": "crm_123", "erp": "erp_456", "accounting": "acc_789"},
  "accounting": {"ledger_account": "4010"}, "options": [],
  "prices": [{"id": "price-001"}],
  "created_at": "2024-12-21T10:30:00Z",
  "updated_at": "2024-12-21T10:30:00Z"}})";

constexpr char kId[] = "880e8400-e29b-41d4-a716-446655440003";
constexpr char kParent[] = "550e8400-e29b-41d4-a716-446655440000";

HttpResult Answered(int status, std::string body,
                    std::vector<HttpHeader> headers = {}) {
  return {HttpFate::kAnswered, status, std::move(headers), std::move(body), ""};
}

QwotyRecord Decode(const std::string& text) {
  const auto json = ParseJson(text);
  EXPECT_TRUE(json.ok());
  return DecodeQwotyRecord(*json).value_or(QwotyRecord());
}

TEST(QwotyDecodeTest, TheSpecifiedRecordIsReadWhole) {
  const QwotyRecord record = Decode(kSpecified);
  EXPECT_EQ(record.product.id(), kId);
  EXPECT_EQ(record.parent_id, kParent);
  EXPECT_EQ(record.product.sku(), "WID-PRE-001");
  EXPECT_EQ(record.product.name_en(), "Premium Widget");
  EXPECT_FALSE(record.product.has_name_ar());
  EXPECT_EQ(record.product.category_id(),
            "770e8400-e29b-41d4-a716-446655440002");
  EXPECT_EQ(record.product.create_time().seconds(), 1734777000);
  const v1::QwotyProduct& qwoty = record.qwoty;
  EXPECT_EQ(qwoty.api_name(), "premium_widget");
  EXPECT_EQ(qwoty.recurrence_type(), "one_off");
  EXPECT_EQ(qwoty.reference(), "PROD-001");
  EXPECT_TRUE(qwoty.is_active());
  EXPECT_THAT(qwoty.catalog_ids(),
              ElementsAre("660e8400-e29b-41d4-a716-446655440001"));
  EXPECT_EQ(qwoty.unit_per_pack(), "1");
  EXPECT_EQ(qwoty.ledger_account(), "4010");
  EXPECT_EQ(qwoty.crm_id(), "crm_123");
  EXPECT_EQ(qwoty.weight(), "2.50");
  EXPECT_EQ(qwoty.harmonized_system_code(), "8471.30");
}

TEST(QwotyDecodeTest, TheOlderFormIsReadToo) {
  const QwotyRecord record = Decode(
      R"({"success":true,"data":{"id":"550e8400-e29b-41d4-a716-446655440000",
          "api_name":"a","id_crm":"c","id_erp":null,"id_accounting":"x"}})");
  EXPECT_EQ(record.product.id(), kParent);
  EXPECT_EQ(record.parent_id, "");
  EXPECT_EQ(record.qwoty.crm_id(), "c");
  EXPECT_FALSE(record.qwoty.has_erp_id());
  EXPECT_EQ(record.qwoty.accounting_id(), "x");
}

TEST(QwotyDecodeTest, OddMembersAreNotTold) {
  const QwotyRecord record = Decode(
      R"({"data":{"id":"i","inventory":"x","shipping":[1],"catalog_ids":{},
          "settings":null,"is_active":"maybe","created_at":"soon",
          "name":{"en":"x"}}})");
  EXPECT_EQ(record.product.id(), "i");
  EXPECT_FALSE(record.product.has_sku());
  EXPECT_FALSE(record.product.has_name_en());
  EXPECT_FALSE(record.product.has_create_time());
  EXPECT_FALSE(record.qwoty.has_is_active());
}

TEST(QwotyDecodeTest, BothListsAreRead) {
  for (const char* text :
       {R"({"total":"42","next":null,"data":[{"id":"a"},{"name":"x"}]})",
        R"({"success":true,"total":42,"data":[{"id":"a"},{}]})"}) {
    const auto json = ParseJson(text);
    const auto page = DecodeQwotyPage(*json);
    ASSERT_TRUE(page.has_value()) << text;
    EXPECT_EQ(page->row_count, 2u);
    EXPECT_EQ(page->records.size(), 1u);
    EXPECT_EQ(page->total, 42u);
  }
}

// A result of a creating request, and what it means.
struct Case {
  const char* name;
  HttpResult result;
  Effect effect;
  v1::ErrorReason reason;
};

class QwotyCreateTest : public ::testing::TestWithParam<Case> {};

TEST_P(QwotyCreateTest, MeansThis) {
  const Case& c = GetParam();
  const domain::CreateAnswer answer = ReadQwotyCreate(c.result, kNow);
  EXPECT_EQ(answer.report.effect, c.effect);
  EXPECT_EQ(answer.report.reason, c.reason);
  EXPECT_EQ(answer.records.size(), c.effect == Effect::kConfirmed ? 1u : 0u);
  EXPECT_EQ(answer.report.problems.empty(), c.effect == Effect::kConfirmed);
}

constexpr char kRefusal[] =
    R"({"success":false,"error":"Validation error","details":["x"]})";

const Case kCases[] = {
    {"Created201", Answered(201, kSpecified), Effect::kConfirmed,
     v1::ERROR_REASON_UNSPECIFIED},
    {"Created200", Answered(200, kSpecified), Effect::kConfirmed,
     v1::ERROR_REASON_UNSPECIFIED},
    {"SuccessFalse", Answered(200, R"({"success":false})"), Effect::kRefused,
     v1::ERROR_REASON_PROVIDER_REJECTED},
    {"SuccessFalseWithARecord",
     Answered(200, R"({"success":false,"data":{"id":"i"}})"), Effect::kRefused,
     v1::ERROR_REASON_PROVIDER_REJECTED},
    {"NoRecord", Answered(200, R"({"success":true})"), Effect::kUnknown,
     v1::ERROR_REASON_PROVIDER_UNAVAILABLE},
    {"NoId", Answered(201, R"({"success":true,"data":{}})"), Effect::kUnknown,
     v1::ERROR_REASON_PROVIDER_UNAVAILABLE},
    {"IdThatIsNoUuid", Answered(201, R"({"success":true,"data":{"id":"42"}})"),
     Effect::kUnknown, v1::ERROR_REASON_PROVIDER_UNAVAILABLE},
    {"NoJson", Answered(201, "<html>"), Effect::kUnknown,
     v1::ERROR_REASON_PROVIDER_UNAVAILABLE},
    {"Invalid422", Answered(422, kRefusal), Effect::kRefused,
     v1::ERROR_REASON_PROVIDER_REJECTED},
    {"Invalid400", Answered(400, kRefusal), Effect::kRefused,
     v1::ERROR_REASON_PROVIDER_REJECTED},
    {"NameInUse", Answered(409, kRefusal), Effect::kRefused,
     v1::ERROR_REASON_PROVIDER_REJECTED},
    {"ConflictOfAProxy", Answered(409, "conflict"), Effect::kUnknown,
     v1::ERROR_REASON_PROVIDER_UNAVAILABLE},
    {"NoToken", Answered(401, ""), Effect::kNotApplied,
     v1::ERROR_REASON_CREDENTIALS_NEEDED},
    {"NoPermission", Answered(403, ""), Effect::kNotApplied,
     v1::ERROR_REASON_PERMISSION_DENIED},
    {"NoSuchPath", Answered(404, R"({"success":false,"error":"Not found"})"),
     Effect::kNotApplied, v1::ERROR_REASON_BASE_URL_WRONG},
    {"NoSuchRoute",
     Answered(404, R"({"success":false,"error":"Route not found"})"),
     Effect::kNotApplied, v1::ERROR_REASON_BASE_URL_WRONG},
    {"NoSuchCatalog",
     Answered(404, R"({"success":false,"error":"Catalog not found"})"),
     Effect::kRefused, v1::ERROR_REASON_PROVIDER_REJECTED},
    {"NoSuchCategory",
     Answered(404, R"({"success":false,"error":"category not found: 7"})"),
     Effect::kRefused, v1::ERROR_REASON_PROVIDER_REJECTED},
    {"NoSuchCatalogByAStranger",
     Answered(404, R"({"error":"Catalog not found"})"), Effect::kNotApplied,
     v1::ERROR_REASON_BASE_URL_WRONG},
    {"Throttled", Answered(429, ""), Effect::kNotApplied,
     v1::ERROR_REASON_OVERLOADED},
    {"ServerError", Answered(500, kRefusal), Effect::kUnknown,
     v1::ERROR_REASON_PROVIDER_UNAVAILABLE},
    {"Redirected", Answered(302, "", {{"Location", "https://x/y"}}),
     Effect::kUnknown, v1::ERROR_REASON_BASE_URL_WRONG},
    {"Lost",
     {HttpFate::kMaybeSent, 0, {}, "", "reset"},
     Effect::kUnknown,
     v1::ERROR_REASON_PROVIDER_UNAVAILABLE},
    {"Unreachable",
     {HttpFate::kUnreachable, 0, {}, "", "refused"},
     Effect::kNotApplied,
     v1::ERROR_REASON_PROVIDER_UNAVAILABLE},
};

INSTANTIATE_TEST_SUITE_P(All, QwotyCreateTest, ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

TEST(QwotyAnswerTest, EveryDetailIsAProblemWithItsField) {
  const domain::CallReport report =
      ReadQwotyCreate(
          Answered(422,
                   "{\"success\":false,\"error\":\"Validation error\","
                   "\"details\":[\"Field 'api_name' is required\","
                   "\"Something else\"]}"),
          kNow)
          .report;
  ASSERT_EQ(report.problems.size(), 2u);
  EXPECT_EQ(report.problems[0].field(), "api_name");
  EXPECT_EQ(report.problems[0].message(), "Field 'api_name' is required");
  EXPECT_EQ(report.problems[1].field(), "");
}

TEST(QwotyAnswerTest, TheWaitOfA429IsTold) {
  const domain::CallReport report =
      ReadQwotyCreate(Answered(429, "", {{"Retry-After", "7"}}), kNow).report;
  EXPECT_EQ(report.retry_after, absl::Seconds(7));
}

TEST(QwotyAnswerTest, RecordsTellTheirNameAndTheirParent) {
  const domain::CreateAnswer created =
      ReadQwotyCreate(Answered(201, kSpecified), kNow);
  ASSERT_EQ(created.records.size(), 1u);
  EXPECT_EQ(created.records[0].qwoty().api_name(), "premium_widget");
  EXPECT_EQ(created.records[0].parent_id(), kParent);
  const domain::PageAnswer page =
      ReadQwotyPage(Answered(200, absl::StrCat(R"({"total":1,"data":[{"id":")",
                                               kId, R"(","api_name":"a"}]})")),
                    kNow);
  ASSERT_EQ(page.records.size(), 1u);
  EXPECT_EQ(page.records[0].qwoty().api_name(), "a");
  EXPECT_EQ(page.records[0].parent_id(), "");
}

TEST(QwotyAnswerTest, ARecordIsToldUnderTheIdThatWasAskedFor) {
  for (const char* id : {kId, kParent, "880E8400-E29B-41D4-A716-446655440003",
                         "550E8400-E29B-41D4-A716-446655440000"}) {
    const domain::RecordAnswer answer =
        ReadQwotyRecord(QwotyCall::kGet, Answered(200, kSpecified), id, kNow);
    EXPECT_EQ(answer.report.effect, Effect::kConfirmed);
    ASSERT_TRUE(answer.record.has_value());
    EXPECT_EQ(answer.record->id(), id);
  }
}

TEST(QwotyAnswerTest, AnotherRecordIsNoAnswer) {
  const domain::RecordAnswer answer = ReadQwotyRecord(
      QwotyCall::kUpdate, Answered(200, kSpecified), "other", kNow);
  EXPECT_EQ(answer.report.effect, Effect::kUnknown);
  EXPECT_FALSE(answer.record.has_value());
}

TEST(QwotyAnswerTest, OnlyQwotysOwn404SaysThatAProductIsGone) {
  const HttpResult gone =
      Answered(404, R"({"success":false,"error":"Product not found"})");
  const domain::RecordAnswer get =
      ReadQwotyRecord(QwotyCall::kGet, gone, kId, kNow);
  EXPECT_TRUE(get.not_found);
  EXPECT_EQ(get.report.effect, Effect::kConfirmed);
  const domain::RecordAnswer update =
      ReadQwotyRecord(QwotyCall::kUpdate, gone, kId, kNow);
  EXPECT_TRUE(update.not_found);
  EXPECT_EQ(update.report.effect, Effect::kNotApplied);
  for (const char* body :
       {"", "<html>404</html>", R"({"message":"no route"})",
        R"({"success":false})", R"({"error":"Product not found"})",
        R"({"success":false,"error":"Route not found"})",
        R"({"success":false,"error":"Catalog not found"})"}) {
    const domain::RecordAnswer other =
        ReadQwotyRecord(QwotyCall::kGet, Answered(404, body), kId, kNow);
    EXPECT_FALSE(other.not_found) << body;
    EXPECT_EQ(other.report.effect, Effect::kNotApplied) << body;
    EXPECT_EQ(other.report.reason, v1::ERROR_REASON_BASE_URL_WRONG) << body;
  }
}

TEST(QwotyAnswerTest, CaseAndOuterSpaceDoNotMatterInThe404OfAProduct) {
  const domain::RecordAnswer answer = ReadQwotyRecord(
      QwotyCall::kGet,
      Answered(404, R"({"success":false,"error":" product NOT found"})"), kId,
      kNow);
  EXPECT_TRUE(answer.not_found);
}

TEST(QwotyAnswerTest, AChangeToAMissingCategoryIsRefusedWithItsMessage) {
  const domain::RecordAnswer answer = ReadQwotyRecord(
      QwotyCall::kUpdate,
      Answered(404, R"({"success":false,"error":"Category not found"})"), kId,
      kNow);
  EXPECT_FALSE(answer.not_found);
  EXPECT_EQ(answer.report.effect, Effect::kRefused);
  EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_PROVIDER_REJECTED);
  ASSERT_EQ(answer.report.problems.size(), 1u);
  EXPECT_EQ(answer.report.problems[0].message(), "Category not found");
  EXPECT_EQ(answer.report.problems[0].reason(),
            v1::ERROR_REASON_PROVIDER_REJECTED);
}

TEST(QwotyAnswerTest, AChangeOnAWrongRouteDoesNotLoseTheProduct) {
  const domain::RecordAnswer answer = ReadQwotyRecord(
      QwotyCall::kUpdate,
      Answered(404, R"({"success":false,"error":"Route not found"})"), kId,
      kNow);
  EXPECT_FALSE(answer.not_found);
  EXPECT_EQ(answer.report.effect, Effect::kNotApplied);
  EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_BASE_URL_WRONG);
}

TEST(QwotyAnswerTest, RowsThatCouldNotBeAskedForAreCountedOnly) {
  const domain::PageAnswer page = ReadQwotyPage(
      Answered(200, absl::StrCat(R"({"data":[{"id":"42"},{"id":")", kId,
                                 R"("},{}]})")),
      kNow);
  EXPECT_EQ(page.report.effect, Effect::kConfirmed);
  EXPECT_EQ(page.row_count, 3u);
  ASSERT_EQ(page.records.size(), 1u);
  EXPECT_EQ(page.records[0].id(), kId);
}

TEST(QwotyAnswerTest, A404IsNeverAnEmptyPage) {
  const domain::PageAnswer page = ReadQwotyPage(
      Answered(404, R"({"success":false,"error":"Not found"})"), kNow);
  EXPECT_EQ(page.report.effect, Effect::kNotApplied);
  EXPECT_EQ(page.report.reason, v1::ERROR_REASON_BASE_URL_WRONG);
}

}  // namespace
}  // namespace qantara::adapters
