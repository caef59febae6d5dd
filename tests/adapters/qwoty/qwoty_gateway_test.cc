// What is Qwoty's own: names, PATCH, lists, and forms of answers.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/ports/product_gateway.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/adapters/support/awaited.h"
#include "tests/adapters/support/simulated_qwoty.h"

namespace qantara::adapters {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

class QwotyGatewayTest : public ::testing::Test {
 protected:
  static v1::Product Product(const std::string& sku) {
    v1::Product product;
    product.set_sku(sku);
    product.set_name_en("Premium Widget");
    return product;
  }

  domain::WriteWindow Window() {
    return {qwoty_.clock().BootMillis() + 60'000, absl::Seconds(60)};
  }

  domain::CreateAnswer Create(const v1::Product& product) {
    Awaited<domain::CreateAnswer> answer;
    gateway().Create(gateway().PrepareCreate({product}, true), Window(),
                     answer.callback());
    return answer.Wait();
  }

  domain::RecordAnswer Update(const std::string& id,
                              const v1::Product& fields) {
    Awaited<domain::RecordAnswer> answer;
    gateway().Update(id, gateway().PrepareUpdate(fields), Window(),
                     answer.callback());
    return answer.Wait();
  }

  domain::RecordAnswer Get(const std::string& id) {
    Awaited<domain::RecordAnswer> answer;
    gateway().Get(id, answer.callback());
    return answer.Wait();
  }

  domain::PageAnswer List(uint32_t page) {
    domain::ListQuery query;
    query.page = page;
    query.per_page = 2;
    Awaited<domain::PageAnswer> answer;
    gateway().List(query, answer.callback());
    return answer.Wait();
  }

  simulator::JournalEntry LastEntry() {
    return qwoty_.simulator().JournalEntries().back();
  }

  domain::ProductGateway& gateway() { return qwoty_.gateway(); }

  SimulatedQwoty qwoty_;
};

TEST_F(QwotyGatewayTest, AProductWithoutApiNameGetsOneOfItsSku) {
  EXPECT_EQ(Create(Product("WID-PRE-001")).report.effect,
            domain::Effect::kConfirmed);
  EXPECT_EQ(Create(Product("wid_pre_001")).report.effect,
            domain::Effect::kConfirmed);
  EXPECT_THAT(LastEntry().body,
              MatchesRegex(R"(\{"api_name":"wid_pre_001_[0-9a-f]+".*)"));
  EXPECT_EQ(qwoty_.simulator().ProductCount(), 2);
}

TEST_F(QwotyGatewayTest, AProductWithNeitherApiNameNorSkuIsRefusedUnsent) {
  v1::Product product = Product("");
  for (int i = 0; i < 2; ++i) {
    const domain::CreateAnswer answer = Create(product);
    EXPECT_EQ(answer.report.effect, domain::Effect::kRefused);
    EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_FIELD_INVALID);
    product.clear_sku();
  }
  EXPECT_THAT(qwoty_.simulator().JournalEntries(), IsEmpty());
  product.mutable_qwoty()->set_api_name("premium_widget");
  EXPECT_EQ(Create(product).report.effect, domain::Effect::kConfirmed);
}

TEST_F(QwotyGatewayTest, TheSameProductAgainIsRefusedByItsName) {
  Create(Product("A-1"));
  const domain::CreateAnswer again = Create(Product("A-1"));
  EXPECT_EQ(again.report.effect, domain::Effect::kRefused);
  EXPECT_EQ(again.report.http_status, 409);
  EXPECT_EQ(again.report.reason, v1::ERROR_REASON_PROVIDER_REJECTED);
  ASSERT_EQ(again.report.problems.size(), 1u);
  EXPECT_EQ(again.report.problems[0].field(), "api_name");
  ASSERT_TRUE(again.report.exchange.has_value());
  EXPECT_THAT(again.report.exchange->request(), HasSubstr("POST /api"));
  EXPECT_EQ(qwoty_.simulator().ProductCount(), 1);
}

TEST_F(QwotyGatewayTest, IdsAreThoseOfTheVariant) {
  const domain::CreateAnswer answer = Create(Product("A-1"));
  ASSERT_EQ(answer.records.size(), 1u);
  EXPECT_EQ(answer.records[0].id(), LastEntry().applied[0].uuid);
  EXPECT_TRUE(answer.records[0].has_create_time());
}

TEST_F(QwotyGatewayTest, AnUpdateIsAPatchOfTheFieldsGiven) {
  const std::string id = Create(Product("A-1")).records[0].id();
  v1::Product fields;
  fields.set_selling_price("3.50");
  fields.mutable_qwoty()->set_weight("2.50");
  const domain::RecordAnswer answer = Update(id, fields);
  EXPECT_EQ(answer.report.effect, domain::Effect::kConfirmed);
  EXPECT_EQ(LastEntry().method, "PATCH");
  EXPECT_EQ(LastEntry().body, R"({"shipping[weight]":2.50})");
  EXPECT_EQ(answer.record->sku(), "A-1");
}

TEST_F(QwotyGatewayTest, WhatCannotBeChangedIsRefusedUnsent) {
  const std::string id = Create(Product("A-1")).records[0].id();
  const int64_t before = qwoty_.CountWrites();
  v1::Product renamed;
  renamed.mutable_qwoty()->set_api_name("other");
  v1::Product priced;
  priced.set_selling_price("3.50");
  v1::Product arabic;
  arabic.set_name_ar("كوب");
  v1::Product cleared;
  cleared.set_sku("A-2");
  cleared.set_name_en("");
  for (const v1::Product& fields : {renamed, priced, arabic, cleared}) {
    const domain::RecordAnswer answer = Update(id, fields);
    EXPECT_EQ(answer.report.effect, domain::Effect::kRefused);
    EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_FIELD_INVALID);
  }
  EXPECT_EQ(qwoty_.CountWrites(), before);
}

