// What the gateway sends, over a transport that answers at once.
#include "adapters/qoyod/qoyod_gateway.h"

#include <cstdlib>
#include <memory>
#include <ostream>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/qoyod/new_qoyod_gateway.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "qantara/config/v1/config.pb.h"
#include "tests/adapters/support/awaited.h"
#include "tests/adapters/support/fake_clock.h"
#include "tests/adapters/support/fake_transport.h"

namespace qantara::adapters {
namespace {

using domain::Effect;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kKeyVariable[] = "QANTARA_QOYOD_GATEWAY_TEST_KEY";
constexpr char kKey[] = "qyd_test_7f3a";

class QoyodGatewayTest : public ::testing::Test {
 protected:
  QoyodGatewayTest() {
    setenv(kKeyVariable, kKey, 1);
    transport_.AnswerWith(200, R"({"products":[]})");
    Configure(absl::StrCat("api_key_env: '", kKeyVariable, "'"));
  }

  void Configure(const std::string& text) {
    config::v1::Qoyod config;
    config.set_base_url("https://api.qoyod.com/2.0/");
    ASSERT_TRUE(google::protobuf::TextFormat::MergeFromString(text, &config));
    gateway_ = NewQoyodGateway(config, clock_, transport_);
  }

  // The request line and the headers, as one text.
  std::string Sent() const {
    EXPECT_EQ(transport_.requests.size(), 1u);
    if (transport_.requests.empty()) return "";
    const HttpRequest& request = transport_.requests[0];
    std::string text =
        absl::StrCat(HttpMethodName(request.method), " ", request.url, "\n");
    for (const HttpHeader& header : request.headers) {
      absl::StrAppend(&text, header.name, ": ", header.value, "\n");
    }
    return text;
  }

  domain::PageAnswer List(const domain::ListQuery& query = {}) {
    Awaited<domain::PageAnswer> answer;
    gateway_->List(query, answer.callback());
    return answer.Wait();
  }

  domain::CreateAnswer Create(const domain::PreparedWrite& write) {
    Awaited<domain::CreateAnswer> answer;
    gateway_->Create(write, {5000, absl::Seconds(9)}, answer.callback());
    return answer.Wait();
  }

