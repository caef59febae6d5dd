// The contract of domain::ProductGateway in executable form. Each gateway
// instantiates it with a harness that plays its provider.
#ifndef QANTARA_TESTS_ADAPTERS_PRODUCT_GATEWAY_CONTRACT_H_
#define QANTARA_TESTS_ADAPTERS_PRODUCT_GATEWAY_CONTRACT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "domain/ports/product_gateway.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/adapters/product_gateway_harness.h"
#include "tests/adapters/support/awaited.h"

namespace qantara::adapters {

class ProductGatewayContract
    : public ::testing::TestWithParam<GatewayCandidate> {
 protected:
  static constexpr absl::Duration kPatience = absl::Seconds(60);

  static v1::Product Product(const std::string& sku) {
    v1::Product product;
    product.set_sku(sku);
    product.set_name_en("Blue Ceramic Mug");
    product.set_name_ar("كوب سيراميك أزرق");
    product.set_selling_price("25.10");
    return product;
  }

  domain::WriteWindow Window(absl::Duration timeout = kPatience) {
    return {harness_->clock().BootMillis() + 60'000, timeout};
  }

  domain::CreateAnswer Create(const std::vector<std::string>& skus,
                              absl::Duration timeout = kPatience) {
    return CreateIn(skus, Window(timeout));
  }

  domain::CreateAnswer CreateIn(const std::vector<std::string>& skus,
                                domain::WriteWindow window) {
    std::vector<v1::Product> products;
    for (const std::string& sku : skus) products.push_back(Product(sku));
    const bool single = products.size() == 1;
    Awaited<domain::CreateAnswer> answer;
    gateway().Create(gateway().PrepareCreate(products, single), window,
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

  domain::PageAnswer List(const domain::ListQuery& query) {
    Awaited<domain::PageAnswer> answer;
    gateway().List(query, answer.callback());
    return answer.Wait();
  }

  domain::PageAnswer ListSku(const std::string& sku) {
    domain::ListQuery query;
    query.sku = sku;
    return List(query);
  }

  static std::vector<std::string> SkusOf(
      const std::vector<v1::RemoteProduct>& records) {
    std::vector<std::string> skus;
    for (const v1::RemoteProduct& record : records) {
      skus.push_back(record.sku());
    }
    return skus;
  }

  domain::ProductGateway& gateway() { return harness_->gateway(); }

  // What was asked for is refused with a reason, and nothing is sent.
  static void ExpectLacking(const domain::CallReport& report) {
    EXPECT_EQ(report.effect, domain::Effect::kNotApplied);
    EXPECT_EQ(report.http_status, 0);
    EXPECT_EQ(report.reason, v1::ERROR_REASON_PROVIDER_LACKS);
    EXPECT_EQ(report.problems.size(), 1u);
  }
  // The same of several products in one request.
  void ExpectNoBatch(const domain::CreateAnswer& answer) {
    EXPECT_EQ(answer.report.effect, domain::Effect::kRefused);
    EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_FIELD_INVALID);
    EXPECT_EQ(harness_->CountWrites(), 0);
  }

  const std::unique_ptr<ProductGatewayHarness> harness_ = GetParam().make();
  const ProviderAbilities can_ = harness_->abilities();
};

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ProductGatewayContract);

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

TEST_P(ProductGatewayContract, OneProductIsCreatedWithExactlyItsValues) {
  const domain::CreateAnswer answer = Create({"A-1"});
  EXPECT_EQ(answer.report.effect, domain::Effect::kConfirmed);
  ASSERT_EQ(answer.records.size(), 1u);
  const v1::RemoteProduct& record = answer.records[0];
  EXPECT_THAT(record.id(), Not(IsEmpty()));
  EXPECT_EQ(record.sku(), "A-1");
  EXPECT_EQ(record.name_en(), "Blue Ceramic Mug");
  EXPECT_EQ(record.name_ar(), can_.arabic_names ? "كوب سيراميك أزرق" : "");
  EXPECT_EQ(harness_->CountRecords("A-1"), 1);
}

TEST_P(ProductGatewayContract, ManyProductsAreCreatedByOneWrite) {
  const domain::CreateAnswer answer = Create({"A-1", "A-2", "A-3"});
  if (!can_.batches) return ExpectNoBatch(answer);
  EXPECT_EQ(answer.report.effect, domain::Effect::kConfirmed);
  EXPECT_THAT(SkusOf(answer.records),
              UnorderedElementsAre("A-1", "A-2", "A-3"));
  EXPECT_EQ(harness_->CountWrites(), 1);
}

TEST_P(ProductGatewayContract, TheSameProductsAreThePreparedSameBytes) {
  const v1::Product product = Product("A-1");
  const domain::PreparedWrite one = gateway().PrepareCreate({product}, true);
  const domain::PreparedWrite two = gateway().PrepareCreate({product}, true);
  const domain::PreparedWrite other =
      gateway().PrepareCreate({Product("A-2")}, true);
  EXPECT_EQ(one.body, two.body);
  EXPECT_EQ(one.fingerprint, two.fingerprint);
  EXPECT_EQ(one.fingerprint.size(), 16u);
  EXPECT_NE(one.fingerprint, other.fingerprint);
}

TEST_P(ProductGatewayContract, AnItemMissingFromTheAnswerIsNotInvented) {
  harness_->DropFromAnswer("A-2");
  const domain::CreateAnswer answer = Create({"A-1", "A-2", "A-3"});
  if (!can_.batches) return ExpectNoBatch(answer);
  EXPECT_EQ(answer.report.effect, domain::Effect::kConfirmed);
  EXPECT_THAT(SkusOf(answer.records), UnorderedElementsAre("A-1", "A-3"));
}

TEST_P(ProductGatewayContract, AfterTheSendByTimeNothingIsSent) {
  const domain::CreateAnswer answer =
      CreateIn({"A-1"}, {harness_->clock().BootMillis() - 1, kPatience});
  EXPECT_EQ(answer.report.effect, domain::Effect::kNotApplied);
  EXPECT_EQ(harness_->CountWrites(), 0);
}

TEST_P(ProductGatewayContract, ALostAnswerIsUnknownAndSentOnce) {
  harness_->LoseAnswers();
  const domain::CreateAnswer answer = Create({"A-1"});
  EXPECT_EQ(answer.report.effect, domain::Effect::kUnknown);
  EXPECT_EQ(answer.report.http_status, 0);
  EXPECT_THAT(answer.records, IsEmpty());
  EXPECT_EQ(harness_->CountWrites(), 1);
  EXPECT_EQ(harness_->CountRecords("A-1"), 1);
}

TEST_P(ProductGatewayContract, ALostAnswerAfterAReadIsSentOnceToo) {
  harness_->AddRecord("A-0");
  List({});
  harness_->LoseAnswers();
  EXPECT_EQ(Create({"A-1"}).report.effect, domain::Effect::kUnknown);
  EXPECT_EQ(harness_->CountRecords("A-1"), 1);
}

TEST_P(ProductGatewayContract, AnAnswerThatDoesNotComeInTimeIsUnknown) {
  harness_->StallAnswers();
  EXPECT_EQ(Create({"A-1"}, absl::Seconds(1)).report.effect,
            domain::Effect::kUnknown);
  EXPECT_EQ(harness_->CountRecords("A-1"), 1);
}

TEST_P(ProductGatewayContract, AServerErrorAfterAWriteIsUnknown) {
  harness_->FailAfterApplying();
  const domain::CreateAnswer answer = Create({"A-1"});
  EXPECT_EQ(answer.report.effect, domain::Effect::kUnknown);
  EXPECT_EQ(answer.report.http_status, 500);
}

TEST_P(ProductGatewayContract, RefusedContentIsRefusedWithTheProvidersWords) {
  harness_->RefuseContent();
  const domain::CreateAnswer answer = Create({"A-1"});
  EXPECT_EQ(answer.report.effect, domain::Effect::kRefused);
  EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_PROVIDER_REJECTED);
  ASSERT_THAT(answer.report.problems, Not(IsEmpty()));
  EXPECT_THAT(answer.report.problems[0].message(), Not(IsEmpty()));
  EXPECT_EQ(harness_->CountRecords("A-1"), 0);
}

TEST_P(ProductGatewayContract, ARefusedCredentialIsNotApplied) {
  harness_->RefuseCredential();
  const domain::CreateAnswer answer = Create({"A-1"});
  EXPECT_EQ(answer.report.effect, domain::Effect::kNotApplied);
  EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_CREDENTIALS_NEEDED);
  EXPECT_EQ(List({}).report.reason, v1::ERROR_REASON_CREDENTIALS_NEEDED);
}

