// `qantara explain` against a server that tells what the test wants.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/tools/cli/command_line.h"

namespace qantara::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kProduct[] =
    "product { product_id: '7' sku: 'MUG-2' former_skus: 'MUG-1' "
    "remote_id: '1087' state: MAPPING_STATE_MAPPED }";
constexpr char kSummary[] = "summary { through_position: 1200 steps: 1001 }";

v1::ExplainProductResponse Message(const std::string& text) {
  v1::ExplainProductResponse message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

class ExplainCommandTest : public CommandLineTest {
 protected:
  // The lines that are printed for one step.
  std::string Told(const std::string& kind) {
    server_.products.story = {
        Message("step { position: 12 time { seconds: 60 nanos: 123456789 } " +
                kind + " }"),
        Message(kSummary)};
    EXPECT_EQ(Run({"explain", "MUG-2"}), 0) << err();
    const std::string begin = "1970-01-01T00:01:00.123Z  #12  ";
    EXPECT_EQ(out().substr(0, begin.size()), begin);
    return out().substr(begin.size(), out().find("1,001 steps") - begin.size());
  }
};

TEST_F(ExplainCommandTest, TheStoryHasAHeadItsStepsAndAnEnd) {
  server_.products.story = {
      Message(kProduct),
      Message("step { position: 3 time { seconds: 60 } line_received { item { "
              "import_id: 'spring' line: 3 state: ITEM_STATE_QUEUED } "
              "sku: 'MUG-1' taken: true product { sku: 'MUG-1' "
              "selling_price: '25' qoyod { sale_item: true } } } }"),
      Message(kSummary)};
  EXPECT_EQ(Run({"explain", "MUG-2"}), 0) << err();
  EXPECT_EQ(server_.products.explain.connection(), "riyadh-store");
  EXPECT_EQ(server_.products.explain.key().sku(), "MUG-2");
  EXPECT_EQ(out(),
            "product 7, SKU \"MUG-2\" (before MUG-1), record 1087: MAPPED\n"
            "1970-01-01T00:01:00.000Z  #3  received: line 3 of import spring "
            "is QUEUED\n"
            "    asks for sku \"MUG-1\", selling_price \"25\", "
            "qoyod.sale_item true\n"
            "1,001 steps, up to position 1200\n");
}

TEST_F(ExplainCommandTest, RequestsAreToldByPositionStatusAndBody) {
  EXPECT_EQ(Told("create_planned { import_id: 'spring' line: 3 items: 50 "
                 "place: 2 fingerprint: '01ab' suspect_group: 9 "
                 "send_by_time { seconds: 75 } }"),
            "planned: line 3 of import spring is item 2 of 50 in a request "
            "that creates\n"
            "    to be sent until 1970-01-01T00:01:15.000Z; SHA-256 of the "
            "body begins with 01ab\n"
            "    to find what spoiled the request planned at 9\n");
  EXPECT_EQ(Told("create_answered { planned_position: 9 outcome: "
                 "REQUEST_OUTCOME_REFUSED http_status: 422 item { import_id: "
                 "'spring' line: 3 state: ITEM_STATE_UNKNOWN } problems { "
                 "field: 'sku' message: 'bad\\n' } }"),
            "the request planned at 9 was refused with 422: line 3 of import "
            "spring is UNKNOWN\n    sku: bad\\x0A\n");
  EXPECT_EQ(Told("item_settled { planned_position: 9 item { import_id: '~r1' "
                 "line: 1 state: ITEM_STATE_CREATED remote_id: '7' } }"),
            "the request planned at 9 was read back: the product of request "
            "r1 is CREATED, record 7\n");
  EXPECT_EQ(Told("item_settled { item { import_id: 'i' line: 1 state: "
                 "ITEM_STATE_LINKED remote_id: '7' } }"),
            "settled without a request: line 1 of import i is LINKED, record "
            "7\n");
  EXPECT_EQ(Told("update_planned { remote_id: '7' fields { sku: 'B' } updates: "
                 "20 updates: 21 lines { import_id: 'i' line: 4 } "
                 "fingerprint: 'ff' send_by_time { seconds: 1 } }"),
            "planned: a request that updates record 7\n    sku \"B\"\n"
            "    for the updates asked for at 20, 21\n"
            "    for line 4 of import i\n"
            "    to be sent until 1970-01-01T00:00:01.000Z; SHA-256 of the "
            "body begins with ff\n");
  EXPECT_EQ(Told("update_answered { planned_position: 9 outcome: "
                 "REQUEST_OUTCOME_CONFIRMED http_status: 200 state: "
                 "UPDATE_STATE_APPLIED differences { field: 'name_en' sent: "
                 "'a' held: 'b' } }"),
            "the request planned at 9 was answered with 200: the update is "
            "APPLIED\n    name_en: sent \"a\", the provider holds \"b\"\n");
}

TEST_F(ExplainCommandTest, WhatPeopleDidAndWhatWasSeenIsTold) {
  EXPECT_EQ(Told("line_received { item { import_id: 'i' line: 9 state: "
                 "ITEM_STATE_PARKED reason: ERROR_REASON_SKU_REPEATED } sku: "
                 "'MUG-1' }"),
            "turned away: line 9 of import i carries SKU \"MUG-1\" and is "
            "PARKED [SKU_REPEATED]\n");
  EXPECT_EQ(Told("parked_retried { left: true sku: 'C' note: 'why' item { "
                 "import_id: 'i' line: 9 state: ITEM_STATE_QUEUED } }"),
            "retried: line 9 of import i goes on for another product with SKU "
            "\"C\"\n    note: why\n");
  EXPECT_EQ(Told("parked_discarded { update: 20 note: 'old' }"),
            "given up: the update asked for at 20\n    note: old\n");
  EXPECT_EQ(Told("mapping_changed { state: MAPPING_STATE_MAPPED remote_id: "
                 "'7' sku: 'B' previous_sku: 'A' }"),
            "SKU \"A\" is \"B\" from now on; mapped to record 7\n");
  EXPECT_EQ(Told("mapping_changed { state: MAPPING_STATE_STALE "
                 "previous_remote_id: '7' }"),
            "the mapping is stale, before it was record 7\n");
  EXPECT_EQ(Told("mapping_changed { state: MAPPING_STATE_DUPLICATE "
                 "duplicate_remote_ids: '7' duplicate_remote_ids: '9' }"),
            "not mapped: the provider holds records 7, 9\n");
  EXPECT_EQ(Told("mapping_changed { state: MAPPING_STATE_DUPLICATE }"),
            "not mapped: whether the provider holds a record is not known\n");
  EXPECT_EQ(Told("drift_observed { remote_id: '7' observe_time { seconds: 9 } "
                 "fields { field: 'name_en' ours: 'a' acknowledged: 'a' "
                 "theirs: 'b' } }"),
            "read at 1970-01-01T00:00:09.000Z: record 7 was changed at the "
            "provider\n    name_en is \"b\" there, \"a\" was acknowledged, "
            "\"a\" asked for\n");
  EXPECT_EQ(Told("stock_observed { remote_id: '7' observe_time { seconds: 9 } "
                 "state: STOCK_STATE_TRACKED_WITH_STOCK figures { location_id: "
                 "'3' previous_quantity: '7' quantity: '5' } }"),
            "read at 1970-01-01T00:00:09.000Z: stock of record 7 is "
            "TRACKED_WITH_STOCK\n    location 3: 5, before 7\n");
}

TEST_F(ExplainCommandTest, JsonIsAnObjectALine) {
  server_.products.story = {Message(kProduct), Message(kSummary)};
  EXPECT_EQ(Run({"explain", "1087", "--by=remote_id", "--json"}), 0) << err();
  EXPECT_EQ(server_.products.explain.key().remote_id(), "1087");
  EXPECT_THAT(out(), HasSubstr("{\"product\":{"));
  EXPECT_THAT(out(), HasSubstr("\n{\"summary\":{\"throughPosition\":\"1200\""));
}

TEST_F(ExplainCommandTest, AnUnknownSkuAndAStoryWithoutEndAreNoSuccess) {
  server_.products.status =
      grpc::Status(grpc::StatusCode::NOT_FOUND, "no product MUG-9");
  EXPECT_EQ(Run({"explain", "MUG-9"}), 2);
  EXPECT_THAT(err(), HasSubstr("no product MUG-9"));
  server_.products.status = grpc::Status::OK;
  server_.products.story = {Message(kProduct)};
  EXPECT_EQ(Run({"explain", "MUG-2"}), 1);
  EXPECT_THAT(err(), HasSubstr("before the story did"));
  EXPECT_THAT(out(), Not(HasSubstr("steps")));
  EXPECT_EQ(Run({"explain"}), 2);
  EXPECT_EQ(Run({"explain", "A", "--timeout=0"}), 2);
}

}  // namespace
}  // namespace qantara::tools
