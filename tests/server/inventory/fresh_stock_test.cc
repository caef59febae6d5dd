#include "server/inventory/fresh_stock.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "tests/server/core/core_fixture.h"
#include "tests/server/inventory/fake_refresher.h"

namespace qantara::server {
namespace {

using GetResult = absl::StatusOr<v1::GetInventoryResponse>;
using RefreshResult = absl::StatusOr<v1::RefreshInventoryResponse>;

// Reason and fields of a status, such as `FIELD_INVALID max_age`.
std::string Describe(const absl::Status& status) {
  std::string text = domain::ReasonName(domain::GetReason(status));
  for (const v1::ItemProblem& problem : domain::GetProblems(status)) {
    absl::StrAppend(&text, " ", problem.field());
  }
  return text;
}

class FreshStockTest : public CoreFixture {
 protected:
  FreshStockTest() { connections_.all().front()->refresher = &refresher_; }
  ~FreshStockTest() override { executor_.Stop(); }

  template <typename Request>
  static Request Parse(const std::string& text) {
    Request request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request));
    return request;
  }

  std::future<GetResult> Get(const std::string& request,
                             absl::Duration patience = absl::Hours(1)) {
    auto promise = std::make_shared<std::promise<GetResult>>();
    fresh_.Get(
        Parse<v1::GetInventoryRequest>(request), {scope_, patience},
        [promise](GetResult result) { promise->set_value(std::move(result)); });
    return promise->get_future();
  }

  std::future<RefreshResult> Refresh(const std::string& request,
                                     absl::Duration patience = absl::Hours(1)) {
    auto promise = std::make_shared<std::promise<RefreshResult>>();
    fresh_.Refresh(Parse<v1::RefreshInventoryRequest>(request),
                   {scope_, patience}, [promise](RefreshResult result) {
                     promise->set_value(std::move(result));
                   });
    return promise->get_future();
  }

  // The poller read product 1 and found so many; then it answers that wish.
  void ReadAndAnswer(size_t number, const std::string& quantity) {
    const auto asked = refresher_.Await(number);
    Observe("1", quantity);
    refresher_.SetLastRead("1", clock_.Now());
    asked.done(RefreshOutcome{.read = 1, .position = storage_->log().head()});
  }

  const std::shared_ptr<CallScope> scope_ = std::make_shared<CallScope>();
  FakeRefresher refresher_;
  FreshStock fresh_{core_};
};

constexpr char kKey[] = "key { remote_id: '1' } ";

TEST_F(FreshStockTest, WithoutRefreshTheTablesAnswer) {
  Observe("1", "7");
  for (const std::string refresh : {"", "refresh: REFRESH_MODE_NEVER"}) {
    const GetResult answer = Get(kKey + refresh).get();
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->state(), v1::STOCK_STATE_TRACKED_WITH_STOCK);
    EXPECT_EQ(answer->levels(0).quantity(), "7");
    EXPECT_FALSE(answer->has_last_read_time()) << "nobody read it yet";
  }
  EXPECT_EQ(refresher_.asked(), 0);
  EXPECT_EQ(refresher_.wanted(), (std::vector<std::string>{"1", "1"}));
}

TEST_F(FreshStockTest, WhatIsTooOldIsReadBeforeTheAnswer) {
  Observe("1", "7");
  refresher_.SetLastRead("1", clock_.Now() - absl::Seconds(61));
  auto answer = Get(absl::StrCat(kKey, "max_age { seconds: 60 }"));
  EXPECT_EQ(refresher_.Await(0).wish.remote_ids, std::vector<std::string>{"1"});
  ReadAndAnswer(0, "8");
  const GetResult result = answer.get();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->levels(0).quantity(), "8");
  EXPECT_TRUE(result->has_last_read_time());
}

TEST_F(FreshStockTest, WhatIsRecentEnoughIsNotReadAgain) {
  Observe("1", "7");
  refresher_.SetLastRead("1", clock_.Now() - absl::Seconds(30));
  EXPECT_TRUE(Get(absl::StrCat(kKey,
                               "max_age { seconds: 60 } "
                               "refresh: REFRESH_MODE_IF_OLDER"))
                  .get()
                  .ok());
  EXPECT_EQ(refresher_.asked(), 0);
}