TEST_P(ProductGatewayContract, AThrottledWriteIsNotAppliedAndTellsTheWait) {
  harness_->Throttle();
  const domain::CreateAnswer answer = Create({"A-1"});
  EXPECT_EQ(answer.report.effect, domain::Effect::kNotApplied);
  EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_OVERLOADED);
  EXPECT_EQ(answer.report.retry_after, absl::Seconds(7));
}

TEST_P(ProductGatewayContract, ARefusedConnectionIsNotApplied) {
  harness_->StopListening();
  const domain::CreateAnswer answer = Create({"A-1"});
  EXPECT_EQ(answer.report.effect, domain::Effect::kNotApplied);
  EXPECT_EQ(answer.report.reason, v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  EXPECT_EQ(List({}).report.effect, domain::Effect::kNotApplied);
}

TEST_P(ProductGatewayContract, AnUpdateChangesOnlyThePresentFields) {
  const std::string id = harness_->AddRecord("A-1");
  v1::Product fields;
  fields.set_sku("A-2");
  const domain::RecordAnswer answer = Update(id, fields);
  EXPECT_EQ(answer.report.effect, domain::Effect::kConfirmed);
  ASSERT_TRUE(answer.record.has_value());
  EXPECT_EQ(answer.record->id(), id);
  EXPECT_EQ(answer.record->sku(), "A-2");
  EXPECT_EQ(answer.record->name_en(), "A-1");
}

TEST_P(ProductGatewayContract, AnUpdateOfNobodyIsNotAppliedAndSaysSo) {
  const domain::RecordAnswer answer = Update(can_.nobody, Product("A-1"));
  EXPECT_EQ(answer.report.effect, domain::Effect::kNotApplied);
  EXPECT_TRUE(answer.not_found);
  EXPECT_FALSE(answer.record.has_value());
}

TEST_P(ProductGatewayContract, AReadOfNobodyIsConfirmedAndSaysSo) {
  const domain::RecordAnswer answer = Get(can_.nobody);
  EXPECT_EQ(answer.report.effect, domain::Effect::kConfirmed);
  EXPECT_TRUE(answer.not_found);
  EXPECT_FALSE(answer.record.has_value());
}

TEST_P(ProductGatewayContract, AReadTellsTheRecord) {
  const std::string id = harness_->AddRecord("A-1");
  const domain::RecordAnswer answer = Get(id);
  EXPECT_EQ(answer.report.effect, domain::Effect::kConfirmed);
  EXPECT_FALSE(answer.not_found);
  ASSERT_TRUE(answer.record.has_value());
  EXPECT_EQ(answer.record->sku(), "A-1");
}

TEST_P(ProductGatewayContract, AnEmptyCatalogIsAConfirmedEmptyPage) {
  const domain::PageAnswer answer = List({});
  EXPECT_EQ(answer.report.effect, domain::Effect::kConfirmed);
  EXPECT_EQ(answer.row_count, 0u);
  EXPECT_THAT(answer.records, IsEmpty());
}

TEST_P(ProductGatewayContract, AWalkOverPagesMeetsEveryRecordOnce) {
  std::vector<std::string> added;
  for (int i = 0; i < 12; ++i) {
    added.push_back("A-" + std::to_string(i));
    harness_->AddRecord(added.back());
  }
  std::vector<std::string> seen;
  domain::ListQuery query;
  query.per_page = 1;
  for (query.page = 1; query.page <= 100; ++query.page) {
    const domain::PageAnswer answer = List(query);
    ASSERT_EQ(answer.report.effect, domain::Effect::kConfirmed);
    if (answer.row_count == 0) break;
    EXPECT_EQ(answer.current_page.value_or(query.page), query.page);
    EXPECT_EQ(answer.total.value_or(12), 12u);
    for (const std::string& sku : SkusOf(answer.records)) seen.push_back(sku);
  }
  EXPECT_THAT(seen, ::testing::UnorderedElementsAreArray(added));
}

TEST_P(ProductGatewayContract, ASkuOfAnyFormIsFound) {
  const char* kSkus[] = {"A&B+C#1", "007", "a b", "سكر-١", "100%", "a=b?c/d"};
  if (!can_.filters) return ExpectLacking(ListSku("A-1").report);
  harness_->AddRecord("other");
  for (const char* sku : kSkus) harness_->AddRecord(sku);
  for (const char* sku : kSkus) {
    EXPECT_THAT(SkusOf(ListSku(sku).records), ElementsAre(sku));
  }
  EXPECT_THAT(ListSku("absent").records, IsEmpty());
}

TEST_P(ProductGatewayContract, AllRecordsWithASkuAreTold) {
  if (!can_.filters) return ExpectLacking(ListSku("A-1").report);
  harness_->AddRecord("A-1");
  harness_->AddRecord("A-1");
  EXPECT_THAT(SkusOf(ListSku("A-1").records), ElementsAre("A-1", "A-1"));
}

TEST_P(ProductGatewayContract, AnIgnoredSkuFilterNeverShowsAnotherSku) {
  if (!can_.filters) return ExpectLacking(ListSku("A-1").report);
  harness_->IgnoreFilters();
  harness_->AddRecord("A-1");
  harness_->AddRecord("A-2");
  const domain::PageAnswer answer = ListSku("A-2");
  EXPECT_THAT(SkusOf(answer.records), ElementsAre("A-2"));
  EXPECT_TRUE(answer.filter_ignored);
  EXPECT_EQ(answer.row_count, 2u);
}

TEST_P(ProductGatewayContract, IdsAboveAreToldInOrderOrTheFilterIsIgnored) {
  const std::string first = harness_->AddRecord("A-1");
  harness_->AddRecord("A-2");
  harness_->AddRecord("A-3");
  domain::ListQuery query;
  query.id_above = first;
  if (!can_.filters) return ExpectLacking(List(query).report);
  const domain::PageAnswer honoured = List(query);
  EXPECT_THAT(SkusOf(honoured.records), ElementsAre("A-2", "A-3"));
  EXPECT_FALSE(honoured.filter_ignored);

  harness_->IgnoreFilters();
  const domain::PageAnswer ignored = List(query);
  EXPECT_THAT(SkusOf(ignored.records), ElementsAre("A-2", "A-3"));
  EXPECT_TRUE(ignored.filter_ignored);
}

TEST_P(ProductGatewayContract, CategoriesAndTaxesAreListed) {
  Awaited<domain::IdsAnswer> answers;
  gateway().ListCategories(answers.callback());
  gateway().ListTaxes(answers.callback());
  for (const domain::IdsAnswer& answer : answers.WaitFor(2)) {
    if (!can_.reference_data) {
      ExpectLacking(answer.report);
      EXPECT_TRUE(answer.absent);
      continue;
    }
    EXPECT_EQ(answer.report.effect, domain::Effect::kConfirmed);
    EXPECT_FALSE(answer.absent);
    EXPECT_THAT(answer.ids, Not(IsEmpty()));
  }
}

TEST_P(ProductGatewayContract, LocationsAreListedWithTheirNames) {
  Awaited<domain::LocationsAnswer> answers;
  gateway().ListLocations(answers.callback());
  const domain::LocationsAnswer answer = answers.WaitFor(1)[0];
  if (!can_.reference_data) {
    EXPECT_TRUE(answer.absent);
    return ExpectLacking(answer.report);
  }
  EXPECT_EQ(answer.report.effect, domain::Effect::kConfirmed);
  EXPECT_FALSE(answer.absent);
  ASSERT_THAT(answer.locations, Not(IsEmpty()));
  int defaults = 0;
  for (const domain::RemoteLocation& location : answer.locations) {
    EXPECT_NE(location.id, "");
    EXPECT_NE(location.name_en, "");
    EXPECT_NE(location.name_ar, "");
    if (location.is_default.value_or(false)) ++defaults;
  }
  EXPECT_EQ(defaults, 1);
}

TEST_P(ProductGatewayContract, NoCallbackRunsAfterDestruction) {
  harness_->StallAnswers();
  Awaited<domain::CreateAnswer> answer;
  gateway().Create(gateway().PrepareCreate({Product("A-1")}, true), Window(),
                   answer.callback());
  harness_->DestroyGateway();
  EXPECT_EQ(answer.count(), 0u);
}

}  // namespace qantara::adapters

#endif  // QANTARA_TESTS_ADAPTERS_PRODUCT_GATEWAY_CONTRACT_H_
