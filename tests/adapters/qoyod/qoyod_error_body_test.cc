#include "adapters/qoyod/qoyod_error_body.h"

#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "adapters/gateway/provider_problem.h"
#include "adapters/json/json_reader.h"
#include "domain/utf8.h"
#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

struct Case {
  std::string name;
  std::string body;
  ErrorForm form;
  // "field=message" joined by "; ".
  std::string problems;
  bool says_no_such_path = false;
};

void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

const Case kCases[] = {
    {"E1",
     R"({"errors":{"category_id":["does not exist"],)"
     R"("en_name":["can't be blank","is odd"]}})",
     ErrorForm::kFields,
     "category_id=does not exist; en_name=can't be blank; en_name=is odd"},
    {"E1WithTexts", R"({"errors":{"sku":"has already been taken"}})",
     ErrorForm::kFields, "sku=has already been taken"},
    {"E1Nested", R"({"errors":{"0":{"sku":["taken"]}}})", ErrorForm::kFields,
     "0.sku=taken"},
    {"E1Arabic", R"({"errors":{"category_id":["غير موجود"]}})",
     ErrorForm::kFields, "category_id=غير موجود"},
    {"E2", R"("We found nothing")", ErrorForm::kSentence, "=We found nothing"},
    {"E2Arabic", R"("لم نجد شيئا")", ErrorForm::kSentence, "=لم نجد شيئا"},
    {"E3", "Product not found\n", ErrorForm::kSentence, "=Product not found"},
    {"E3WithByteOrderMark", "\xef\xbb\xbfProduct not found",
     ErrorForm::kSentence, "=Product not found"},
    {"E4", R"("We could not retrieve your categories, we found nothing.")",
     ErrorForm::kSentence,
     "=We could not retrieve your categories, we found nothing."},
    {"E5", R"({"message":"Invalid  ID. Please provide a valid  ID."})",
     ErrorForm::kOneMember, "=Invalid  ID. Please provide a valid  ID."},
    {"E6", R"({"error":"Inventory not found"})", ErrorForm::kOneMember,
     "=Inventory not found"},
    {"E7", R"({"invoice":"category with id: 999 is not found"})",
     ErrorForm::kOneMember, "=category with id: 999 is not found"},
    {"E8", R"({"error":"Unauthorized - Invalid API key"})",
     ErrorForm::kOneMember, "=Unauthorized - Invalid API key"},
    {"E9", R"({"error":"Invalid resource","messages":{"code":["taken"]}})",
     ErrorForm::kFields, "code=taken"},
    {"E9WithoutMessages", R"({"error":"Invalid resource","messages":{}})",
     ErrorForm::kFields, "=Invalid resource"},
    {"E10", R"({"errors":["Name can't be blank","No"]})", ErrorForm::kFields,
     "=Name can't be blank; =No"},
    {"E11", R"({"errors":"category must be an array of objects"})",
     ErrorForm::kOneMember, "=category must be an array of objects"},
    {"E12", R"({"base":["enter at least a purchase price"]})",
     ErrorForm::kFields, "base=enter at least a purchase price"},
    {"E13", R"({"status":500,"error":"Internal Server Error"})",
     ErrorForm::kUnknown, "=Internal Server Error"},
    {"E14", "<html><head><title>502 Bad\n Gateway</title></head></html>",
     ErrorForm::kHtml, "=a web page: 502 Bad  Gateway"},
    {"E14Text", "Bad gateway", ErrorForm::kSentence, "=Bad gateway"},
    {"E14WithoutTitle", "<html>", ErrorForm::kHtml,
     "=a web page instead of an answer"},
    {"E15", "", ErrorForm::kEmpty, ""},
    {"E15WhiteSpace", " \r\n", ErrorForm::kEmpty, ""},
    {"E15ByteOrderMark", "\xef\xbb\xbf", ErrorForm::kEmpty, ""},
    {"Envelope",
     R"({"error":{"message":"Bad token","code":7},"status":"error"})",
     ErrorForm::kUnknown, "=Bad token"},
    {"UrlNotFound", R"({"message":"URL not found"})", ErrorForm::kOneMember,
     "=URL not found", true},
    {"UrlNotFoundAsText", "url NOT found", ErrorForm::kSentence,
     "=url NOT found", true},
    {"ARoutersError", R"({"status":404,"error":"Not Found"})",
     ErrorForm::kUnknown, "=Not Found", true},
    {"AWebServersText", "404 page not found\n", ErrorForm::kSentence,
     "=404 page not found", true},
    {"CutOff", R"({"errors":{"sku":["tak)", ErrorForm::kUnknown,
     R"(={"errors":{"sku":["tak)"},
    {"Number", "42", ErrorForm::kSentence, "=42"},
    {"Null", "null", ErrorForm::kUnknown, ""},
    {"List", R"(["a"])", ErrorForm::kUnknown, "=a"},
    {"EmptyObject", "{}", ErrorForm::kUnknown, ""},
    {"EmptyErrors", R"({"errors":{}})", ErrorForm::kFields, ""},
    {"ControlCharacters", R"("a\u0000b\u001b[31m")", ErrorForm::kSentence,
     "=a b [31m"},
};