  FakeClock clock_;
  FakeTransport transport_;
  std::unique_ptr<domain::ProductGateway> gateway_;
};

TEST_F(QoyodGatewayTest, ACreateIsAPostInItsWindow) {
  v1::Product product;
  product.set_sku("a");
  Create(gateway_->PrepareCreate({product}, true));
  EXPECT_THAT(Sent(), HasSubstr("POST https://api.qoyod.com/2.0/products\n"));
  EXPECT_THAT(Sent(), HasSubstr("Content-Type: application/json\n"));
  EXPECT_THAT(Sent(), HasSubstr(absl::StrCat("API-KEY: ", kKey, "\n")));
  EXPECT_THAT(Sent(), Not(HasSubstr("Authorization")));
  const HttpRequest& request = transport_.requests[0];
  EXPECT_EQ(request.body, R"({"product":{"type":"Product","sku":"a"}})");
  EXPECT_EQ(request.send_by_boot_millis, 5000);
  EXPECT_EQ(request.timeout, absl::Seconds(9));
  EXPECT_EQ(request.endpoint, "products");
}

TEST_F(QoyodGatewayTest, ARefusedWriteIsKeptWithoutTheCredential) {
  transport_.AnswerWith(
      422, absl::StrCat(R"({"errors":{"sku":["no, )", kKey, R"("]}})"));
  v1::Product product;
  product.set_sku("a");
  const auto report = Create(gateway_->PrepareCreate({product}, true)).report;
  ASSERT_TRUE(report.exchange.has_value());
  EXPECT_EQ(report.exchange->request(), "POST /2.0/products");
  EXPECT_EQ(report.exchange->request_body(),
            R"({"product":{"type":"Product","sku":"a"}})");
  EXPECT_EQ(report.exchange->http_status(), 422u);
  EXPECT_EQ(report.exchange->answer_body(),
            R"({"errors":{"sku":["no, [credential]"]}})");
}

TEST_F(QoyodGatewayTest, WhatIsKeptIsBoundedText) {
  std::string answer(20'000, 'x');
  answer.replace(8'180, sizeof(kKey) - 1, kKey);
  answer[0] = '\xff';
  transport_.AnswerWith(500, answer);
  v1::Product product;
  product.set_sku("a");
  const auto report = Create(gateway_->PrepareCreate({product}, true)).report;
  ASSERT_TRUE(report.exchange.has_value());
  const std::string& body = report.exchange->answer_body();
  EXPECT_LE(body.size(), 8u << 10);
  EXPECT_EQ(body[0], '?');
  EXPECT_THAT(body, Not(HasSubstr("qyd_")));
}

TEST_F(QoyodGatewayTest, NothingIsKeptOfWhatMaySimplyBeSentAgain) {
  transport_.AnswerWith(429, "{}");
  v1::Product product;
  product.set_sku("a");
  EXPECT_FALSE(Create(gateway_->PrepareCreate({product}, true))
                   .report.exchange.has_value());
  transport_.AnswerWith(500, "{}");
  EXPECT_FALSE(List().report.exchange.has_value());
}

TEST_F(QoyodGatewayTest, AnUpdateIsAPutOfTheProduct) {
  v1::Product fields;
  fields.set_selling_price("30.00");
  Awaited<domain::RecordAnswer> answer;
  gateway_->Update("1087", gateway_->PrepareUpdate(fields),
                   {5000, absl::Seconds(9)}, answer.callback());
  EXPECT_THAT(Sent(),
              HasSubstr("PUT https://api.qoyod.com/2.0/products/1087\n"));
  const HttpRequest& request = transport_.requests[0];
  EXPECT_EQ(request.body, R"({"product":{"selling_price":30.00}})");
  EXPECT_EQ(request.endpoint, "products/{id}");
}

TEST_F(QoyodGatewayTest, AGetIsAGetOfTheProduct) {
  Awaited<domain::RecordAnswer> answer;
  gateway_->Get("1087", answer.callback());
  EXPECT_THAT(Sent(),
              HasSubstr("GET https://api.qoyod.com/2.0/products/1087\n"));
  EXPECT_EQ(transport_.requests[0].timeout, absl::Seconds(30));
  EXPECT_EQ(transport_.requests[0].send_by_boot_millis, std::nullopt);
}

TEST_F(QoyodGatewayTest, ReferencesHaveTheirPaths) {
  Awaited<domain::IdsAnswer> answers;
  gateway_->ListCategories(answers.callback());
  gateway_->ListTaxes(answers.callback());
  EXPECT_EQ(transport_.requests[0].url, "https://api.qoyod.com/2.0/categories");
  EXPECT_EQ(transport_.requests[1].url, "https://api.qoyod.com/2.0/taxes");
  Awaited<domain::LocationsAnswer> locations;
  gateway_->ListLocations(locations.callback());
  EXPECT_EQ(transport_.requests[2].url,
            "https://api.qoyod.com/2.0/inventories");
}

TEST_F(QoyodGatewayTest, AListTellsItsPageAndIsSortedById) {
  List();
  EXPECT_THAT(Sent(), HasSubstr("/products?page=1&per_page=100"
                                "&q%5Bs%5D=id%20asc\n"));
}

TEST_F(QoyodGatewayTest, FiltersAreEncoded) {
  domain::ListQuery query;
  query.page = 2;
  query.per_page = 50;
  query.sku = "A&B+C#1 ك";
  query.category_id = "7";
  query.id_above = "1087";
  List(query);
  EXPECT_THAT(Sent(), HasSubstr("/products?page=2&per_page=50"
                                "&q%5Bsku_eq%5D=A%26B%2BC%231%20%D9%83"
                                "&q%5Bcategory_id_eq%5D=7"
                                "&q%5Bid_gt%5D=1087&q%5Bs%5D=id%20asc\n"));
}

TEST_F(QoyodGatewayTest, IdsThatAreNoNumbersAreNotSent) {
  Awaited<domain::RecordAnswer> records;
  gateway_->Get("1/../2", records.callback());
  gateway_->Update("", gateway_->PrepareUpdate({}), {5000, absl::Seconds(9)},
                   records.callback());
  const auto answers = records.WaitFor(2);
  EXPECT_EQ(answers[0].report.effect, Effect::kNotApplied);
  EXPECT_EQ(answers[1].report.effect, Effect::kRefused);
  domain::ListQuery query;
  query.id_above = "x";
  EXPECT_EQ(List(query).report.effect, Effect::kNotApplied);
  EXPECT_TRUE(transport_.requests.empty());
}

TEST_F(QoyodGatewayTest, WhatCannotBeWrittenIsRefusedAndNotSent) {
  v1::Product product;
  product.set_category_id("5f0c");
  const domain::PreparedWrite write = gateway_->PrepareCreate({product}, true);
  EXPECT_TRUE(write.body.empty());
  const domain::CreateAnswer answer = Create(write);
  EXPECT_EQ(answer.report.effect, Effect::kRefused);
  EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_FIELD_INVALID);
  EXPECT_TRUE(gateway_->PrepareUpdate(product).body.empty());
  EXPECT_TRUE(transport_.requests.empty());
}

struct FormCase {
  std::string name;
  std::string config;
  std::string header;
};

void PrintTo(const FormCase& c, std::ostream* os) { *os << c.name; }

class QoyodCredentialFormTest : public QoyodGatewayTest,
                                public ::testing::WithParamInterface<FormCase> {
};

TEST_P(QoyodCredentialFormTest, IsTheOnlyCredential) {
  Configure(absl::StrCat(GetParam().config, "_env: '", kKeyVariable, "'"));
  List();
  EXPECT_THAT(Sent(), HasSubstr(absl::StrCat(GetParam().header, kKey, "\n")));
  EXPECT_EQ(transport_.requests[0].headers.size(), 3u);
}

INSTANTIATE_TEST_SUITE_P(
    All, QoyodCredentialFormTest,
    ::testing::Values(
        FormCase{"ApiKey", "api_key", "API-KEY: "},
        FormCase{"ApiKeyByName", "key_header: API_KEY api_key", "API-KEY: "},
        FormCase{"Raw", "key_header: AUTHORIZATION api_key", "Authorization: "},
        FormCase{"Token", "access_token", "Authorization: Bearer "}),
    [](const auto& info) { return info.param.name; });

TEST_F(QoyodGatewayTest, AMissingCredentialIsReportedAndNothingIsSent) {
  Configure("api_key_file: '/nonexistent/key'");
  const domain::PageAnswer answer = List();
  EXPECT_EQ(answer.report.effect, Effect::kNotApplied);
  EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_CREDENTIALS_NEEDED);
  ASSERT_EQ(answer.report.problems.size(), 1u);
  EXPECT_THAT(answer.report.problems[0].message(),
              HasSubstr("/nonexistent/key"));
  EXPECT_TRUE(transport_.requests.empty());
}

TEST_F(QoyodGatewayTest, ACredentialInTheProvidersWordsIsCutOut) {
  transport_.AnswerWith(401, absl::StrCat(R"({"errors":{")", kKey,
                                          R"(":["bad key )", kKey, R"("]}})"));
  const domain::PageAnswer answer = List();
  ASSERT_EQ(answer.report.problems.size(), 1u);
  EXPECT_EQ(answer.report.problems[0].field(), "[credential]");
  EXPECT_EQ(answer.report.problems[0].message(), "bad key [credential]");
}