TEST_F(QwotyGatewayTest, OnlyUuidsAreAskedFor) {
  for (const char* id : {"42", "", "../catalogs", "a?b"}) {
    const domain::RecordAnswer answer = Get(id);
    EXPECT_EQ(answer.report.effect, domain::Effect::kNotApplied) << id;
    EXPECT_FALSE(answer.not_found);
    EXPECT_EQ(Update(id, Product("A-1")).report.effect,
              domain::Effect::kRefused);
  }
  EXPECT_THAT(qwoty_.simulator().JournalEntries(), IsEmpty());
}

TEST_F(QwotyGatewayTest, ARecordIsFoundByItsParentsIdToo) {
  qwoty_.SetFaults(R"({"old_form":true})");
  const std::string parent = Create(Product("A-1")).records[0].id();
  qwoty_.SetFaults(R"({"old_form":false})");
  const domain::RecordAnswer answer = Get(parent);
  ASSERT_TRUE(answer.record.has_value());
  EXPECT_EQ(answer.record->id(), parent);
  EXPECT_EQ(answer.record->sku(), "A-1");
}

TEST_F(QwotyGatewayTest, TheNextPageIsAskedOfTheSameHost) {
  for (const char* sku : {"A-1", "A-2", "A-3"}) qwoty_.AddRecord(sku);
  qwoty_.SetFaults(R"({"next_host":"http://127.0.0.1:1"})");
  const domain::PageAnswer first = List(1);
  EXPECT_EQ(first.row_count, 2u);
  EXPECT_EQ(first.total, 3u);
  EXPECT_EQ(List(2).row_count, 1u);
  EXPECT_EQ(List(3).row_count, 0u);
  EXPECT_EQ(List(3).report.effect, domain::Effect::kConfirmed);
}

TEST_F(QwotyGatewayTest, APageThatFailsIsNoEmptyPage) {
  qwoty_.AddRecord("A-1");
  for (const char* faults :
       {R"({"status_5xx":503})", R"({"status_5xx":null,"empty_body":true})",
        R"({"empty_body":null,"truncated_json":true})",
        R"({"truncated_json":null,"forbidden":true})",
        R"({"forbidden":null,"cut_body":20})"}) {
    qwoty_.SetFaults(faults);
    const domain::PageAnswer answer = List(1);
    EXPECT_EQ(answer.report.effect, domain::Effect::kNotApplied) << faults;
    EXPECT_NE(answer.report.reason, v1::ERROR_REASON_UNSPECIFIED) << faults;
    EXPECT_THAT(answer.records, IsEmpty());
  }
}

TEST_F(QwotyGatewayTest, SuccessByStatusOnlyIsARefusal) {
  qwoty_.SetFaults(R"({"errors_in_200":{"message":"no"}})");
  const domain::CreateAnswer answer = Create(Product("A-1"));
  EXPECT_EQ(answer.report.effect, domain::Effect::kRefused);
  ASSERT_EQ(answer.report.problems.size(), 1u);
  EXPECT_EQ(answer.report.problems[0].message(), "no");
}

TEST_F(QwotyGatewayTest, WritesThatMayHaveLandedAreUnknownAndSentOnce) {
  int sku = 0;
  for (const char* faults :
       {R"({"lost_answer":"reset"})", R"({"lost_answer":"502"})",
        R"({"lost_answer":null,"late_apply_ms":1})",
        R"({"late_apply_ms":null,"truncated_json":true})",
        R"({"truncated_json":null,"redirect":{"status":307}})"}) {
    qwoty_.SetFaults(faults);
    const int64_t before = qwoty_.CountWrites();
    const domain::CreateAnswer answer =
        Create(Product(absl::StrCat("A-", ++sku)));
    EXPECT_EQ(answer.report.effect, domain::Effect::kUnknown) << faults;
    EXPECT_EQ(qwoty_.CountWrites(), before + 1) << faults;
    EXPECT_TRUE(answer.report.exchange.has_value()) << faults;
  }
}

TEST_F(QwotyGatewayTest, TheTokenIsInNoReport) {
  qwoty_.SetFaults(
      R"({"forbidden":{"body":"token qwoty_test_token may not"}})");
  const domain::CreateAnswer answer = Create(Product("A-1"));
  EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_PERMISSION_DENIED);
  ASSERT_EQ(answer.report.problems.size(), 1u);
  EXPECT_EQ(answer.report.problems[0].message(), "token [credential] may not");
}

}  // namespace
}  // namespace qantara::adapters