TEST_F(FreshStockTest, ASweepCountsAsAReadingOfWhatItShowed) {
  Observe("1", "7");
  connections_.all().front()->status.SetLastSweep(clock_.Now() -
                                                  absl::Seconds(30));
  const GetResult answer =
      Get(absl::StrCat(kKey, "max_age { seconds: 60 }")).get();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->has_last_read_time());
  EXPECT_EQ(refresher_.asked(), 0);
}

TEST_F(FreshStockTest, ManyCallersAreAnsweredByOneReading) {
  Observe("1", "7");
  std::vector<std::future<GetResult>> answers;
  for (int i = 0; i < 50; ++i) {
    answers.push_back(Get(absl::StrCat(kKey, "max_age { seconds: 3600 }")));
  }
  ReadAndAnswer(0, "8");
  for (auto& answer : answers) {
    const GetResult result = answer.get();
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->levels(0).quantity(), "8");
  }
  EXPECT_EQ(refresher_.asked(), 1);
}

TEST_F(FreshStockTest, AlwaysAsksHoweverRecentTheReadingIs) {
  Observe("1", "7");
  refresher_.SetLastRead("1", clock_.Now());
  auto answer = Get(absl::StrCat(kKey, "refresh: REFRESH_MODE_ALWAYS"));
  ReadAndAnswer(0, "-1.5");
  EXPECT_EQ(answer.get()->levels(0).quantity(), "-1.5");
}

TEST_F(FreshStockTest, ACallEndsAtItsDeadline) {
  Observe("1", "7");
  auto answer = Get(absl::StrCat(kKey, "refresh: REFRESH_MODE_ALWAYS"),
                    absl::Milliseconds(1));
  EXPECT_TRUE(absl::IsDeadlineExceeded(answer.get().status()));
  auto refreshed = Refresh("category_id: '5'", absl::Milliseconds(1));
  EXPECT_TRUE(absl::IsDeadlineExceeded(refreshed.get().status()));
  // Answers that come later find nobody.
  refresher_.Await(0).done(RefreshOutcome{});
  refresher_.Await(1).done(RefreshOutcome{});
}

