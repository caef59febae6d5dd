#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "tests/tools/cli/command_line.h"

namespace qantara::tools {
namespace {

using ::testing::HasSubstr;

template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

class OperationsCommandsTest : public CommandLineTest {};

TEST_F(OperationsCommandsTest, StatusIsShownForPeopleAndPrograms) {
  server_.operations.status_answer = FromText<v1::GetStatusResponse>(
      "connections { connection: 'riyadh-store' state: CONNECTION_STATE_ACTIVE "
      "items { created: 1200 parked: 2 } unknown_requests: 1 "
      "oldest_unknown_age { seconds: 40 } requests_per_minute: 240 }");
  EXPECT_EQ(Run({"status"}), 0) << err();
  EXPECT_THAT(out(), HasSubstr("riyadh-store  ACTIVE\n"));
  EXPECT_THAT(out(), HasSubstr("1,200"));
  EXPECT_THAT(out(), HasSubstr("1 requests, the oldest for 40 s"));
  EXPECT_EQ(Run({"status", "--json"}), 0);
  EXPECT_THAT(out(), HasSubstr("\"state\":\"CONNECTION_STATE_ACTIVE\""));
}

TEST_F(OperationsCommandsTest, StatusTellsOfProblemsByItsExitCode) {
  server_.operations.status_answer = FromText<v1::GetStatusResponse>(
      "connections { state: CONNECTION_STATE_NEEDS_CREDENTIALS }");
  EXPECT_EQ(Run({"status"}), 4);
  server_.operations.status_answer =
      FromText<v1::GetStatusResponse>("connections { balance: 3 }");
  EXPECT_EQ(Run({"status"}), 1);
  EXPECT_THAT(out(), HasSubstr("3 items are not accounted for"));
}

TEST_F(OperationsCommandsTest, ParkedEntriesAreListedWithTheirGroups) {
  server_.operations.parked_answer = FromText<v1::ListParkedResponse>(
      "groups { reason: ERROR_REASON_SKU_ALTERED items: 1 } "
      "entries { key { item { import_id: 'spring' line: 3 } } sku: 'A' "
      "reason: ERROR_REASON_SKU_ALTERED remote_ids: '7' "
      "problems { field: 'sku' message: 'held as a' } "
      "exchange { request: 'POST /2.0/products' http_status: 422 } } "
      "entries { key { update_request_id: 'u' } }");
  EXPECT_EQ(Run({"parked", "--reason=sku_altered", "--import=spring"}), 0)
      << err();
  EXPECT_EQ(server_.operations.parked.reason(), v1::ERROR_REASON_SKU_ALTERED);
  EXPECT_EQ(server_.operations.parked.import_id(), "spring");
  EXPECT_THAT(out(), HasSubstr("spring/3  sku \"A\"  remote id 7"));
  EXPECT_THAT(out(), HasSubstr("sku: held as a"));
  EXPECT_THAT(out(), HasSubstr("POST /2.0/products -> 422"));
  EXPECT_THAT(out(), HasSubstr("update:u"));
  EXPECT_EQ(Run({"parked", "list", "--reason=nonsense"}), 2);
}

TEST_F(OperationsCommandsTest, ARetryCarriesThePatch) {
  EXPECT_EQ(Run({"parked", "retry", "spring/3", "sku=B", "--accept_duplicate",
                 "--note=typo"}),
            0)
      << err();
  const v1::RetryParkedRequest& request = server_.operations.retry;
  EXPECT_EQ(request.key().item().import_id(), "spring");
  EXPECT_EQ(request.key().item().line(), 3u);
  EXPECT_EQ(request.patch().sku(), "B");
  ASSERT_EQ(request.patch_mask().paths_size(), 1);
  EXPECT_EQ(request.patch_mask().paths(0), "sku");
  EXPECT_TRUE(request.accept_duplicate());
  EXPECT_EQ(request.note(), "typo");
  EXPECT_EQ(request.connection(), "riyadh-store");
  EXPECT_THAT(out(), HasSubstr("made"));
}

TEST_F(OperationsCommandsTest, ARetryAsItIsHasNoPatch) {
  EXPECT_EQ(Run({"parked", "retry", "update:u"}), 0) << err();
  EXPECT_EQ(server_.operations.retry.key().update_request_id(), "u");
  EXPECT_FALSE(server_.operations.retry.has_patch_mask());
  EXPECT_EQ(Run({"parked", "retry", "create:c"}), 0) << err();
  EXPECT_EQ(server_.operations.retry.key().create_request_id(), "c");
  EXPECT_EQ(Run({"parked", "retry", "spring"}), 2);
  EXPECT_EQ(Run({"parked", "retry", "spring/0"}), 2);
}

TEST_F(OperationsCommandsTest, ADiscardWantsANote) {
  EXPECT_EQ(Run({"parked", "discard", "spring/3"}), 2);
  EXPECT_EQ(Run({"parked", "discard", "spring/3", "--note=not sold"}), 0);
  EXPECT_EQ(server_.operations.discard.note(), "not sold");
}

TEST_F(OperationsCommandsTest, UnknownRequestsAreShownWithTheirAge) {
  server_.operations.unknown_answer = FromText<v1::ListUnknownResponse>(
      "requests { age { seconds: 75 } item_count: 50 items { sku: 'A' } } "
      "requests { age { seconds: 5 } is_update: true remote_id: '9' "
      "item_count: 1 }");
  EXPECT_EQ(Run({"unknown"}), 0) << err();
  EXPECT_THAT(out(), HasSubstr("75 s  create  50 items  sku \"A\""));
  EXPECT_THAT(out(), HasSubstr("update of record 9"));
}

TEST_F(OperationsCommandsTest, AConnectionIsPausedWithANote) {
  EXPECT_EQ(Run({"connection", "pause", "--note=stocktaking"}), 0) << err();
  EXPECT_EQ(server_.operations.pause.note(), "stocktaking");
  EXPECT_THAT(out(), HasSubstr("PAUSED"));
}

TEST_F(OperationsCommandsTest, ACheckedConnectionIsDescribed) {
  server_.operations.check_answer = FromText<v1::CheckConnectionResponse>(
      "base_url: 'https://api.example/2.0' "
      "steps { name: 'products' ok: true count: 1200 } "
      "steps { name: 'taxes' ok: true absent: true } "
      "filters { name: 'sku' support: FILTER_SUPPORT_HONOURED } "
      "filters { name: 'id_above' support: FILTER_SUPPORT_IGNORED } "
      "clock_skew { seconds: -90 }");
  EXPECT_EQ(Run({"connection", "check"}), 0) << err();
  EXPECT_EQ(out(),
            "connection riyadh-store at https://api.example/2.0\n"
            "  products    1,200\n"
            "  taxes       the provider has no such listing\n"
            "  filters     sku honoured, id_above ignored\n"
            "  clock       the provider's is 90 s behind ours\n");
}

TEST_F(OperationsCommandsTest, AConnectionThatDoesNotWorkTellsByTheExitCode) {
  server_.operations.check_answer = FromText<v1::CheckConnectionResponse>(
      "steps { name: 'products' http_status: 401 "
      "reason: ERROR_REASON_CREDENTIALS_NEEDED problems { message: 'no' } }");
  EXPECT_EQ(Run({"connection", "check"}), 4);
  EXPECT_THAT(out(), HasSubstr("HTTP 401: no [CREDENTIALS_NEEDED]"));
}

}  // namespace
}  // namespace qantara::tools