class QoyodErrorBodyTest : public ::testing::TestWithParam<Case> {};

TEST_P(QoyodErrorBodyTest, SaysWhatTheProviderSays) {
  const ErrorBody body =
      ReadErrorBody(GetParam().body, v1::ERROR_REASON_PROVIDER_REJECTED);
  std::string problems;
  for (const v1::ItemProblem& problem : body.problems) {
    absl::StrAppend(&problems, problems.empty() ? "" : "; ", problem.field(),
                    "=", problem.message());
    EXPECT_EQ(problem.reason(), v1::ERROR_REASON_PROVIDER_REJECTED);
  }
  EXPECT_EQ(problems, GetParam().problems);
  EXPECT_EQ(body.form, GetParam().form);
  EXPECT_EQ(body.says_no_such_path, GetParam().says_no_such_path);
}

INSTANTIATE_TEST_SUITE_P(All, QoyodErrorBodyTest, ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

TEST(QoyodErrorBodyBoundsTest, LongMessagesAreCutAtACharacter) {
  std::string message;
  for (int i = 0; i < 1000; ++i) message += "ك";
  const ErrorBody body =
      ReadErrorBody(message, v1::ERROR_REASON_PROVIDER_REJECTED);
  ASSERT_EQ(body.problems.size(), 1u);
  EXPECT_TRUE(domain::IsValidUtf8(body.problems[0].message()));
  EXPECT_EQ(domain::CountCharacters(body.problems[0].message()),
            kMaxProviderMessageCharacters);
}

TEST(QoyodErrorBodyBoundsTest, ManyMessagesAreCutOff) {
  std::string body = R"({"errors":[)";
  for (int i = 0; i < 1000; ++i) body += "\"m\",";
  body += "\"m\"]}";
  EXPECT_EQ(
      ReadErrorBody(body, v1::ERROR_REASON_PROVIDER_REJECTED).problems.size(),
      kMaxProviderProblems);
}

TEST(QoyodErrorBodyBoundsTest, DeepBodiesAreRead) {
  ReadErrorBody(std::string(1 << 20, '['), v1::ERROR_REASON_PROVIDER_REJECTED);
  std::string nested = R"({"errors":)";
  for (int i = 0; i < 40; ++i) nested += R"({"a":)";
  nested += "\"m\"" + std::string(41, '}');
  EXPECT_EQ(ReadErrorBody(nested, v1::ERROR_REASON_PROVIDER_REJECTED).form,
            ErrorForm::kFields);
}

TEST(QoyodHoldsErrorsTest, OnlyWhatSaysSomething) {
  for (const char* json :
       {R"({"errors":{"a":["b"]}})", R"({"errors":["b"]})", R"({"errors":"b"})",
        R"({"error":"b"})", R"({"error":{"a":1}})"}) {
    EXPECT_TRUE(HoldsErrors(*ParseJson(json))) << json;
  }
  for (const char* json :
       {R"({"errors":{}})", R"({"errors":[]})", R"({"error":null})",
        R"({"error":false})", R"({"message":"b"})", R"("errors")", "[]"}) {
    EXPECT_FALSE(HoldsErrors(*ParseJson(json))) << json;
  }
}

}  // namespace
}  // namespace qantara::adapters
