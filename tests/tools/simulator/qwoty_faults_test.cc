// F83 of the contract, and hands behind the back of the API.
#include <string>

#include "tests/tools/simulator/qwoty_fixture.h"

namespace qantara::simulator {
namespace {

using ::testing::HasSubstr;

class QwotyFaultsTest : public QwotyFixture {};

TEST_F(QwotyFaultsTest, OnlyTheBearerTokenOpens) {
  EXPECT_EQ(Call("GET", "/products").status, 200);
  for (const char* credential :
       {"API-KEY: qyd_test_key", "Authorization: qyd_test_key",
        "Authorization: Bearer wrong", "X-None: 1"}) {
    const RawAnswer answer = Call("GET", "/products", "", credential);
    EXPECT_EQ(answer.status, 401) << credential;
    EXPECT_EQ(At(answer, "success"), "false");
  }
  EXPECT_EQ(Call("POST", "/oauth/token", "grant_type=x").status, 404);
}

TEST_F(QwotyFaultsTest, RefusalsHaveQwotysBodies) {
  EXPECT_EQ(Call("GET", "/products/none").body,
            R"({"success":false,"error":"Product not found"})");
  Set(R"({"throttle":"7"})");
  const RawAnswer throttled = PostNamed("a");
  EXPECT_EQ(throttled.status, 429);
  EXPECT_EQ(throttled.Header("Retry-After"), "7");
  EXPECT_EQ(At(throttled, "success"), "false");
  Set(R"({"throttle":"missing"})");
  EXPECT_EQ(PostNamed("a").Header("Retry-After"), "");
  Set(R"({"throttle":false,"forbidden":true})");
  EXPECT_EQ(PostNamed("a").status, 403);
  EXPECT_EQ(simulator_.ProductCount(), 1);
}

TEST_F(QwotyFaultsTest, ALostAnswerWasApplied) {
  Set(R"({"lost_answer":"close"})");
  EXPECT_EQ(PostNamed("a").ending, Ending::kClosed);
  EXPECT_EQ(simulator_.ProductCount(), 2);
  EXPECT_EQ(LastEntry().fate, Fate::kLost);
}

TEST_F(QwotyFaultsTest, AServerErrorMayOrMayNotHaveBeenApplied) {
  Set(R"({"status_5xx":{"status":503}})");
  EXPECT_EQ(PostNamed("a").status, 503);
  EXPECT_EQ(simulator_.ProductCount(), 1);
  Set(R"({"status_5xx":{"applied":true}})");
  EXPECT_EQ(PostNamed("a").status, 500);
  EXPECT_EQ(simulator_.ProductCount(), 2);
}

TEST_F(QwotyFaultsTest, ABadItemIsBadByItsSku) {
  Set(R"({"bad_item":{"sku":"S","field":"reference"}})");
  const RawAnswer answer = Post(R"({"api_name":"a","recurrence_type":"one_off",
    "name":"x","inventory[sku]":"S"})");
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.body, HasSubstr("Field 'reference' is invalid"));
  EXPECT_EQ(PostNamed("a").status, 201);
}

TEST_F(QwotyFaultsTest, RowsAreAddedChangedAndRemovedByHand) {
  const HttpReply added =
      simulator_.Admin("POST", "/_admin/products",
                       R"([{"inventory[sku]":"S"},{"inventory[sku]":"S"}])");
  ASSERT_EQ(added.status, 200) << added.body;
  const Json answer = Json::Parse(added.body).value();
  const std::string id = answer.Find("ids")->items()[0].text();
  EXPECT_EQ(simulator_.RepeatedSkus().size(), 1u);
  const std::string target = absl::StrCat("/_admin/products/", id);
  EXPECT_EQ(simulator_.Admin("PUT", target, R"({"name":"y"})").status, 200);
  EXPECT_THAT(simulator_.Admin("GET", "/_admin/products?sku=S").body,
              HasSubstr(R"("name":"y")"));
  EXPECT_EQ(simulator_.Admin("DELETE", target).status, 200);
  EXPECT_EQ(simulator_.Admin("DELETE", target).status, 404);
  EXPECT_EQ(simulator_.ProductCount(), 2);
}

TEST_F(QwotyFaultsTest, SwitchesOfQoyodAreRefused) {
  EXPECT_FALSE(simulator_.SetFaults(R"({"batch_500":true})").ok());
}

}  // namespace
}  // namespace qantara::simulator