TEST_F(QoyodGatewayTest, TheTimeoutOfReadsIsConfigured) {
  Configure(absl::StrCat("request_timeout { seconds: 2 nanos: 500000000 } ",
                         "api_key_env: '", kKeyVariable, "'"));
  List();
  EXPECT_EQ(transport_.requests[0].timeout, absl::Milliseconds(2500));
}

TEST_F(QoyodGatewayTest, AnAnswerAfterDestructionReachesNobody) {
  transport_.withhold_answers = true;
  Awaited<domain::PageAnswer> answer;
  gateway_->List({}, answer.callback());
  gateway_.reset();
  transport_.kept[0](transport_.answer);
  EXPECT_EQ(answer.count(), 0u);
}

TEST_F(QoyodGatewayTest, DestructionWaitsForACallbackThatRuns) {
  transport_.withhold_answers = true;
  bool finished = false;
  std::thread destroyer;
  gateway_->List({}, [&](const domain::PageAnswer&) {
    destroyer = std::thread([&] {
      gateway_.reset();
      EXPECT_TRUE(finished);
    });
    finished = true;
  });
  transport_.kept[0](transport_.answer);
  destroyer.join();
  EXPECT_EQ(gateway_, nullptr);
}

TEST_F(QoyodGatewayTest, ACallbackMayAskAgainAtOnce) {
  Awaited<domain::PageAnswer> second;
  gateway_->List({}, [&](const domain::PageAnswer&) {
    gateway_->List({}, second.callback());
  });
  EXPECT_EQ(second.Wait().report.effect, Effect::kConfirmed);
}

}  // namespace
}  // namespace qantara::adapters