TEST_F(FreshStockTest, ACallWithoutDeadlineWaitsHalfAMinute) {
  Observe("1", "7");
  const int64_t before = clock_.BootMillis();
  auto answer = Get(absl::StrCat(kKey, "refresh: REFRESH_MODE_ALWAYS"),
                    absl::Hours(24 * 365 * 200));
  const int64_t deadline = refresher_.Await(0).deadline;
  EXPECT_GE(deadline, before + 30'000);
  EXPECT_LE(deadline, clock_.BootMillis() + 30'000);
  ReadAndAnswer(0, "8");
  EXPECT_TRUE(answer.get().ok());
}

TEST_F(FreshStockTest, ACallerThatIsGoneIsLetGo) {
  Observe("1", "7");
  auto answer = Get(absl::StrCat(kKey, "refresh: REFRESH_MODE_ALWAYS"));
  refresher_.Await(0);
  scope_->Cancel();
  EXPECT_TRUE(absl::IsCancelled(answer.get().status()));
}

TEST_F(FreshStockTest, WhatTheProviderSaysIsPassedOn) {
  Observe("1", "7");
  auto answer = Get(absl::StrCat(kKey, "refresh: REFRESH_MODE_ALWAYS"));
  refresher_.Await(0).done(domain::MakeError(
      absl::StatusCode::kUnavailable, v1::ERROR_REASON_CREDENTIALS_NEEDED, ""));
  EXPECT_EQ(Describe(answer.get().status()), "CREDENTIALS_NEEDED");
}

TEST_F(FreshStockTest, WithoutPollerOnlyWhatIsKnownIsAnswered) {
  Observe("1", "7");
  connections_.all().front()->refresher = nullptr;
  EXPECT_TRUE(Get(kKey).get().ok());
  EXPECT_EQ(Describe(Get(absl::StrCat(kKey, "max_age {}")).get().status()),
            "PROVIDER_UNAVAILABLE");
  EXPECT_EQ(Describe(Refresh("category_id: '5'").get().status()),
            "PROVIDER_UNAVAILABLE");
}

TEST_F(FreshStockTest, RefusedGetsNameTheField) {
  const auto refusal = [this](const std::string& request) {
    return Describe(Get(request).get().status());
  };
  EXPECT_EQ(refusal("connection: 'elsewhere'"), "CONNECTION_NOT_FOUND");
  EXPECT_EQ(refusal(""), "FIELD_REQUIRED key");
  EXPECT_EQ(refusal("key { sku: 'no such' }"), "PRODUCT_NOT_FOUND");
  EXPECT_EQ(refusal(absl::StrCat(kKey, "refresh: REFRESH_MODE_IF_OLDER")),
            "FIELD_REQUIRED max_age");
  for (const std::string mode : {"NEVER", "ALWAYS"}) {
    EXPECT_EQ(
        refusal(absl::StrCat(kKey, "max_age {} refresh: REFRESH_MODE_", mode)),
        "FIELDS_CONFLICT max_age");
  }
  for (const std::string age :
       {"seconds: -1", "seconds: 31536001", "nanos: -1", "nanos: 1000000000",
        "seconds: 9223372036854775807"}) {
    EXPECT_EQ(refusal(absl::StrCat(kKey, "max_age { ", age, " }")),
              "FIELD_INVALID max_age")
        << age;
  }
  v1::GetInventoryRequest request = Parse<v1::GetInventoryRequest>(kKey);
  request.set_refresh(static_cast<v1::RefreshMode>(9));
  GetResult result;
  fresh_.Get(request, {scope_, absl::Hours(1)},
             [&result](GetResult answer) { result = std::move(answer); });
  EXPECT_EQ(Describe(result.status()), "FIELD_INVALID refresh");
}

TEST_F(FreshStockTest, RefreshAsksOnceForEachProductAndReturnsUnknownKeys) {
  Observe("1", "7");
  Observe("2", "7");
  auto answer = Refresh(
      "keys { remote_id: '2' } keys { sku: 'no such' } "
      "keys { remote_id: '1' } keys { remote_id: '2' } "
      "keys { external_id: 'none' }");
  const auto asked = refresher_.Await(0);
  EXPECT_EQ(asked.wish.remote_ids, (std::vector<std::string>{"2", "1"}));
  EXPECT_EQ(asked.wish.category_id, "");
  asked.done(RefreshOutcome{.read = 2, .gone = 1, .position = 5});
  const RefreshResult result = answer.get();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->products_read(), 2);
  EXPECT_EQ(result->products_gone(), 1);
  EXPECT_EQ(result->position(), 5);
  ASSERT_EQ(result->unknown_keys_size(), 2);
  EXPECT_EQ(result->unknown_keys(0).sku(), "no such");
  EXPECT_EQ(result->unknown_keys(1).external_id(), "none");
}

TEST_F(FreshStockTest, ACategoryIsReadAsAWhole) {
  auto answer = Refresh("category_id: '5'");
  const auto asked = refresher_.Await(0);
  EXPECT_EQ(asked.wish.category_id, "5");
  EXPECT_TRUE(asked.wish.remote_ids.empty());
  asked.done(RefreshOutcome{.read = 40});
  EXPECT_EQ(answer.get()->products_read(), 40);
}

TEST_F(FreshStockTest, RefusedRefreshesNameTheField) {
  const auto refusal = [this](const std::string& request) {
    return Describe(Refresh(request).get().status());
  };
  EXPECT_EQ(refusal("connection: 'elsewhere'"), "CONNECTION_NOT_FOUND");
  EXPECT_EQ(refusal(""), "FIELD_REQUIRED keys");
  EXPECT_EQ(refusal("keys { sku: 'A' } category_id: '5'"),
            "FIELDS_CONFLICT category_id");
  EXPECT_EQ(refusal("category_id: '../5'"), "FIELD_INVALID category_id");
  EXPECT_EQ(refusal("keys { sku: 'A' } keys {}"), "FIELD_REQUIRED keys[1]");
  EXPECT_EQ(refusal("keys { sku: 'A' }"), "PRODUCT_NOT_FOUND");
  std::string many;
  for (int i = 0; i <= FreshStock::kMaxKeys; ++i) many += "keys { sku: 'A' } ";
  EXPECT_EQ(refusal(many), "FIELD_TOO_LONG keys");
  EXPECT_EQ(refresher_.asked(), 0);
}

}  // namespace
}  // namespace qantara::server
